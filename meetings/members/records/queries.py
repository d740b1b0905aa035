"""What the record of a member shows."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from meetings.collation import collation_key
from meetings.members.life.fields import FIELDS, GROUPS, PROFILE, SEALED
from meetings.members.life.kinds import KINDS
from meetings.members.life.replay import Happening, State, state_on, valid
from meetings.models import Body, Custody, Member, MemberEvent, MemberLook
from meetings.policy import (
    Asker,
    kept_registers,
    readable_bodies,
    readable_members,
    ways_of_dossiers,
)
from storage import unseal

LOOKS = 50


@dataclass(frozen=True)
class Shown:
    """A fact on the page; a sensitive one has no value before somebody gives a reason."""

    name: str
    value: str
    sealed: bool


@dataclass(frozen=True)
class Line:
    """An event as it stands, with the versions that it had before, the latest first."""

    event: MemberEvent
    facts: Sequence[Shown]
    before: Sequence[MemberEvent]
    body: str


@dataclass(frozen=True)
class Record:
    """All that the page of a member shows, as of a day."""

    state: State
    groups: Mapping[str, Sequence[Shown]]
    lines: Sequence[Line]
    body: str


def events_of(session: Session, member: Member) -> Sequence[MemberEvent]:
    """Return every version of every event of a member, in the order of recording."""
    known = select(MemberEvent).where(MemberEvent.member_id == member.id)
    known = known.order_by(MemberEvent.number).options(joinedload(MemberEvent.recorder))
    return session.scalars(known).all()


def happenings(events: Iterable[MemberEvent]) -> list[Happening]:
    """Return events as the replay takes them, without their sensitive facts."""
    listed = list(events)
    numbers = {event.id: event.number for event in listed}
    return [
        Happening(
            event.number,
            event.kind,
            event.happened_on,
            event.body_id,
            event.facts,
            numbers[event.corrects_id] if event.corrects_id else None,
        )
        for event in listed
    ]


def facts_of(key: bytes, event: MemberEvent) -> Mapping[str, str]:
    """Return all facts of an event, also the sensitive ones."""
    if event.sealed is None:
        return event.facts
    opened: dict[str, str] = json.loads(unseal(event.sealed, by=key, context=context(event.id)))
    return event.facts | opened


def context(event: UUID) -> bytes:
    """Return what binds sealed facts to their event."""
    return f"member-event:{event}".encode()


def record_of(
    session: Session, member: Member, day: date, *, by: Asker, key: bytes | None = None
) -> Record:
    """Return the record of a member as of a day; with the key, also what is sensitive."""
    events = events_of(session, member)
    told = happenings(events)
    state = state_on(told, day)
    names = _bodies(session, {event.body_id for event in events}, by=by)
    standing = [one.number for one in valid(told) if one.on <= day]
    known = {event.number: event for event in events}
    lines = [_line(known[number], events, names, key) for number in reversed(standing)]
    facts = dict(_known([known[number] for number in standing], key))
    return Record(
        state,
        {group: shown for group in GROUPS if (shown := _shown(group, facts))},
        lines,
        names.get(state.keeper, "") if state.keeper else "",
    )


def _known(events: Sequence[MemberEvent], key: bytes | None) -> Iterator[tuple[str, str | None]]:
    """Yield what stays true of the member, the latest last; None is what stays hidden."""
    for event in events:
        if KINDS[event.kind].kept:
            yield from (event.facts if key is None else facts_of(key, event)).items()
            if key is None and event.sealed is not None:
                yield from dict.fromkeys(SEALED & set(PROFILE)).items()


def _shown(group: str, facts: Mapping[str, str | None]) -> list[Shown]:
    return [
        Shown(name, facts[name] or "", FIELDS[name].sealed)
        for name in PROFILE
        if FIELDS[name].group == group and name in facts
    ]


def _line(
    event: MemberEvent,
    events: Sequence[MemberEvent],
    bodies: Mapping[UUID, str],
    key: bytes | None,
) -> Line:
    first = event.corrects_id or event.id
    versions = [one for one in events if first in {one.id, one.corrects_id} and one is not event]
    facts: Mapping[str, str | None] = event.facts if key is None else facts_of(key, event)
    if key is None and event.sealed is not None:
        hidden = [name for name in KINDS[event.kind].fields if name in SEALED]
        facts = {**facts, **dict.fromkeys(hidden)}
    shown = [Shown(name, value or "", name in SEALED) for name, value in facts.items()]
    place = bodies.get(event.body_id, "") if event.body_id else ""
    kept = KINDS[event.kind].kept and len(shown) > 1
    return Line(event, () if kept else shown, versions[::-1], place)


def _bodies(session: Session, named: Iterable[UUID | None], *, by: Asker) -> Mapping[UUID, str]:
    asked = readable_bodies(by).with_only_columns(Body.id, Body.name)
    return dict(session.execute(asked.where(Body.id.in_(named))).all())


def looks_at(session: Session, member: Member) -> Sequence[MemberLook]:
    """Return who looked at the sensitive facts of a member and why, the latest first."""
    seen = select(MemberLook).where(MemberLook.member_id == member.id).limit(LOOKS)
    return session.scalars(
        seen.order_by(MemberLook.created_at.desc()).options(joinedload(MemberLook.user))
    ).all()


def custodies_of(session: Session, member: Member, *, by: Asker) -> Sequence[Custody]:
    """Return every way that the dossier of a member went, the latest first."""
    went = ways_of_dossiers(by).where(Custody.member_id == member.id)
    went = went.options(joinedload(Custody.sender), joinedload(Custody.receiver))
    return session.scalars(went.order_by(Custody.created_at.desc())).all()


def is_sealed(session: Session, member: Member) -> bool:
    """Tell whether the dossier of a member is on its way to another body."""
    on_the_way = exists().where(Custody.member_id == member.id, Custody.closed_at.is_(None))
    return bool(session.scalar(select(on_the_way)))


def sealed_among(session: Session, members: Collection[UUID], *, by: Asker) -> frozenset[UUID]:
    """Return those of some members whose dossiers are on their way."""
    open_ways = ways_of_dossiers(by).where(Custody.closed_at.is_(None))
    found = open_ways.where(Custody.member_id.in_(members)).with_only_columns(Custody.member_id)
    return frozenset(session.scalars(found))


def same_card(
    session: Session, card: str, *, by: Asker, but: Member | None = None
) -> Sequence[Member]:
    """Return the members in force who have a card number already."""
    if not card:
        return ()
    having = readable_members(by).where(Member.card_number == card, Member.present)
    if but is not None:
        having = having.where(Member.id != but.id)
    return session.scalars(having).all()


def namesakes(session: Session, name: str, birth_date: str, *, by: Asker) -> Sequence[Member]:
    """Return the members of the same name and day of birth."""
    same = readable_members(by).where(Member.full_name == name, Member.birth_date == birth_date)
    return session.scalars(same).all()


def registers_kept(session: Session, *, by: Asker) -> Mapping[str, str]:
    """Return the bodies in whose register a person enters members, by id."""
    kept = session.execute(kept_registers(by).with_only_columns(Body.id, Body.name))
    ordered = sorted(kept, key=lambda body: collation_key(body[1]))
    return {str(identity): name for identity, name in ordered}
