"""What filters and counts ask of every document, as arrays in one order for everybody."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from meetings.models import Document, DocumentType

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]
Codes = NDArray[np.int32]

KINDS = tuple(DocumentType)
_KIND_CODES = {kind.value: code for code, kind in enumerate(KINDS)}
_LEADING = re.compile(r"\s*(\d{1,6})")
_AS_TEXT = (  # as the database has them: to turn all into days costs most
    Document.id,
    Document.doc_type,
    Document.issued_on,
    Document.in_force_from,
    Document.in_force_until,
    Document.body_id,
)
_COLUMNS = (
    *(type_coerce(each, String()) for each in _AS_TEXT),
    Document.symbol,
    Document.issuer,
    Document.signer,
)
_MOST = 500
"""Ids that are asked for in one statement."""


class Names:
    """Texts with a number each, which is given once and never to another text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._codes: dict[str, int] = {}
        self._laid: tuple[Sequence[str], int, Rows] = ((), 0, np.zeros(0, np.int64))

    def code(self, text: str) -> int:
        """Return the number of a text, a new one where it has none."""
        found = self._codes.get(text)
        if found is None:
            found = self._codes[text] = len(self.texts)
            self.texts.append(text)
        return found

    def rows(self, texts: Iterable[str]) -> Rows:
        """Return the number of each text, -1 where it has none."""
        codes = self._codes
        return np.array([codes.get(text, -1) for text in texts], np.int64)

    def known(self, texts: Iterable[str]) -> Rows:
        """Return the number of each text that has one."""
        rows = self.rows(texts)
        return rows[rows >= 0]

    def beside(self, documents: Sequence[str]) -> Rows:
        """Return the row of each document of an index, -1 where it has none.

        It is worked out once for a state of the index, and again when there are more names.
        """
        count = len(self.texts)
        laid, known, rows = self._laid
        if laid is not documents or known != count:
            rows = self.rows(map(name_of, documents))
            self._laid = documents, count, rows
        return rows


@dataclass(frozen=True)
class Shelf:
    """A row for each document: what it is, whoever may read it.

    A document keeps its row for good; one that is gone keeps it too, and nobody may read it. The
    texts are shared by all later states, which only add to them.
    """

    names: Names
    words: Names
    bodies: Names
    kinds: Codes
    days: Codes
    """The day of issue as yyyymmdd, 0 where it is unknown."""
    starts: Codes
    """The day from which it holds if it does, that of issue where no other is named."""
    ends: Codes
    """The last day on which it holds, 0 where there is none."""
    owners: Codes
    numbers: Codes
    """What its number begins with, 0 where that is no number."""
    issuers: Codes
    signers: Codes

    @classmethod
    def read(cls, session: Session) -> Self:
        """Return the documents as they are."""
        empty = np.zeros(0, np.int32)
        shelf = cls(Names(), Names(), Names(), *[empty] * 8)
        return shelf._with(session.connection().execute(select(*_COLUMNS)).all())

    def renewed(self, session: Session, documents: Sequence[UUID]) -> Self:
        """Return the shelf with some documents as they are now."""
        rows: list[Any] = []
        for at in range(0, len(documents), _MOST):
            some = Document.id.in_(documents[at : at + _MOST])
            rows += session.connection().execute(select(*_COLUMNS).where(some)).all()
        return self._with(rows)

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def years(self) -> Codes:
        """Return the year of issue of each document, 0 where it is unknown."""
        return self.days // 10_000

    def in_index(self, mask: Mask, documents: Sequence[str]) -> Mask:
        """Return some documents of the shelf as a mask over those of an index."""
        rows = self.names.beside(documents)
        found: Mask = grown(mask, len(self.names.texts) + 1)[rows]  # the last is for no row
        return found

    def _with(self, found: Sequence[Sequence[Any]]) -> Self:
        at = np.array([self.names.code(name_of(row[0])) for row in found], np.int64)
        size = max(len(self), len(self.names.texts))
        said = {
            "kinds": [_KIND_CODES[row[1]] for row in found],
            "days": [day_number(row[2]) for row in found],
            "starts": [day_number(row[3] or row[2]) for row in found],
            "ends": [day_number(row[4]) for row in found],
            "owners": [self.bodies.code(name_of(row[5])) for row in found],
            "numbers": [leading_number(row[6]) for row in found],
            "issuers": [self.words.code(row[7]) for row in found],
            "signers": [self.words.code(row[8]) for row in found],
        }
        columns: dict[str, Any] = {}
        for name, values in said.items():
            columns[name] = grown(getattr(self, name), size)
            columns[name][at] = values
        return replace(self, **columns)


def grown(column: NDArray[Any], size: int) -> NDArray[Any]:
    """Return a copy with room for more rows at its end, which are nought."""
    copy = np.zeros(size, column.dtype)
    copy[: len(column)] = column
    return copy


def name_of(identity: str | UUID) -> str:
    """Return an id, which one database gives as text and another not, in 32 digits."""
    return str(identity).replace("-", "")


def day_number(day: str | date | None) -> int:
    """Return a day as yyyymmdd, 0 for none; one database gives days as text, another not."""
    return int(str(day).replace("-", "")) if day else 0


def leading_number(symbol: str) -> int:
    """Return the number that a document's number and symbol begin with, 0 for none."""
    found = _LEADING.match(symbol)
    return int(found[1]) if found else 0
