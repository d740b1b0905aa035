"""A meeting is copied or called from a template; stages and special days are set."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings.agenda.access.services import items_of_part, set_closed, wish_invitation
from meetings.agenda.places.queries import room_of
from meetings.agenda.plans.queries import Stage, outline_of
from meetings.agenda.queries import participants_of
from meetings.agenda.services import add_item, announce, create_meeting
from meetings.models import (
    AgendaItem,
    ItemKind,
    Meeting,
    MeetingStage,
    MeetingTemplate,
    PaperPlace,
    SpecialDay,
)
from meetings.policy import Asker


def clone(
    session: Session,
    meeting: Meeting,
    *,
    title: str,
    starts_at: datetime,
    papers: bool,
    people: bool,
    by: Asker,
) -> Meeting:
    """Call a meeting like another: same agenda and length, no paper of it, no answer."""
    copy = create_meeting(
        session,
        meeting.body,
        title=title,
        kind=meeting.kind,
        place=_own_place(session, meeting),
        starts_at=starts_at,
        ends_at=starts_at + (meeting.ends_at - meeting.starts_at),
        taking=meeting.taking,
        stand_in=meeting.stand_in,
    )
    made = _plant(session, copy, outline_of(session, meeting, by=by, papers=papers), None)
    set_stages(session, copy, _stages(session, meeting))
    if people:
        for part in participants_of(session, meeting):
            known = items_of_part(session, part)
            items = None if known is None else [made[str(item)] for item in known]
            wish_invitation(session, copy, part.person, part.role, by=by, items=items)
        for item in session.scalars(select(AgendaItem).where(AgendaItem.id.in_(made.values()))):
            if item.closed:
                set_closed(session, item, closed=True, by=by)
    return copy


def keep_template(
    session: Session, meeting: Meeting, *, name: str, stages: Iterable[Stage], by: Asker
) -> MeetingTemplate:
    """Keep the agenda of a meeting and what its papers are called, for later ones of the body."""
    length = meeting.ends_at - meeting.starts_at
    template = MeetingTemplate(
        body_id=meeting.body_id,
        kind=meeting.kind,
        name=name,
        place=_own_place(session, meeting),
        minutes=int(length.total_seconds() // 60),
        agenda=outline_of(session, meeting, by=by, papers=True),
        stages=[{"name": words, "days": days} for words, days in stages],
    )
    session.add(template)
    session.flush()
    return template


def _own_place(session: Session, meeting: Meeting) -> str:
    """Return what was typed for the place; the name of a room would promise that it is held."""
    room = room_of(session, meeting)
    return "" if room and meeting.place == room.label else meeting.place


def call_from(
    session: Session, template: MeetingTemplate, *, title: str, starts_at: datetime
) -> Meeting:
    """Call a meeting as a template says."""
    meeting = create_meeting(
        session,
        template.body,
        title=title,
        kind=template.kind,
        place=template.place,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=template.minutes),
    )
    _plant(session, meeting, template.agenda, None)
    set_stages(session, meeting, [(one["name"], one["days"]) for one in template.stages])
    return meeting


def set_stages(session: Session, meeting: Meeting, stages: Iterable[Stage]) -> None:
    """Set what has to be done how many working days before a meeting."""
    session.execute(delete(MeetingStage).where(MeetingStage.meeting_id == meeting.id))
    session.add_all(
        MeetingStage(meeting_id=meeting.id, name=name, days=days) for name, days in stages
    )
    session.flush()


def drop_place(session: Session, item: AgendaItem, place: UUID) -> None:
    """Wait for a paper no longer."""
    here = (PaperPlace.item_id == item.id, PaperPlace.id == place)
    session.execute(delete(PaperPlace).where(*here))
    announce(session, item.meeting)


def set_special_day(session: Session, day: date, *, working: bool, name: str) -> None:
    """Say of a day that nobody works, or that people do although it is a weekend."""
    known = session.get(SpecialDay, day) or SpecialDay(day=day)
    known.working, known.name = working, name
    session.add(known)
    session.flush()


def forget_special_day(session: Session, day: date) -> None:
    """Let a day be as the week has it."""
    session.execute(delete(SpecialDay).where(SpecialDay.day == day))


def _stages(session: Session, meeting: Meeting) -> Sequence[Stage]:
    found = session.scalars(select(MeetingStage).where(MeetingStage.meeting_id == meeting.id))
    return [(stage.name, stage.days) for stage in found]


def _plant(
    session: Session,
    meeting: Meeting,
    outline: Sequence[Mapping[str, Any]],
    parent: AgendaItem | None,
) -> dict[str, UUID]:
    """Make the items of an outline; return them by what they were made of."""
    made: dict[str, UUID] = {}
    for told in outline:
        item = add_item(
            session,
            meeting,
            title=told["title"],
            kind=ItemKind(told["kind"]),
            presenter=told["presenter"],
            planned_minutes=told["minutes"],
            parent=parent,
        )
        if told.get("begins") is not None:
            item.set_for = meeting.starts_at + timedelta(minutes=told["begins"])
        item.closed = told.get("closed", False)
        made[told["source"]] = item.id
        session.add_all(PaperPlace(item_id=item.id, title=title) for title in told["papers"])
        made |= _plant(session, meeting, told["items"], item)
    session.flush()
    return made
