"""Long strings of changes: the room against a second, plain Python definition of an agenda."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from meetings import policy
from meetings.agenda import queries, services
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Document,
    Meeting,
    MeetingState,
    Participant,
    ParticipantRole,
    Person,
    User,
    VersionState,
)
from tests import factories

pytestmark = pytest.mark.long
EXAMPLES = 200 if os.environ.get("LONG_TESTS") else 20
ANY = st.integers(0, 23)  # which of those that are there, counted around
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@dataclass
class Paper:
    id: UUID
    document: str
    out: bool = False
    recalled: bool = False


@dataclass
class Item:
    id: UUID
    title: str
    minutes: int = 0
    parts: list["Item"] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


@dataclass
class Agenda:
    id: UUID
    open: bool
    revision: int = 0
    items: list[Item] = field(default_factory=list)
    invited: dict[str, ParticipantRole] = field(default_factory=dict)

    def walk(self) -> Iterator[tuple[str, Item, list[Item]]]:
        """Yield number, item and siblings in reading order."""
        yield from walk(self.items, "")


def walk(items: list[Item], prefix: str) -> Iterator[tuple[str, Item, list[Item]]]:
    for index, item in enumerate(items, 1):
        yield f"{prefix}{index}", item, items
        yield from walk(item.parts, f"{prefix}{index}.")


@dataclass(frozen=True)
class Cast:
    """Who and what plays, by name: ids of committed rows."""

    database: Any
    meetings: dict[str, UUID]
    users: dict[str, UUID]
    documents: dict[str, UUID]


READABLE = {"open", "inner", "waiting"}
NORMAL_ONLY = {"plain"}
INNER = {"inner"}


class AgendaMachine(RuleBasedStateMachine):
    """Every rule does the same to the database and to the model; the invariants compare."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self.cast = cast
        self.session = cast.database.writing()

        self.agendas = {
            name: Agenda(key, open=self.row(Meeting, key).state is not MeetingState.PLANNED)
            for name, key in self.cast.meetings.items()
        }
        for agenda in self.agendas.values():
            agenda.revision = self.row(Meeting, agenda.id).revision

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    @initialize(release=st.booleans())
    def one_document_lies_before_two_items(self, release):
        """Begin where papers come and go: random strings alone seldom get so far."""
        for which in (0, 1):
            self.add(which, "Báo cáo", 10)
        self.nest(0, "Phần một")
        for which in (1, 2):
            self.lay(which, "open")
        self.lay(0, "failed")
        self.invite(1, "delegate", ParticipantRole.CHAIR)
        if release:
            self.release_meeting(0)
            self.release_meeting(1)

    def row(self, table: type[Any], key: UUID) -> Any:
        return self.session.get_one(table, key)

    def user(self, name: str) -> User:
        return self.row(User, self.cast.users[name])

    def agenda(self, which: int) -> Agenda:
        return list(self.agendas.values())[which % len(self.agendas)]

    def places(self) -> list[tuple[Agenda, Item, list[Item]]]:
        return [(a, item, beside) for a in self.agendas.values() for _, item, beside in a.walk()]

    def laid(self) -> list[tuple[Agenda, Item, Paper]]:
        return [(a, item, paper) for a, item, _ in self.places() for paper in item.papers]

    def place(self, which: int) -> tuple[Agenda, Item, list[Item]]:
        return self.places()[which % len(self.places())]

    def paper(self, which: int) -> tuple[Agenda, Item, Paper]:
        return self.laid()[which % len(self.laid())]

    def has_items(self) -> bool:
        return bool(self.places())

    def has_papers(self) -> bool:
        return bool(self.laid())

    @rule(which=ANY, title=TITLES, minutes=st.integers(0, 90))
    def add(self, which, title, minutes):
        agenda = self.agenda(which)
        meeting = self.row(Meeting, agenda.id)
        item = services.add_item(self.session, meeting, title=title, planned_minutes=minutes)
        agenda.items.append(Item(item.id, title, minutes))
        agenda.revision += 1

    @precondition(has_items)
    @rule(which=ANY, title=TITLES)
    def nest(self, which, title):
        agenda, parent, _ = self.place(which)
        item = services.add_item(
            self.session,
            self.row(Meeting, agenda.id),
            title=title,
            parent=self.row(AgendaItem, parent.id),
        )
        parent.parts.append(Item(item.id, title))
        agenda.revision += 1

    @precondition(has_items)
    @rule(which=ANY, title=TITLES, minutes=st.integers(0, 90))
    def change(self, which, title, minutes):
        agenda, item, _ = self.place(which)
        row = self.row(AgendaItem, item.id)
        services.change_item(self.session, row, title=title, planned_minutes=minutes)
        item.title, item.minutes = title, minutes
        agenda.revision += 1

    @precondition(has_items)
    @rule(which=ANY, step=st.sampled_from([-1, 1, -3, 3]))
    def move(self, which, step):
        agenda, item, beside = self.place(which)
        services.move_item(self.session, self.row(AgendaItem, item.id), step=step)
        place = beside.index(item)
        beside.remove(item)
        beside.insert(max(0, place + step), item)
        agenda.revision += 1

    @precondition(has_items)
    @rule(which=ANY)
    def remove(self, which):
        agenda, item, beside = self.place(which)
        services.remove_item(self.session, self.row(AgendaItem, item.id))
        beside.remove(item)
        agenda.revision += 1

    @precondition(has_items)
    @rule(which=ANY, document=st.sampled_from(["open", "inner", "waiting", "failed", "empty"]))
    def lay(self, which, document):
        agenda, item, _ = self.place(which)
        paper = services.lay_paper(
            self.session,
            self.row(AgendaItem, item.id),
            self.row(Document, self.cast.documents[document]),
        )
        known = [p for p in item.papers if p.document == document]
        if known:
            assert paper.id == known[0].id
        else:
            item.papers.append(Paper(paper.id, document))
            agenda.revision += 1

    @precondition(has_papers)
    @rule(which=ANY)
    def take_back(self, which):
        agenda, item, paper = self.paper(which)
        services.take_back(self.session, self.row(AgendaPaper, paper.id))
        item.papers.remove(paper)
        agenda.revision += 1

    @rule(
        which=ANY,
        who=st.sampled_from(["delegate", "plain"]),
        role=st.sampled_from(ParticipantRole),
    )
    def invite(self, which, who, role):
        agenda = self.agenda(which)
        person = self.row(Person, self.user(who).person_id)
        services.invite(self.session, self.row(Meeting, agenda.id), person, role)
        agenda.invited[who] = role
        agenda.revision += 1

    @rule(which=ANY, who=st.sampled_from(["delegate", "plain"]))
    def uninvite(self, which, who):
        agenda = self.agenda(which)
        person = self.row(Person, self.user(who).person_id)
        services.uninvite(self.session, self.row(Meeting, agenda.id), person)
        agenda.invited.pop(who, None)
        agenda.revision += 1

    @rule(which=ANY)
    def release_meeting(self, which):
        agenda = self.agenda(which)
        meeting = self.row(Meeting, agenda.id)
        services.release_meeting(self.session, meeting, by=self.user("clerk"))
        for _, item, _ in agenda.walk():
            for paper in item.papers:
                paper.out |= paper.document in READABLE and not paper.recalled
        agenda.open = True
        agenda.revision += 1

    @precondition(has_papers)
    @rule(which=ANY)
    def release_paper(self, which):
        agenda, _, paper = self.paper(which)
        row = self.row(AgendaPaper, paper.id)
        told = services.release_paper(self.session, row, by=self.user("clerk"))
        assert told == (paper.document in READABLE)
        if told:
            paper.out, paper.recalled = True, False
            agenda.revision += 1

    @precondition(has_papers)
    @rule(which=ANY)
    def recall(self, which):
        agenda, _, paper = self.paper(which)
        row = self.row(AgendaPaper, paper.id)
        services.recall_paper(self.session, row, by=self.user("clerk"))
        paper.recalled |= paper.out
        paper.out = False
        agenda.revision += 1

    @invariant()
    def everything_read_anew(self):
        self.session.flush()
        self.session.expire_all()

    @invariant()
    def the_agenda_reads_as_in_the_model(self):
        for agenda in self.agendas.values():
            meeting = self.row(Meeting, agenda.id)
            lines = queries.agenda_of(self.session, meeting, user=self.user("clerk"))
            told = [
                (line.number, line.item.id, line.item.title, line.item.planned_minutes)
                for line in lines
            ]
            expected = [(number, i.id, i.title, i.minutes) for number, i, _ in agenda.walk()]
            assert told == expected
            papers = [[paper.id for paper in line.papers] for line in lines]
            assert papers == [[paper.id for paper in i.papers] for _, i, _ in agenda.walk()]

    @invariant()
    def siblings_never_share_a_position(self):
        rows = self.session.scalars(select(AgendaItem)).all()
        taken = [(row.meeting_id, row.parent_id, row.position) for row in rows]
        assert len(set(taken)) == len(taken)
        assert all(row.position >= 1 for row in rows)

    @invariant()
    def every_change_and_only_a_change_counts_up_the_revision(self):
        told = {name: self.row(Meeting, a.id).revision for name, a in self.agendas.items()}
        assert told == {name: agenda.revision for name, agenda in self.agendas.items()}

    @invariant()
    def a_meeting_once_open_stays_open(self):
        for agenda in self.agendas.values():
            state = self.row(Meeting, agenda.id).state
            assert (state is not MeetingState.PLANNED) == agenda.open

    @invariant()
    def everyone_invited_takes_part_once(self):
        names = {self.user(name).person_id: name for name in ("delegate", "plain")}
        for agenda in self.agendas.values():
            query = select(Participant).where(Participant.meeting_id == agenda.id)
            rows = self.session.scalars(query).all()
            assert {names[row.person_id]: row.role for row in rows} == agenda.invited
            assert len(rows) == len(agenda.invited)

    @invariant()
    def people_see_the_papers_the_model_gives_them(self):
        for name in self.cast.users:
            rows = self.session.scalars(policy.readable_papers(self.user(name))).all()
            assert {row.id for row in rows} == {p.id for p in self.papers_before(name)}

    @invariant()
    def delegates_read_the_documents_that_lie_before_them(self):
        for name in ("delegate", "plain", "outsider"):
            rows = self.session.scalars(policy.readable_documents(self.user(name))).all()
            expected = {self.cast.documents[p.document] for p in self.papers_before(name)}
            assert {row.id for row in rows} == expected

    def papers_before(self, name: str) -> list[Paper]:
        return [
            paper
            for agenda, _, paper in self.laid()
            if (name == "clerk" or (name in agenda.invited and agenda.open and paper.out))
            and not (name in NORMAL_ONLY and paper.document in INNER)
        ]

    @invariant()
    def the_archive_holds_what_is_out_somewhere(self):
        out = {paper.document for _, _, paper in self.laid() if paper.out}
        archived = {
            name
            for name, key in self.cast.documents.items()
            if self.row(Document, key).archived_at is not None
        }
        assert archived == out


