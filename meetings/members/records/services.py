"""What happens to members is added, never changed; the row of a member follows from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock
from meetings.collation import sort_text
from meetings.members.life.fields import LISTED, SEALED
from meetings.members.life.replay import Refusal, State, refusal, state_on
from meetings.members.records import queries
from meetings.models import EventKind, Member, MemberEvent, MemberLook, new_id
from meetings.policy import Asker
from search_index import fold
from storage import seal

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
    """A member before they are entered, with what happened to them."""

    member: Member
    events: Sequence[MemberEvent]


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
    member: Member | None = None,
) -> Member:
    """Enter a member with what happened so far; raise Impossible where that cannot be."""
    entered = made(key, drafts, by=by, member=member)
    enter_made(session, [entered])
    return entered.member


def made(key: bytes, drafts: Sequence[Draft], *, by: Asker, member: Member | None = None) -> Made:
    """Return a member and what happened so far, of which no session knows; raise Impossible."""
    member = member or Member(id=new_id())
    events = [
        _event(key, member, number, draft, by=by) for number, draft in enumerate(drafts, start=1)
    ]
    _project(member, events)
    return Made(member, events)


def enter_made(session: Session, many: Sequence[Made]) -> None:
    """Enter members that were made, with what happened to them."""
    session.add_all(one.member for one in many)
    session.flush()
    session.add_all(event for one in many for event in one.events)
    session.flush()


def record(
    session: Session,
    key: bytes,
    member: Member,
    draft: Draft,
    *,
    by: Asker,
    corrects: MemberEvent | None = None,
) -> MemberEvent:
    """Record what happened, or a new version of it; raise Impossible and leave all as it was."""
    session.refresh(member, with_for_update=True)  # two keepers record one after the other
    known = queries.events_of(session, member)
    event = _event(key, member, len(known) + 1, draft, by=by)
    if corrects is not None:
        event.corrects_id = corrects.corrects_id or corrects.id
    _project(member, [*known, event])
    session.add(event)
    session.flush()
    return event


def look(session: Session, member: Member, reason: str, *, by: Asker) -> MemberLook:
    """Note that somebody looks at the sensitive facts of a member, and why."""
    seen = MemberLook(member_id=member.id, user_id=by.id, reason=reason)
    session.add(seen)
    session.flush()
    return seen


def _event(key: bytes, member: Member, number: int, draft: Draft, *, by: Asker) -> MemberEvent:
    given = {name: value for name, value in draft.facts.items() if value}
    hidden = {name: value for name, value in given.items() if name in SEALED}
    identity = new_id()
    text = json.dumps(hidden, ensure_ascii=False).encode()
    return MemberEvent(
        id=identity,
        member_id=member.id,
        number=number,
        kind=draft.kind,
        happened_on=draft.on,
        body_id=draft.body,
        decision=draft.decision,
        facts={name: value for name, value in given.items() if name not in SEALED},
        sealed=seal(text, by=key, context=queries.context(identity)) if hidden else None,
        recorded_by=by.id,
    )


def _project(member: Member, events: Sequence[MemberEvent]) -> None:
    """Write down the state that follows from the events; raise Impossible where none does."""
    told = queries.happenings(events)
    refused = refusal(told)
    if refused:
        raise Impossible(refused)
    state = state_on(told, clock.today())
    if state.keeper is None:
        message = "a member belongs to the body that enters them"
        raise ValueError(message)
    member.body_id, member.present, member.standing = state.keeper, state.counts, state.standing
    member.admitted_on, member.official_on = state.admitted_on, state.official_on
    _describe(member, state)


def _describe(member: Member, state: State) -> None:
    facts = state.facts
    member.full_name = facts.get("full_name", "")
    member.sort_name = sort_text(member.full_name)
    member.words = " " + fold(" ".join(facts.get(name, "") for name in SEARCHED))
    member.birth_date = facts.get("birth_date", "")
    member.card_number = facts.get("card_number", "")
    shown = {name: facts[name] for name in LISTED if name in facts}
    member.facts = shown | {"post": "; ".join(state.posts)}
