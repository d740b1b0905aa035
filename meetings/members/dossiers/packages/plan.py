"""What a package will hold: every page of every scan in exactly one line, with why or where."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from meetings.intake.dossiers import Style, file_name, folder_name
from meetings.members.dossiers.strips.strip import Piece, Strip
from meetings.models import PieceState


class Left(StrEnum):
    """Why pages are not in a package."""

    OPEN = "open"
    TRAY = "tray"
    UNDATED = "undated"
    NO_NUMBER = "no-number"


@dataclass(frozen=True)
class Cut:
    """A scan and how it is cut."""

    scan: UUID
    number: int
    sha256: str
    strip: Strip


@dataclass(frozen=True)
class Dossier:
    """A member whose dossier is taken along."""

    member: UUID
    name: str
    citizen_id: str
    cuts: Sequence[Cut]


@dataclass(frozen=True)
class Placed:
    """A piece of a scan: the file it becomes, or why it is left out."""

    cut: Cut
    piece: Piece
    path: str = ""
    left: Left | None = None

    @property
    def places(self) -> list[tuple[int, int]]:
        """Return its pages, and by how many degrees each is turned."""
        return [(page, self.cut.strip.turns.get(page, 0)) for page in self.piece.pages]


@dataclass
class _Naming:
    """The papers of one dossier by kind, in the order of their days."""

    alike: Counter[int] = field(default_factory=Counter)
    order: dict[tuple[int, int], int] = field(default_factory=dict)


def placed(dossier: Dossier, code: str, style: Style) -> Iterator[Placed]:
    """Yield every piece of a dossier with its file, or with why there is none."""
    folder = _folder(dossier, code, style)
    naming = _naming(dossier)
    for cut in dossier.cuts:
        for piece in cut.strip.pieces:
            left = _left(piece, folder, naming)
            if left:
                yield Placed(cut, piece, left=left)
                continue
            kind = piece.kind or 0
            nth = naming.order.get((cut.number, piece.first))
            name = file_name(kind, nth, naming.alike[kind], style=style)
            yield Placed(cut, piece, f"{folder}/{name}")


def _folder(dossier: Dossier, code: str, style: Style) -> str:
    try:
        return folder_name(code, dossier.citizen_id, dossier.name, style=style)
    except ValueError:
        return ""


def _naming(dossier: Dossier) -> _Naming:
    naming = _Naming()
    days: list[tuple[date, int, int, int]] = []
    for cut in dossier.cuts:
        for piece in cut.strip.pieces:
            if piece.state is PieceState.ACCEPTED and piece.kind:
                naming.alike[piece.kind] += 1
                if piece.dated:
                    days.append((piece.dated, cut.number, piece.first, piece.kind))
    before: Counter[int] = Counter()
    for _day, number, first, kind in sorted(days):
        before[kind] += 1
        naming.order[number, first] = before[kind]
    return naming


def _left(piece: Piece, folder: str, naming: _Naming) -> Left | None:
    reasons: Mapping[PieceState, Left] = {
        PieceState.PROPOSED: Left.OPEN,
        PieceState.TRAY: Left.TRAY,
    }
    if piece.state in reasons:
        return reasons[piece.state]
    if not folder:
        return Left.NO_NUMBER
    several = naming.alike[piece.kind or 0] > 1
    return Left.UNDATED if several and piece.dated is None else None
