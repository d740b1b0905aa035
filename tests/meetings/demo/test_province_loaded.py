"""The province as rows: what stands in the database once the demo is loaded."""

import json
import stat
from itertools import pairwise

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda.seating.queries import Plan
from meetings.demo import credentials, province
from meetings.demo.services import NotADemo, load
from meetings.models import (
    AgendaItem,
    Base,
    Meeting,
    MeetingState,
    Participant,
    Role,
    RoleAssignment,
    Room,
    RoomBooking,
    User,
)
from tests import factories

PERSONAS = ("secretary", "delegate", "searcher", "outsider", "admin")
ROLES = {
    "secretary": [Role.CLERK, Role.RECORD_KEEPER],
    "delegate": [],
    "searcher": [Role.RESEARCHER],
    "outsider": [],
    "admin": [Role.ADMINISTRATOR],
}


@pytest.fixture
def accounts(installation) -> dict[str, dict[str, str]]:
    """Load the province and return its accounts as their file has them."""
    load(installation)
    return json.loads(credentials.file_of(installation.settings).read_text("utf-8"))


@pytest.fixture
def loaded(installation, accounts):
    """Return a session that reads the loaded province."""
    with installation.database.reading() as session:
        yield session


def rows(installation) -> dict[str, list[tuple]]:
    """Return every row of every table, in order."""
    with installation.database.reading() as session:
        return {
            table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def account(session, username: str) -> User:
    return session.scalars(select(User).where(User.username == username)).one()


def test_thirty_people_have_an_account_of_their_own(loaded):
    users = loaded.scalars(select(User)).all()
    assert len(users) == len({user.username for user in users}) == 30
    assert len({user.person_id for user in users}) == 30
    assert all(user.demo for user in users)


def test_six_meetings_lie_behind_today_and_ahead(loaded):
    meetings = loaded.scalars(select(Meeting)).all()
    days = [clock.local(meeting.starts_at).date() for meeting in meetings]
    today = clock.today()
    assert len(days) == 6
    assert min(days) < today < max(days)
    assert days.count(today) == 1
    states = {day: meeting.state for day, meeting in zip(days, meetings, strict=True)}
    assert states[today] is MeetingState.IN_SESSION
    assert all(states[day] is MeetingState.ARCHIVED for day in days if day < today)
    assert all(states[day] is not MeetingState.ARCHIVED for day in days if day > today)


def test_meetings_end_after_they_start_on_the_same_day(loaded):
    for meeting in loaded.scalars(select(Meeting)):
        assert meeting.starts_at < meeting.ends_at
        assert clock.local(meeting.starts_at).date() == clock.local(meeting.ends_at).date()


def test_parts_of_an_item_stay_in_its_meeting_and_go_one_level_deep(loaded):
    items = {item.id: item for item in loaded.scalars(select(AgendaItem))}
    parts = [item for item in items.values() if item.parent_id]
    assert parts
    for part in parts:
        parent = items[part.parent_id]
        assert parent.meeting_id == part.meeting_id
        assert parent.parent_id is None


def test_parts_stand_under_the_item_that_the_agenda_prints(loaded):
    items = loaded.scalars(select(AgendaItem)).all()
    for data in province.meetings(clock.today()).values():
        meeting = loaded.scalars(select(Meeting).where(Meeting.title == data.title)).one()
        for printed in data.agenda:
            if not printed.items:
                continue
            [parent] = [
                item
                for item in items
                if item.meeting_id == meeting.id and item.title == printed.title
            ]
            parts = sorted(
                (item for item in items if item.parent_id == parent.id),
                key=lambda item: item.position,
            )
            assert [part.title for part in parts] == [part.title for part in printed.items]
            assert all(a.position < b.position for a, b in pairwise(parts))


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_persona_holds_exactly_its_roles(loaded, accounts, persona: str):
    user = account(loaded, accounts[persona]["username"])
    held = loaded.scalars(select(RoleAssignment).where(RoleAssignment.user_id == user.id)).all()
    assert [row.role for row in held] == ROLES[persona]
    assert {row.body.name for row in held} <= {"Tỉnh ủy Lam Khê"}


@pytest.mark.parametrize(("persona", "takes_part"), [("outsider", False), ("delegate", True)])
def test_the_delegate_sits_in_meetings_and_the_outsider_in_none(
    loaded, accounts, persona: str, takes_part: bool
):
    user = account(loaded, accounts[persona]["username"])
    seats = loaded.scalars(select(Participant).where(Participant.person_id == user.person_id))
    assert bool(seats.all()) is takes_part


def test_the_accounts_file_is_private_and_has_the_agreed_shape(installation, accounts):
    file = credentials.file_of(installation.settings)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(accounts) == set(PERSONAS)
    for entry in accounts.values():
        assert entry.keys() == {"username", "password"}
        assert all(isinstance(value, str) and value for value in entry.values())
    assert len({entry["username"] for entry in accounts.values()}) == len(PERSONAS)


def test_no_password_is_kept_in_the_database(installation, accounts):
    stored = repr(rows(installation))
    assert accounts["admin"]["username"] in stored
    assert not [entry for entry in accounts.values() if entry["password"] in stored]


def test_a_second_load_changes_no_row(installation, accounts):
    before = rows(installation)
    load(installation)
    assert rows(installation) == before


def test_a_second_load_at_a_larger_scale_changes_no_row_either(installation, accounts):
    before = rows(installation)
    load(installation, scale=2)
    assert rows(installation) == before


def test_one_real_account_beside_the_demo_stops_a_second_load(session, installation, accounts):
    factories.user(session)
    session.commit()
    file = credentials.file_of(installation.settings)
    before = rows(installation), file.read_bytes()
    with pytest.raises(NotADemo):
        load(installation)
    assert (rows(installation), file.read_bytes()) == before


def test_every_meeting_holds_the_room_that_its_place_names(loaded):
    rooms = {room.label: room for room in loaded.scalars(select(Room))}
    assert len(rooms) == len(province.rooms())
    for meeting in loaded.scalars(select(Meeting)):
        held = select(RoomBooking.room_id).where(RoomBooking.meeting_id == meeting.id)
        assert loaded.scalars(held).all() == [rooms[meeting.place].id]


def test_a_plan_of_a_room_has_as_many_seats_as_the_room(loaded):
    for room in loaded.scalars(select(Room)):
        drawn = len(Plan.of(room).places)
        assert drawn in {0, *range(room.capacity - 20, room.capacity + 1)}, room.name
