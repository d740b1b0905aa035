"""An official document as its parts, before any layout is chosen for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Regime(StrEnum):
    """The layout rules in force when a document was issued (domain reference 1.1)."""

    PARTY_2018 = "party_2018"
    PARTY_2026 = "party_2026"
    STATE_2020 = "state_2020"


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 stands in the middle (Phần, Chương), 2 is I-, 3 is 1., 4 is 1.1."""

    level: int
    text: str
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a level that no layout knows."""
        if self.level not in range(1, 5):
            message = f"a heading has a level from 1 to 4, not {self.level}"
            raise ValueError(message)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its lead ("1.", "Điều 2.") is set in bold before the text."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Point:
    """A point of a list, with its mark: a hyphen, a letter, a number."""

    mark: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table; `widths` are shares of the line, `numeric` the columns set in the middle."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a table whose rows differ in length."""
        for row in (self.widths, *self.rows):
            if len(row) != len(self.header):
                message = f"a row of {len(row)} cells in a table of {len(self.header)}: {row}"
                raise ValueError(message)


Block = Heading | Paragraph | Point | Table


@dataclass(frozen=True)
class Signature:
    """Who signs: in which capacity (T/M, K/T, T/L ...), as what, and the name."""

    name: str
    title: str = ""
    capacity: str = ""
    signed: bool = False


@dataclass(frozen=True)
class Appendix:
    """An appendix on pages of its own, with page numbers of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """An official document; an empty part is left out of the layout.

    `author` names who speaks in a line of its own ("CỦA BAN THƯỜNG VỤ TỈNH UỶ"), `issued_by`
    inside a sentence. A letter has no `doc_type`: its abstract stands under the symbol.
    `minutes_by` signs on the left, instead of the recipients.
    """

    regime: Regime
    issuer: str
    place: str
    signature: Signature
    body: tuple[Block, ...]
    superior: str = ""
    symbol: str = ""
    issued_on: date | None = None
    doc_type: str = ""
    author: str = ""
    issued_by: str = ""
    abstract: str = ""
    opening: str = ""
    addressee_label: str = "Kính gửi"
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    minutes_by: Signature | None = None
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    draft: int = 0
    urgency: str = ""
    circulation: str = ""
    keep_from_press: bool = False
    file_note: str = ""
    contact: str = ""
