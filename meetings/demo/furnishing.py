"""From the demo's data to rows: bodies, people and their accounts, meetings and their agendas."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from meetings.accounts.services import add_user
from meetings.agenda import services as agenda
from meetings.agenda.places import services as places
from meetings.clock import VIETNAM
from meetings.demo import province
from meetings.models import (
    AccessLevel,
    AgendaItem,
    Body,
    BodyKind,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    ParticipantRole,
    Person,
    Post,
    Role,
    Room,
    Term,
    User,
)
from storage import KeyFolder

COPIES_APART = timedelta(days=61)


@dataclass(frozen=True)
class Furnishing:
    """The rows made so far, by the keys of the data files."""

    session: Session
    keys: KeyFolder
    today: date
    bodies: dict[str, Body] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    items: dict[tuple[str, str, int], AgendaItem] = field(default_factory=dict)

    @cached_property
    def secretary(self) -> User:
        """Return the account that calls the meetings and lays the papers."""
        key = next(p.key for p in province.people().values() if p.persona == "secretary")
        return self.users[key]

    def settle(self) -> None:
        """Make the bodies with their rooms, the people with their posts, and the accounts."""
        for position, body in enumerate(province.bodies().values()):
            self._add_body(body, position)
        for room in province.rooms():
            self._add_room(room)
        for person in province.people().values():
            self._add_person(person)

    def call_meetings(self, copy: int = 0) -> None:
        """Make the meetings with agenda and participants; later copies lie further back."""
        day = self.today - copy * COPIES_APART
        for meeting in province.meetings(day).values():
            self._add_meeting(meeting, copy)

    def _add_body(self, data: province.Body, position: int) -> None:
        parent = self.bodies.get(data.parent)
        body = Body(
            parent_id=parent.id if parent else None,
            kind=BodyKind(data.kind),
            name=data.name,
            symbol=data.symbol,
            position=position,
            opened_on=data.opened_on,
        )
        self.session.add(body)
        self.session.flush()
        self.session.add_all(Term(body_id=body.id, starts_on=day) for day in data.terms)
        self.bodies[data.key] = body

    def _add_room(self, data: province.Room) -> None:
        facts = asdict(data) | {"body": self.bodies[data.body]}
        room = places.add_room(self.session, facts.pop("body"), **facts)
        self.rooms[room.label] = room

    def _add_person(self, data: province.Person) -> None:
        person = Person(full_name=data.name, protocol_rank=data.rank)
        self.session.add(person)
        self.session.flush()
        self.people[data.key] = person
        for post in data.posts:
            self._add_post(person, post, data.rank)
        self.users[data.key] = add_user(
            self.session,
            self.keys,
            username=data.account,
            person=person,
            clearance=AccessLevel[data.clearance.upper()],
            roles=[(Role(role), self.bodies[body]) for role, body in data.roles],
            demo=True,
        )

    def _add_post(self, person: Person, post: province.Post, rank: int) -> None:
        self.session.add(
            Post(
                person_id=person.id,
                body_id=self.bodies[post.body].id,
                title=post.title,
                protocol_rank=rank,
                since=post.since,
                until=post.until,
            )
        )

    def _add_meeting(self, data: province.Meeting, copy: int) -> None:
        meeting = agenda.create_meeting(
            self.session,
            self.bodies[data.body],
            title=f"{data.title} (đợt {copy})" if copy else data.title,
            starts_at=_moment(data.day, data.starts),
            ends_at=_moment(data.day, data.ends),
            kind=MeetingKind(data.kind),
            place=data.place,
        )
        if room := self.rooms.get(data.place):
            places.book(self.session, meeting, room, clearing=timedelta(), by=self.secretary)
        for item in data.agenda:
            self._add_item(meeting, item, (data.key, copy), None)
        for role, person in data.participants:
            agenda.invite(self.session, meeting, self.people[person], ParticipantRole(role))
        meeting.state = MeetingState.ARCHIVED if copy else MeetingState(data.state)

    def _add_item(
        self, meeting: Meeting, data: province.Item, at: tuple[str, int], parent: AgendaItem | None
    ) -> None:
        known = province.people().get(data.presenter)
        item = agenda.add_item(
            self.session,
            meeting,
            title=data.title,
            kind=ItemKind(data.kind),
            presenter=known.introduction if known else data.presenter,
            planned_minutes=data.minutes,
            parent=parent,
        )
        key, copy = at
        self.items[key, data.number, copy] = item
        for nested in data.items:
            self._add_item(meeting, nested, at, item)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, VIETNAM)
