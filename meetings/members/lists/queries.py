"""A list that waits to be entered: its rows, the bodies it names, who is in the register."""

import hashlib
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings.intake.fold import words_of
from meetings.members.life.cells import Fault
from meetings.members.life.headings import CELL
from meetings.members.life.lines import Known, Line, Reading, Verdict, in_unicode, lines_of
from meetings.members.register.queries import below
from meetings.models import Body, Member, MemberEvent, MemberList
from meetings.organisation.queries import was_open
from meetings.policy import Asker, kept_registers, readable_members
from storage import unseal

SHORT = ("dang bo ", "chi bo ", "chi bo ban ", "chi bo thon ", "chi bo tieu khu ")
"""How names of bodies begin that lists leave out."""


@dataclass(frozen=True)
class Entry:
    """A row of a list, and the body that it puts the member into."""

    line: Line
    body: UUID | None

    @property
    def verdict(self) -> Verdict:
        """Tell what becomes of the row."""
        return self.line.verdict


@dataclass(frozen=True)
class Roll:
    """A list that waits, as it is read now."""

    waiting: MemberList
    rows: Sequence[Sequence[str]]
    entries: Sequence[Entry]
    people: Sequence[Known]
    events: int
    """How many events of members there were when it was read: none is ever taken away."""

    def having(self, verdict: Verdict) -> list[Entry]:
        """Return the rows of one verdict."""
        return [entry for entry in self.entries if entry.verdict is verdict]

    def counts(self) -> Mapping[Verdict, int]:
        """Return how many rows have each verdict."""
        return Counter(entry.verdict for entry in self.entries)

    def mark(self) -> str:
        """Return what tells this reading of the list from every other."""
        told = [(e.line.number, e.verdict, str(e.body), dict(e.line.facts)) for e in self.entries]
        text = json.dumps([str(self.waiting.id), self.waiting.true_on.isoformat(), told])
        return hashlib.sha256(text.encode()).hexdigest()


def waiting(session: Session, body: Body) -> MemberList | None:
    """Return the list of a body that waits to be entered."""
    return session.scalar(select(MemberList).where(MemberList.body_id == body.id))


def context(identity: UUID) -> bytes:
    """Return what binds the cells to their list."""
    return f"member-list:{identity}".encode()


def rows_of(key: bytes, kept: MemberList) -> list[list[str]]:
    """Return the cells of a list, in Unicode."""
    packed = unseal(kept.rows, by=key, context=context(kept.id))
    rows: list[list[str]] = json.loads(zlib.decompress(packed))
    return in_unicode(rows, kept.encoding)


def roll_of(session: Session, key: bytes, kept: MemberList, body: Body, *, by: Asker) -> Roll:
    """Return a list as it reads now, each row beside the register and beside the others."""
    events = events_recorded(session)
    rows, people = rows_of(key, kept), people_of(session, by=by)
    reading = Reading(kept.columns, kept.heading, kept.true_on, frozenset(kept.others))
    places = places_in(session, body, by=by)
    entries = [_placed(line, body, places, kept) for line in lines_of(rows, reading, people)]
    return Roll(kept, rows, entries, people, events)


def is_as_before(session: Session, roll: Roll, *, by: Asker) -> bool:
    """Tell whether the register is still what a list was held against; mostly a number says it."""
    return events_recorded(session) == roll.events or people_of(session, by=by) == roll.people


def events_recorded(session: Session) -> int:
    """Return how many events were ever recorded, of whatever member."""
    return session.scalar(select(func.count()).select_from(MemberEvent)) or 0


def people_of(session: Session, *, by: Asker) -> list[Known]:
    """Return who is in the register, as far as the person asking may know."""
    asked = readable_members(by).with_only_columns(
        Member.id,
        Member.full_name,
        Member.birth_date,
        Member.card_number,
        Member.admitted_on,
        Member.present,
    )
    return [Known(*row) for row in session.execute(asked.order_by(Member.id))]


def places_in(session: Session, body: Body, *, by: Asker) -> Mapping[str, Sequence[Body]]:
    """Return the bodies that a list of a body may name, by their words and by their short ones."""
    kept = kept_registers(by).where(Body.id.in_(below(body, by=by)))
    named: dict[str, list[Body]] = defaultdict(list)
    for one in session.scalars(kept):
        for name in _names(one.name):
            named[name].append(one)
    return named


def _names(name: str) -> Iterator[str]:
    words = words_of(name)
    yield words
    yield from (words.removeprefix(start) for start in SHORT if words.startswith(start))


def _placed(
    line: Line, body: Body, places: Mapping[str, Sequence[Body]], kept: MemberList
) -> Entry:
    """Say into which body a row puts the member; without a word, into the one of the list."""
    named = line.facts.get(CELL, "")
    found = places.get(words_of(named), ()) if named else (body,)
    fault = _fault(found, kept)
    if not named and CELL in kept.columns and len(places) > len(set(_names(body.name))):
        fault = Fault.MISSING
    if fault:
        return Entry(replace(line, faults=dict(line.faults) | {CELL: fault}), None)
    return Entry(line, found[0].id)


def _fault(found: Sequence[Body], kept: MemberList) -> Fault | None:
    if not found:
        return Fault.CELL_UNKNOWN
    if len(found) > 1:
        return Fault.CELL_AMBIGUOUS
    return None if was_open(found[0], kept.true_on) else Fault.CELL_CLOSED
