"""Rooms, when they are taken, and what is free instead."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, policy
from meetings.collation import collation_key
from meetings.models import Meeting, MeetingState, Participant, PointParticipant, Room, RoomBooking
from meetings.policy import Asker

MOST_OFFERED = 4
LOOKED_AHEAD = timedelta(days=30)
FAR_AHEAD = timedelta(days=3650)
BEGINNINGS = (time(7, 30), time(13, 30))
OFFICE_OPENS, OFFICE_CLOSES = time(7, 0), time(18, 0)
NOON = (time(11, 0), time(13, 30))
SATURDAY = 5
A_DAY = timedelta(hours=11)
SLOT = timedelta(minutes=15)
SHOWN_FROM, SHOWN_UNTIL = 7, 18
OVER = (MeetingState.CLOSED, MeetingState.ARCHIVED)


@dataclass(frozen=True)
class Hours:
    """From when to when a meeting holds a room; it has no title for whom may not see it."""

    room_id: UUID
    meeting_id: UUID
    starts_at: datetime
    ends_at: datetime
    title: str = ""
    opened_at: datetime | None = None


def rooms(session: Session, *, by: Asker) -> list[Room]:
    """Return all rooms by name, those that are closed last."""
    found = session.scalars(policy.readable_rooms(by).options(joinedload(Room.body)))
    return sorted(found, key=lambda room: (room.closed, collation_key(room.name)))


def namesake(
    session: Session, name: str, body: UUID, *, but: Room | None, by: Asker
) -> Room | None:
    """Return the room of this name that the same body looks after already."""
    same = policy.readable_rooms(by).where(Room.name == name, Room.body_id == body)
    return session.scalar(same.where(Room.id != but.id) if but else same)


def hours_taken(
    session: Session, first: datetime, last: datetime, *, by: Asker, rooms: Collection[UUID] = ()
) -> list[Hours]:
    """Return who holds rooms between two moments, earliest first; some rooms or all."""
    query = policy.taken_hours(by).where(
        Meeting.starts_at < last, or_(Meeting.ends_at > first, Meeting.closed_at > first)
    )
    query = query.where(RoomBooking.room_id.in_(rooms)) if rooms else query
    taken = (Hours(*row) for row in session.execute(query.order_by(Meeting.starts_at, Meeting.id)))
    return [hours for hours in taken if hours.ends_at > first]


@dataclass(frozen=True)
class Wish:
    """From when to when a meeting wants a room, which is cleared before and after."""

    starts_at: datetime
    ends_at: datetime
    clearing: timedelta
    meeting_id: UUID | None = None

    @property
    def first(self) -> datetime:
        """Return since when the room is wanted empty."""
        return self.starts_at - self.clearing

    @property
    def last(self) -> datetime:
        """Return until when the room is wanted empty."""
        return self.ends_at + self.clearing

    def clashes(self, hours: Hours) -> bool:
        """Tell whether another meeting is in the way."""
        others = hours.meeting_id != self.meeting_id
        return others and hours.starts_at < self.last and hours.ends_at > self.first


def clashing(taken: Iterable[Hours], wish: Wish) -> list[Hours]:
    """Return those who are in the way of a wish."""
    return [hours for hours in taken if wish.clashes(hours)]


def rooms_free(session: Session, wish: Wish, *, needed: int, by: Asker) -> list[Room]:
    """Return the rooms that are large enough and free in some hours, the smallest first."""
    taken = clashing(hours_taken(session, wish.first, wish.last, by=by), wish)
    held = {hours.room_id for hours in taken}
    fitting = [
        room
        for room in rooms(session, by=by)
        if not room.closed and room.capacity >= needed and room.id not in held
    ]
    return sorted(fitting, key=lambda room: room.capacity)[:MOST_OFFERED]


def next_free(session: Session, room: Room, wish: Wish, *, by: Asker) -> datetime | None:
    """Return when the room is next free for as long, in office hours."""
    until = wish.starts_at + LOOKED_AHEAD
    taken = hours_taken(session, wish.first, until, by=by, rooms=[room.id])
    length = wish.ends_at - wish.starts_at
    beginnings = {*_after(taken, wish.clearing), *_beginnings(wish.starts_at)}
    for begin in sorted(begin for begin in beginnings if wish.starts_at < begin < until):
        later = replace(wish, starts_at=begin, ends_at=begin + length)
        if _in_office_hours(later) and not clashing(taken, later):
            return begin
    return None


def _after(taken: Iterable[Hours], clearing: timedelta) -> Iterator[datetime]:
    """Return when each hour ends and the room is cleared, on a full quarter of an hour."""
    for hours in taken:
        free = hours.ends_at + clearing
        day, _ = clock.day_bounds(clock.local(free).date())
        yield day - (day - free) // SLOT * SLOT


def _beginnings(since: datetime) -> Iterator[datetime]:
    first = clock.local(since).date()
    for number in range(LOOKED_AHEAD.days + 1):
        for hour in BEGINNINGS:
            yield datetime.combine(first + timedelta(days=number), hour, clock.VIETNAM)


def _in_office_hours(wish: Wish) -> bool:
    begin, end = clock.local(wish.starts_at), clock.local(wish.ends_at)
    since, until = NOON
    if begin.weekday() >= SATURDAY or begin.time() < OFFICE_OPENS or since <= begin.time() < until:
        return False
    goes_on = end - begin > A_DAY  # what is longer than office hours fits into none
    return goes_on or (end.date() == begin.date() and end.time() <= OFFICE_CLOSES)


def room_of(session: Session, meeting: Meeting | None) -> Room | None:
    """Return the main room that a meeting holds."""
    if meeting is None:
        return None
    held = select(RoomBooking).where(RoomBooking.meeting_id == meeting.id, RoomBooking.main)
    booking = session.scalar(held.options(joinedload(RoomBooking.room)))
    return booking.room if booking else None


def holds(session: Session, meeting: Meeting | None, room: Room, *, main: bool) -> bool:
    """Tell whether a meeting holds a room already, as its main one or for a bridge point."""
    if meeting is None:
        return False
    booking = session.get(RoomBooking, (meeting.id, room.id))
    return booking is not None and booking.main is main


def rooms_beside(session: Session, meeting: Meeting | None) -> list[Room]:
    """Return the rooms that a meeting holds for its bridge points."""
    if meeting is None:
        return []
    held = select(RoomBooking).where(RoomBooking.meeting_id == meeting.id, ~RoomBooking.main)
    return [one.room for one in session.scalars(held.options(joinedload(RoomBooking.room)))]


def people_expected(session: Session, meeting: Meeting | None) -> int:
    """Return how many take part in the main room of a meeting."""
    if meeting is None:
        return 0
    here = Participant.id.not_in(select(PointParticipant.participant_id))
    count = select(func.count()).select_from(Participant)
    return session.scalar(count.where(Participant.meeting_id == meeting.id, here)) or 0


def unused(session: Session, *, after: timedelta, by: Asker) -> list[Hours]:
    """Return who holds a room now that nobody opened, of those that a person may free."""
    moment = clock.now()
    freeable = policy.freeable_meetings(by).with_only_columns(Meeting.id)
    query = policy.taken_hours(by).where(
        Meeting.id.in_(freeable),
        Meeting.opened_at.is_(None),
        Meeting.state.not_in(OVER),
        Meeting.starts_at <= moment - after,
        Meeting.ends_at > moment,
    )
    return [Hours(*row) for row in session.execute(query.order_by(Meeting.starts_at))]


def meetings_ahead(session: Session, room: Room, *, by: Asker) -> list[Hours]:
    """Return the meetings that hold a room from now on."""
    moment = clock.now()
    return hours_taken(session, moment, moment + FAR_AHEAD, by=by, rooms=[room.id])


@dataclass(frozen=True)
class DayOfRoom:
    """A day with those who hold a room then."""

    date: date
    hours: tuple[Hours, ...]


def days_of_room(
    session: Session, room: Room, first: date, count: int, *, by: Asker
) -> list[DayOfRoom]:
    """Return some days in a row, each with those who hold a room then."""
    days = [first + timedelta(days=number) for number in range(count)]
    (start, _), (_, end) = clock.day_bounds(days[0]), clock.day_bounds(days[-1])
    taken = hours_taken(session, start, end, by=by, rooms=[room.id])
    return [DayOfRoom(day, tuple(_on(day, taken))) for day in days]


def _on(day: date, taken: Sequence[Hours]) -> Iterator[Hours]:
    start, end = clock.day_bounds(day)
    return (hours for hours in taken if hours.starts_at < end and hours.ends_at > start)


@dataclass(frozen=True)
class Bar:
    """Some quarters of an hour of a room, in which somebody holds it or nobody."""

    slots: int
    hours: Hours | None = None


@dataclass(frozen=True)
class Picture:
    """The rooms of a day side by side over its hours."""

    hours: range
    rows: tuple[tuple[Room, tuple[Bar, ...]], ...]


def picture_of(day: date, rooms: Sequence[Room], taken: Sequence[Hours]) -> Picture:
    """Return a bar for each who holds a room on a day; hours of the night only where needed."""
    start, end = clock.day_bounds(day)
    spans = [(max(one.starts_at, start), min(one.ends_at, end), one) for one in taken]
    first = min([SHOWN_FROM, *(clock.local(begin).hour for begin, _, _ in spans)])
    last = max([SHOWN_UNTIL, *(-((start - stop) // timedelta(hours=1)) for _, stop, _ in spans)])
    since, count = start + timedelta(hours=first), (last - first) * 4
    rows = []
    for room in rooms:
        bars, at = [], 0
        for begin, stop, hours in spans:
            left, right = max(at, (begin - since) // SLOT), -((since - stop) // SLOT)
            if hours.room_id == room.id and right > left:
                bars += [Bar(left - at)] if left > at else []
                bars.append(Bar(right - left, hours))
                at = right
        rows.append((room, (*bars, *([Bar(count - at)] if at < count else []))))
    return Picture(range(first, last), tuple(rows))
