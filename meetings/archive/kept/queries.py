"""What a person may find, worked out once and patched where something changed since."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from threading import Lock
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Select, String, cast, func
from sqlalchemy.orm import Session

from meetings.archive.kept.changes import News, Stand, subjects
from meetings.archive.kept.facets import Facets
from meetings.archive.kept.shelf import Codes, Mask, Names, Rows, Shelf, grown, name_of
from meetings.archive.kept.terms import Terms, terms_of
from meetings.archive.kept.validity import validity_codes
from meetings.models import EVERYTHING, AccessLevel, Database, Document
from meetings.policy import Asker, readable_documents

ASKERS = 256
"""People whose documents are kept, a byte a document each; who asked longest ago goes first."""
PATCHED = 2000
"""Documents that are asked for one by one; where more changed, all are asked for."""
_MOST = 500

Facts = tuple[UUID, UUID, AccessLevel, bool]


@dataclass(frozen=True)
class Readable:
    """The documents that a person may read, as rows of the shelf, at a stand of the database."""

    shelf: Shelf
    mask: Mask
    stand: Stand

    def among(self, documents: Iterable[UUID]) -> Mask:
        """Return which of them are among some documents."""
        rows = self.shelf.names.known(map(name_of, documents))
        mask = np.zeros(len(self.mask), np.bool_)
        mask[rows[rows < len(mask)]] = True
        return mask & self.mask


@dataclass
class _Place:
    """What is kept of one person; who asks twice at once waits for the first answer."""

    lock: Lock = field(default_factory=Lock)
    readable: Readable | None = None
    validities: tuple[Readable, Codes] | None = None


class _Keeping:
    """What is kept of one database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelf: tuple[Shelf, Stand] | None = None
        self._terms: tuple[Shelf, Terms] | None = None
        self._places: OrderedDict[Facts, _Place] = OrderedDict()

    def place(self, by: Asker) -> _Place:
        """Return the place of a person; with other rights they have another one."""
        facts = (by.id, by.person_id, by.clearance, by.active)
        with self._lock:
            place = self._places.setdefault(facts, _Place())
            self._places.move_to_end(facts)
            while len(self._places) > ASKERS:
                self._places.popitem(last=False)
        return place

    def shelf(self, session: Session) -> Shelf:
        """Return the shelf as a session sees it, or newer."""
        with self._lock:
            if self._shelf is None:
                stand = Stand.of(session)
                self._shelf = Shelf.read(session), stand
            shelf, since = self._shelf
            news = News.since(session, since)
            if news.counted:
                changed = [one for one in subjects(session, news, since) if one != EVERYTHING]
                self._shelf = shelf.renewed(session, changed), news.stand
            return self._shelf[0]

    def terms(self, session: Session, shelf: Shelf) -> Terms:
        """Return the terms of a shelf; what changes them changes the shelf too."""
        with self._lock:
            if self._terms is None or self._terms[0] is not shelf:
                made = terms_of(session, shelf)
                kept, stand = self._shelf or (None, None)
                if kept is not shelf or not stand or stand.seq != Stand.of(session).seq:
                    return made
                self._terms = shelf, made
            return self._terms[1]


_KEPT: WeakKeyDictionary[Database, _Keeping] = WeakKeyDictionary()
_FIRST = Lock()


def readable_now(session: Session, database: Database, by: Asker) -> Readable:
    """Return what a person may read, as their session sees it or as was committed since.

    A session that writes sees what may never be committed: for it nothing is kept.
    """
    keeping = _keeping(database)
    place = keeping.place(by)
    with place.lock:
        known = place.readable
        if known and known.stand.is_of_another_time():
            known = None
        news = News.since(session, known.stand) if known else None
        if known and not news:
            return known
        if session.connection().get_execution_options().get("write"):
            return _read(session, Shelf.read(session), by)
        if known and news and news.stand.seq < known.stand.seq:
            return _read(session, keeping.shelf(session), by)
        made = _patched(session, keeping, known, news, by) if known and news else None
        place.readable = made or _read(session, keeping.shelf(session), by)
        return place.readable


def validities_now(session: Session, database: Database, readable: Readable, by: Asker) -> Codes:
    """Return whether each document holds that a person may read, kept as long as that is kept."""
    place = _keeping(database).place(by)
    with place.lock:
        if place.validities and place.validities[0] is readable:
            return place.validities[1]
        codes = validity_codes(session, readable.shelf, readable.mask)
        if place.readable is readable and Stand.of(session).seq == readable.stand.seq:
            place.validities = readable, codes
        return codes


def facets_now(session: Session, database: Database, readable: Readable, by: Asker) -> Facets:
    """Return what the documents of a person can be narrowed down by."""
    return Facets(
        readable.shelf,
        cache(lambda: validities_now(session, database, readable, by)),
        cache(lambda: _keeping(database).terms(session, readable.shelf)),
    )


def _keeping(database: Database) -> _Keeping:
    with _FIRST:
        return _KEPT.setdefault(database, _Keeping())


def _read(session: Session, shelf: Shelf, by: Asker) -> Readable:
    """Return all that a person may read, in one text: rows of their own would cost more."""
    stand = Stand.of(session)
    mask = np.zeros(len(shelf), np.bool_)
    mask[_rows(session, shelf.names, readable_documents(by))] = True
    return Readable(shelf, mask, stand)


def _patched(
    session: Session, keeping: _Keeping, known: Readable, news: News, by: Asker
) -> Readable | None:
    """Return what was kept with what changed asked for anew, or nothing if it is too much."""
    changed = set(subjects(session, news, known.stand))
    if changed & {EVERYTHING, by.id, by.person_id} or len(changed) > PATCHED:
        return None
    shelf = keeping.shelf(session)
    mask = grown(known.mask, len(shelf))
    some = sorted(changed)
    mask[shelf.names.known(map(name_of, some))] = False
    for at in range(0, len(some), _MOST):
        wanted = readable_documents(by).where(Document.id.in_(some[at : at + _MOST]))
        mask[_rows(session, shelf.names, wanted)] = True
    return replace(known, shelf=shelf, mask=mask, stand=news.stand)


def _rows(session: Session, names: Names, documents: Select[Document]) -> Rows:
    joined: Any = func.aggregate_strings(cast(Document.id, String()), "")
    text = name_of(session.scalar(documents.with_only_columns(joined)) or "")
    return names.known(text[at : at + 32] for at in range(0, len(text), 32))