VERSIONS = {
    "open": VersionState.READY,
    "inner": VersionState.READY,
    "waiting": VersionState.RECEIVED,
    "failed": VersionState.FAILED,
}


@pytest.fixture
def players(session, installation, world):
    """The cast, committed once; each run of the machine rolls back to it."""
    office, keys, store = world.office, installation.keys, installation.store
    documents = {
        name: factories.document(
            session,
            office,
            access_level=AccessLevel.INTERNAL if name in INNER else AccessLevel.NORMAL,
        )
        for name in (*VERSIONS, "empty")
    }
    for name, state in VERSIONS.items():
        factories.version(session, keys, store, documents[name], name.encode(), state=state)
    users = {
        "clerk": world.clerk,
        "delegate": factories.user(session),
        "plain": factories.user(session, clearance=AccessLevel.NORMAL),
        "outsider": world.outsider,
    }
    meetings = {
        "planned": factories.meeting(session, office, state=MeetingState.PLANNED),
        "released": factories.meeting(session, office),
    }
    session.commit()
    return Cast(
        installation.database,
        *({name: row.id for name, row in rows.items()} for rows in (meetings, users, documents)),
    )


def test_any_string_of_changes_leaves_the_room_as_the_model_says(players):
    run_state_machine_as_test(
        lambda: AgendaMachine(players),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_run_leaves_nothing_behind_for_the_next_one(players):
    for _ in range(2):
        machine = AgendaMachine(players)
        machine.add(0, "Khai mạc", 5)
        machine.nest(0, "Phần một")
        machine.lay(1, "open")
        machine.release_meeting(0)
        machine.the_agenda_reads_as_in_the_model()
        assert [number for number, _, _ in machine.agendas["planned"].walk()] == ["1", "1.1"]
        machine.teardown()
    with players.database.reading() as session:
        assert session.get_one(Document, players.documents["open"]).archived_at is None
        meeting = session.get_one(Meeting, players.meetings["planned"])
        assert (meeting.state, meeting.revision) == (MeetingState.PLANNED, 1)
