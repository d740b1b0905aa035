"""Who belonged to a body at the end of a day, and what was known of them then."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from meetings.members.life.kinds import KINDS
from meetings.members.life.movements import CHANGING, belongs
from meetings.members.life.replay import state_on
from meetings.members.records.queries import context
from meetings.members.register.queries import below
from meetings.members.reports.lives.queries import bodies_of, lives_since, steady
from meetings.models import Body, EventKind, Member, MemberEvent, Standing
from meetings.policy import Asker, accounted_members
from storage import unseal

E = MemberEvent
FIRST, LATER = aliased(E, name="first_version"), aliased(E, name="later_version")
KEPT = frozenset(kind for kind, what in KINDS.items() if what.kept)
TELLING = KEPT | CHANGING
"""Kinds of events that change what a report says of a member."""
COUNTED = ("ethnicity", "religion")
"""The sensitive facts that are counted."""


@dataclass(frozen=True)
class Profile:
    """A member as a report sees them; there is no name in it."""

    member: UUID
    standing: Standing
    facts: Mapping[str, str]


def profiles_on(session: Session, body: Body, day: date, *, by: Asker) -> list[Profile]:
    """Return the members of a body and of those below it at the end of a day."""
    known = steady(body, day, by=by, kinds=TELLING)
    rows = session.execute(known.with_only_columns(Member.id, Member.standing, Member.facts))
    found = [Profile(*row) for row in rows]
    bodies = bodies_of(session, body, by=by)
    every = frozenset(EventKind)
    for member, life in lives_since(session, body, day, by=by, since=TELLING, kinds=every):
        state = state_on(life, day)
        if belongs(state, bodies):
            found.append(Profile(member, state.standing, state.facts))
    return found


def sensitive_on(
    session: Session, key: bytes, body: Body, day: date, who: Collection[UUID], *, by: Asker
) -> Mapping[UUID, Mapping[str, str]]:
    """Return what was known on a day of the sensitive facts that are counted."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    wanted = set(who)
    for member, event, sealed in _sealed(session, body, day, by=by):
        if member in wanted:
            told = json.loads(unseal(sealed, by=key, context=context(event)))
            found[member].update({name: told[name] for name in COUNTED if name in told})
    return found


def _sealed(session: Session, body: Body, day: date, *, by: Asker) -> Iterator[Any]:
    """Yield member, event and sealed facts of events as they stand, in the order of their days."""
    placed = select(E.member_id).where(E.body_id.in_(below(body, by=by)))
    concerned = accounted_members(by).where(Member.id.in_(placed)).with_only_columns(Member.id)
    number = func.coalesce(E.corrects_id, E.id)
    asked = (
        select(E.member_id, E.id, E.sealed)
        .outerjoin(FIRST, FIRST.id == E.corrects_id)
        .where(
            E.member_id.in_(concerned),
            E.kind.in_(KEPT),
            E.happened_on <= day,
            E.sealed.is_not(None),
            ~exists().where(LATER.corrects_id == number, LATER.number > E.number),
        )
        .order_by(E.member_id, E.happened_on, func.coalesce(FIRST.number, E.number))
    )
    yield from session.execute(asked)
