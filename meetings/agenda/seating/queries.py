"""The plan of a room, and who of a meeting sits where on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.agenda.places.queries import room_of
from meetings.agenda.queries import participants_of
from meetings.models import Meeting, Participant, ParticipantRole, PointParticipant, Room, Seat
from meetings.policy import Asker

SEAT, AISLE = "x", "."
PODIUM = 0
"""The row of the podium; those of the hall count from 1."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_ROWS, MOST_COLUMNS, MOST_AT_PODIUM = len(LETTERS), 30, 15


@dataclass(frozen=True, order=True)
class Place:
    """A seat: its row, the podium first, and its column, the left one first."""

    row: int
    column: int

    @property
    def key(self) -> str:
        """Return how forms and addresses write it."""
        return f"{self.row}-{self.column}"


@dataclass(frozen=True)
class Plan:
    """The podium and the rows of a hall, in each of which seats and aisles follow each other."""

    podium: int
    rows: tuple[str, ...]

    @classmethod
    def of(cls, room: Room) -> "Plan":
        """Return the plan of a room; the first line of what is kept is the podium."""
        first, *rows = room.plan or [""]
        return cls(len(first), tuple(rows))

    @property
    def kept(self) -> list[str]:
        """Return the plan as it is kept."""
        return [SEAT * self.podium, *self.rows]

    @property
    def columns(self) -> int:
        """Return how many places are beside each other in the hall."""
        return max((len(row) for row in self.rows), default=0)

    @property
    def places(self) -> list[Place]:
        """Return every seat, row by row."""
        hall = (
            Place(number, column)
            for number, row in enumerate(self.rows, 1)
            for column, mark in enumerate(row)
            if mark == SEAT
        )
        return [*(Place(PODIUM, column) for column in range(self.podium)), *hall]

    def name(self, place: Place) -> str:
        """Return what a seat is called: 1 and 2 at the podium, A1 and A2 in the first row."""
        if place.row == PODIUM:
            return str(place.column + 1)
        before = self.rows[place.row - 1][: place.column + 1]
        return f"{LETTERS[place.row - 1]}{before.count(SEAT)}"

    def in_order(self) -> Iterator[Place]:
        """Return the seats of the hall as protocol fills them: each row from its middle."""
        hall = [place for place in self.places if place.row != PODIUM]
        yield from sorted(hall, key=lambda place: (place.row, *_middle(place.column, self.columns)))

    def podium_in_order(self) -> Iterator[Place]:
        """Return the seats at the podium from its middle."""
        columns = sorted(range(self.podium), key=lambda column: _middle(column, self.podium))
        return (Place(PODIUM, column) for column in columns)


def _middle(column: int, count: int) -> tuple[int, int]:
    return abs(2 * column - (count - 1)), column


def resized(plan: Plan, podium: int, rows: int, columns: int) -> Plan:
    """Return a plan of another size; what is new is seats."""
    kept = [row[:columns].ljust(columns, SEAT) for row in plan.rows[:rows]]
    return Plan(podium, (*kept, *([SEAT * columns] * (rows - len(kept)))))


def seats_of(session: Session, meeting: Meeting) -> dict[Place, Participant]:
    """Return who sits where at a meeting."""
    query = select(Seat).where(Seat.meeting_id == meeting.id)
    people = {part.id: part for part in participants_of(session, meeting)}
    found = session.scalars(query)
    seats = {Place(one.row, one.column): one.participant_id for one in found}
    return {place: people[who] for place, who in sorted(seats.items())}


def people_to_seat(session: Session, meeting: Meeting) -> list[Participant]:
    """Return who comes to the main room, in protocol order."""
    away = set(session.scalars(select(PointParticipant.participant_id)))
    return [part for part in participants_of(session, meeting) if part.id not in away]


def by_protocol(
    plan: Plan, people: Sequence[Participant], taken: Mapping[Place, UUID]
) -> dict[Place, UUID]:
    """Return who is to sit where: who leads at the podium, the others from the front.

    Those who sit already stay where they are.
    """
    podium = [place for place in plan.podium_in_order() if place not in taken]
    hall = [place for place in plan.in_order() if place not in taken]
    seated, seats = set(taken.values()), dict(taken)
    for part in people:
        leads = part.role is ParticipantRole.CHAIR
        free = podium if leads and podium else hall
        if free and part.id not in seated:
            seats[free.pop(0)] = part.id
    return seats


def own_seat(session: Session, meeting: Meeting, *, by: Asker) -> tuple[str, bool] | None:
    """Return what the seat of whoever asks is called, and whether it is at the podium."""
    query = select(Seat).join(Participant, Participant.id == Seat.participant_id)
    mine = query.where(Seat.meeting_id == meeting.id, Participant.person_id == by.person_id)
    seat = session.scalar(mine)
    room = room_of(session, meeting) if seat else None
    if seat is None or room is None:
        return None
    plan, place = Plan.of(room), Place(seat.row, seat.column)
    return (plan.name(place), place.row == PODIUM) if place in plan.places else None
