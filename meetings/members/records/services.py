"""What happens to members is added, never changed; the row of a member follows from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from meetings import clock
from meetings.collation import sort_text
from meetings.members.life.fields import LISTED, SEALED
from meetings.members.life.replay import Happening, Refusal, State, lived
from meetings.members.records import queries
from meetings.models import EventKind, Member, MemberEvent, MemberLook, new_id
from meetings.models.prepared import settled
from meetings.policy import Asker
from search_index import fold
from storage import seal

_MEMBERS, _EVENTS = insert(Member), insert(MemberEvent)
SEARCHED = ("full_name", "birth_name", "aliases", "card_number", "record_number")


@dataclass(frozen=True)
class Draft:
    """An event that is to be recorded, with all its facts."""

    kind: EventKind
    on: date
    body: UUID | None = None
    decision: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """A member before they are entered, with what happened to them: the columns of their rows."""

    member: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]


class Sealed(Exception):
    """The dossier is on its way to another body, and nothing is recorded meanwhile."""


class Impossible(Exception):
    """An event cannot have happened when it is said to."""

    def __init__(self, refused: Refusal) -> None:
        super().__init__(refused.wrong.value)
        self.refused = refused


def enter(
    session: Session,
    key: bytes,
    drafts: Sequence[Draft],
    *,
    by: Asker,
) -> Member:
    """Enter a member with what happened so far; raise Impossible where that cannot be."""
    entered = made(key, drafts, by=by)
    member = Member(**entered.member)
    session.add(member)
    session.flush()
    session.add_all(MemberEvent(**event) for event in entered.events)
    session.flush()
    return member


def made(key: bytes, drafts: Sequence[Draft], *, by: Asker) -> Made:
    """Return a member and what happened so far, of which no session knows; raise Impossible."""
    identity, now = new_id(), clock.now()
    told = [
        Happening(number, draft.kind, draft.on, draft.body, open_facts(draft))
        for number, draft in enumerate(drafts, start=1)
    ]
    row = {"id": identity, "created_at": now, **_projected(told)}
    events = [
        _event(key, identity, number, draft, by=by) | {"created_at": now}
        for number, draft in enumerate(drafts, start=1)
    ]
    return Made(row, events)


def enter_made(session: Session, many: Sequence[Made]) -> None:
    """Enter members that were made, with what happened to them, in few words to the database."""
    if many:
        entering = settled(session)
        entering.execute(_MEMBERS, [one.member for one in many])
        entering.execute(_EVENTS, [event for one in many for event in one.events])


def record(
    session: Session,
    key: bytes,
    member: Member,
    draft: Draft,
    *,
    by: Asker,
    corrects: MemberEvent | None = None,
) -> MemberEvent:
    """Record what happened, or a new version; raise Impossible or Sealed and leave all as it was.

    Two keepers record one after the other.
    """
    session.refresh(member, with_for_update=True)
    if queries.is_sealed(session, member):
        raise Sealed
    known = queries.events_of(session, member)
    event = MemberEvent(**_event(key, member.id, len(known) + 1, draft, by=by))
    if corrects is not None:
        event.corrects_id = corrects.corrects_id or corrects.id
    for name, value in _projected(queries.happenings([*known, event])).items():
        setattr(member, name, value)
    session.add(event)
    session.flush()
    return event


def look(session: Session, member: Member, reason: str, *, by: Asker) -> MemberLook:
    """Note that somebody looks at the sensitive facts of a member, and why."""
    seen = MemberLook(member_id=member.id, user_id=by.id, reason=reason)
    session.add(seen)
    session.flush()
    return seen


def _event(key: bytes, member: UUID, number: int, draft: Draft, *, by: Asker) -> dict[str, Any]:
    hidden, identity = _sealed_facts(draft), new_id()
    text = json.dumps(hidden, ensure_ascii=False).encode()
    return {
        "id": identity,
        "member_id": member,
        "number": number,
        "kind": draft.kind,
        "happened_on": draft.on,
        "body_id": draft.body,
        "decision": draft.decision,
        "facts": open_facts(draft),
        "sealed": seal(text, by=key, context=queries.context(identity)) if hidden else None,
        "recorded_by": by.id,
    }


def open_facts(draft: Draft) -> dict[str, str]:
    """Return the facts of an event that are known and not sensitive."""
    return {name: value for name, value in draft.facts.items() if value and name not in SEALED}


def _sealed_facts(draft: Draft) -> dict[str, str]:
    return {name: value for name, value in draft.facts.items() if value and name in SEALED}


def _projected(told: Sequence[Happening]) -> dict[str, Any]:
    """Return the row that follows from the events; raise Impossible where none does."""
    state = lived(told, clock.today())
    if isinstance(state, Refusal):
        raise Impossible(state)
    if state.keeper is None:
        message = "a member belongs to the body that enters them"
        raise ValueError(message)
    return {
        "body_id": state.keeper,
        "present": state.counts,
        "standing": state.standing,
        "admitted_on": state.admitted_on,
        "official_on": state.official_on,
        "counted_from": state.counted_from,
        "badges": list(state.badges),
        **_described(state),
    }


def _described(state: State) -> dict[str, Any]:
    facts, name = state.facts, state.facts.get("full_name", "")
    shown = {name: facts[name] for name in LISTED if name in facts}
    return {
        "full_name": name,
        "sort_name": sort_text(name),
        "words": " " + fold(" ".join(facts.get(name, "") for name in SEARCHED)),
        "birth_date": facts.get("birth_date", ""),
        "card_number": facts.get("card_number", ""),
        "facts": shown | {"post": "; ".join(state.posts)},
    }
