"""Items are moved to another place or day, and a whole agenda is added at once."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.agenda.queries import agenda_of
from meetings.agenda.services import ChangedMeanwhileError, add_item, arranged
from meetings.intake.agendas import Read
from meetings.models import AgendaItem, ItemKind, Meeting
from meetings.policy import Asker

KINDS = (
    ("nghỉ giữa giờ", ItemKind.BREAK),
    ("giải lao", ItemKind.BREAK),
    ("khai mạc", ItemKind.OPENING),
    ("bế mạc", ItemKind.CLOSING),
    ("tham luận", ItemKind.SPEECH),
    ("thảo luận", ItemKind.DISCUSSION),
    ("biểu quyết", ItemKind.VOTE),
)
"""What a title says about what happens."""


def put_before(session: Session, item: AgendaItem, place: AgendaItem | None) -> None:
    """Put an item before another one of the same level, or at its end."""
    if place is not None and (place.parent_id, place.meeting_id) != (
        item.parent_id,
        item.meeting_id,
    ):
        raise ChangedMeanwhileError
    siblings = [one for one in _siblings(session, item) if one.id != item.id]
    at = siblings.index(place) if place is not None and place in siblings else len(siblings)
    siblings.insert(at, item)
    for position, sibling in enumerate(siblings, 1):
        sibling.position = position
    arranged(session, item.meeting)


def move_to_day(session: Session, item: AgendaItem, day: date, *, by: Asker) -> None:
    """Let an item be the last of another day of its meeting.

    A day begins with the item whose hour is set; an empty one begins as the first day does.
    """
    meeting = item.meeting
    lines = agenda_of(session, meeting, user=by)
    days = {line.item.id: clock.local(line.starts_at).date() for line in lines}
    if days.get(item.id) == day:
        return
    siblings = _siblings(session, item)
    _pass_on_the_hour(siblings, item, days)
    others = [one for one in siblings if one.id != item.id]
    ahead = [one for one in others if days[one.id] <= day]
    if day not in {days[one.id] for one in others}:
        start = clock.local(meeting.starts_at)
        item.set_for = datetime.combine(day, start.time(), clock.VIETNAM)
    others.insert(len(ahead), item)
    for position, sibling in enumerate(others, 1):
        sibling.position = position
    arranged(session, meeting)


def add_agenda(session: Session, meeting: Meeting, read: Sequence[Read]) -> int:
    """Add the items of a pasted agenda behind those that are there; return how many."""
    above: list[AgendaItem] = []
    for line in read:
        del above[line.level :]
        item = add_item(
            session,
            meeting,
            title=line.title,
            kind=kind_of(line.title),
            presenter=line.presenter,
            planned_minutes=line.minutes,
            parent=above[-1] if above else None,
        )
        above.append(item)
    return len(read)


def kind_of(title: str) -> ItemKind:
    """Return what happens at an item, as its title says; a report where it says nothing."""
    said = title.casefold()
    return next((kind for words, kind in KINDS if words in said), ItemKind.REPORT)


def _siblings(session: Session, item: AgendaItem) -> list[AgendaItem]:
    query = select(AgendaItem).where(
        AgendaItem.meeting_id == item.meeting_id,
        AgendaItem.parent_id.is_not_distinct_from(item.parent_id),
    )
    return list(session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def _pass_on_the_hour(
    siblings: Sequence[AgendaItem], item: AgendaItem, days: dict[UUID, date]
) -> None:
    """Let the next item of a day begin it, where the one that did moves away."""
    hour, item.set_for = item.set_for, None
    after = siblings[siblings.index(item) + 1 :]
    heir = next((one for one in after if days[one.id] == days[item.id]), None)
    if hour is not None and heir is not None and heir.set_for is None:
        heir.set_for = hour
