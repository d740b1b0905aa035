"""A list of members is kept sealed, matched, and entered all at once or not at all."""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from meetings import audit, clock
from meetings.intake.page_text import PageText
from meetings.intake.secrecy import secrecy_in_text
from meetings.members.life.fields import PROFILE
from meetings.members.life.headings import (
    ADMITTED_BY,
    ADMITTED_ON,
    OFFICIAL_BY,
    OFFICIAL_ON,
    columns_of,
    heading_row,
)
from meetings.members.life.lines import Line, Verdict, encoding_of, in_unicode
from meetings.members.lists import queries
from meetings.members.lists.queries import Entry, Roll
from meetings.members.records import services as records
from meetings.members.records.services import Draft, Made
from meetings.models import Body, EventKind, MemberList, new_id
from meetings.policy import Asker, Permission
from storage import seal

LONGEST = 19_999
"""Rows that are read of a file; one that has them all may go on."""
SAMPLE = 200
KEPT = timedelta(days=7)


class Unfit(Exception):
    """A list cannot be taken."""


class Unreadable(Unfit):
    """Nothing in the file can be read as rows."""


class TooLong(Unfit):
    """The file has more rows than are read."""


class Secret(Unfit):
    """The list bears a mark of state secrecy."""


class Changed(Exception):
    """The register is no longer what the preview was held against."""


def keep(
    session: Session, key: bytes, rows: Sequence[Sequence[str]], *, body: Body, by: Asker
) -> MemberList:
    """Keep a list until it is entered, in the place of the one before; raise Unfit."""
    drop(session, body)
    encoding = encoding_of(rows[:SAMPLE])
    plain = in_unicode(rows[:SAMPLE], encoding)
    heading = heading_row(plain)
    _check(rows, plain[: heading + 1])
    identity = new_id()
    packed = zlib.compress(json.dumps(rows, ensure_ascii=False).encode())
    kept = MemberList(
        id=identity,
        body_id=body.id,
        given_by=by.id,
        true_on=clock.today(),
        heading=heading,
        encoding=encoding,
        columns=columns_of(plain[heading]),
        others=[],
        rows=seal(packed, by=key, context=queries.context(identity)),
    )
    session.add(kept)
    session.flush()
    return kept


def _check(rows: Sequence[Sequence[str]], top: Sequence[Sequence[str]]) -> None:
    if not any(any(row) for row in rows):
        raise Unreadable
    if len(rows) > LONGEST:
        raise TooLong
    text = "\n".join(cell for row in top for cell in row)
    if secrecy_in_text([PageText(number=1, text=text)]):
        raise Secret


def match(
    session: Session, kept: MemberList, *, columns: Mapping[str, int], encoding: str, true_on: date
) -> None:
    """Say what the columns of a list hold, in which font, and on which day it is true."""
    kept.columns, kept.encoding, kept.true_on = dict(columns), encoding, true_on
    session.flush()


def tell_apart(session: Session, kept: MemberList, number: int) -> None:
    """Note that a row is another person than whoever has the same name and birth."""
    kept.others = sorted({*kept.others, number})
    session.flush()


def drop(session: Session, body: Body) -> None:
    """Drop the list of a body."""
    session.execute(delete(MemberList).where(MemberList.body_id == body.id))
    session.flush()


def made(key: bytes, roll: Roll, *, by: Asker) -> list[Made]:
    """Return the members of the rows that are ready; the database is not asked meanwhile."""
    lives = (list(life_of(entry, roll.waiting)) for entry in roll.having(Verdict.READY))
    return [records.made(key, life, by=by) for life in lives]


def enter(session: Session, roll: Roll, members: Sequence[Made], *, body: Body, by: Asker) -> None:
    """Enter the members of a list and drop it; raise Changed where the register is another now."""
    waiting = queries.waiting(session, body)
    is_here = waiting is not None and waiting.id == roll.waiting.id
    if not is_here or not queries.is_as_before(session, roll, by=by):
        raise Changed
    records.enter_made(session, members)
    drop(session, body)
    deed = audit.Deed(
        action=Permission.MEMBER_ENTER.value,
        actor_id=by.id,
        subject_type="Body",
        subject_id=str(body.id),
        detail={"listed": len(roll.entries), "entered": len(members)},
    )
    audit.record(session, deed)


def forget(session: Session) -> None:
    """Remove the lists that nobody entered."""
    session.execute(delete(MemberList).where(MemberList.created_at < clock.now() - KEPT))


def life_of(entry: Entry, kept: MemberList) -> Iterator[Draft]:
    """Yield what a row tells of a member's life."""
    facts = entry.line.facts
    known = {name: facts[name] for name in PROFILE if facts.get(name)}
    yield Draft(EventKind.REGISTERED, kept.true_on, entry.body, facts=known)
    yield from _days(entry.line)


def _days(line: Line) -> Iterator[Draft]:
    for kind, on, decision in (
        (EventKind.ADMITTED, ADMITTED_ON, ADMITTED_BY),
        (EventKind.MADE_OFFICIAL, OFFICIAL_ON, OFFICIAL_BY),
    ):
        if line.facts.get(on):
            day = date.fromisoformat(line.facts[on])
            yield Draft(kind, day, decision=line.facts.get(decision, ""))
