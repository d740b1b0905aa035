"""What is due when, which papers are awaited, and what one meeting passes on to the next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.agenda.queries import Item, agenda_of, items_of
from meetings.models import (
    Body,
    Meeting,
    MeetingKind,
    MeetingStage,
    MeetingTemplate,
    PaperPlace,
    SpecialDay,
)
from meetings.policy import Asker

Stage = tuple[str, int]
PAPERS_ARRIVE = "Tài liệu đến đại biểu"
STAGES_OF_KIND: Mapping[MeetingKind, Sequence[Stage]] = {
    MeetingKind.COMMITTEE_SESSION: ((PAPERS_ARRIVE, 5),),
    MeetingKind.STANDING_COMMITTEE_MEETING: ((PAPERS_ARRIVE, 3),),
    MeetingKind.STANDING_MEMBERS_MEETING: ((PAPERS_ARRIVE, 1),),
}
"""How many working days ahead papers arrive, until a template says otherwise."""
SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """What has to be done until the end of a day."""

    name: str
    days: int
    day: date
    over: bool


def working_days_before(day: date, count: int, special: Mapping[date, bool]) -> date:
    """Return the day so many working days before another; special days say whether they are one."""
    while count > 0:
        day -= timedelta(days=1)
        count -= special.get(day, day.weekday() < SATURDAY)
    return day


def special_days(session: Session) -> Sequence[SpecialDay]:
    """Return the holidays and swapped days that the office entered, the last first."""
    return session.scalars(select(SpecialDay).order_by(SpecialDay.day.desc())).all()


def stages_of(session: Session, meeting: Meeting) -> list[Due]:
    """Return what is due before a meeting, in the order of the days."""
    stages = session.scalars(select(MeetingStage).where(MeetingStage.meeting_id == meeting.id))
    special = {one.day: one.working for one in special_days(session)}
    held = clock.local(meeting.starts_at).date()
    due = (
        (stage, working_days_before(held, stage.days, special))
        for stage in sorted(stages, key=lambda stage: (-stage.days, stage.name))
    )
    return [Due(stage.name, stage.days, day, day < clock.today()) for stage, day in due]


def places_of(session: Session, meeting: Meeting) -> Mapping[UUID, Sequence[PaperPlace]]:
    """Return the papers that are still awaited, by item."""
    here = [item.id for item in items_of(session, meeting)]
    query = select(PaperPlace).where(PaperPlace.item_id.in_(here))
    found: dict[UUID, list[PaperPlace]] = defaultdict(list)
    for place in session.scalars(query.order_by(PaperPlace.created_at, PaperPlace.id)):
        found[place.item_id].append(place)
    return found


def templates_of(session: Session, body: Body, *, by: Asker) -> Sequence[MeetingTemplate]:
    """Return the templates of a body, by name."""
    query = policy.usable_templates(by).where(MeetingTemplate.body_id == body.id)
    return session.scalars(query.order_by(MeetingTemplate.name, MeetingTemplate.id)).all()


def outline_of(
    session: Session, meeting: Meeting, *, by: Asker, papers: bool
) -> list[dict[str, Any]]:
    """Return an agenda as data: each item with what is in it and the papers that it takes."""
    awaited = places_of(session, meeting) if papers else {}
    laid = {
        line.item.id: [paper.title for paper in line.papers if papers]
        for line in agenda_of(session, meeting, user=by)
    }
    below: dict[UUID | None, list[Item]] = defaultdict(list)
    for item in items_of(session, meeting):
        below[item.parent_id].append(item)

    def told(item: Item) -> dict[str, Any]:
        places = [place.title for place in awaited.get(item.id, ())]
        return {
            "source": str(item.id),
            "title": item.title,
            "kind": item.kind.value,
            "presenter": item.presenter,
            "minutes": item.planned_minutes,
            "begins": item.set_for and (item.set_for - meeting.starts_at).total_seconds() // 60,
            "closed": item.closed,
            "papers": [*laid.get(item.id, ()), *places],
            "items": [told(part) for part in below[item.id]],
        }

    return [told(item) for item in below[None]]
