import json
import stat
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetings import clock, policy
from meetings.accounts.services import check_password
from meetings.demo import credentials, members, province
from meetings.demo.papers import read_papers
from meetings.demo.services import NotADemo, load
from meetings.models import (
    AgendaItem,
    Body,
    Job,
    Meeting,
    MeetingState,
    Participant,
    Person,
    Post,
    Role,
    RoleAssignment,
    User,
)
from tests import factories

TABLES = (Body, Person, Post, User, Meeting, AgendaItem, Participant, Job)


def counted(installation):
    with installation.database.reading() as session:
        return {t.__name__: session.scalar(select(func.count()).select_from(t)) for t in TABLES}


def accounts_file(installation):
    return credentials.file_of(installation.settings)


@pytest.fixture
def greeting(installation):
    return load(installation)


def test_the_province_is_loaded_with_all_that_its_data_names(installation, greeting):
    meetings = province.meetings(clock.today()).values()
    people = province.people().values()
    assert counted(installation) == {
        "Body": len(province.bodies()) + len(members.CELLS),
        "Person": len(people),
        "Post": sum(len(person.posts) for person in people),
        "User": len(people),
        "Meeting": len(meetings),
        "AgendaItem": sum(len(meeting.items) for meeting in meetings),
        "Participant": sum(len(meeting.participants) for meeting in meetings),
        "Job": len(read_papers(clock.today())),
    }


def test_a_second_load_keeps_everything(installation, greeting):
    before = counted(installation), accounts_file(installation).read_bytes()
    assert load(installation) == greeting
    assert (counted(installation), accounts_file(installation).read_bytes()) == before


def test_the_accounts_of_the_journeys_are_kept_for_their_owner_only(installation, greeting):
    file = accounts_file(installation)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.with_suffix(".new").exists()
    accounts = json.loads(file.read_text())
    assert list(accounts) == ["secretary", "delegate", "searcher", "outsider", "admin"]
    for account in accounts.values():
        assert set(account) == {"username", "password"}
        assert account["username"] in greeting
        assert account["password"] in greeting


def test_every_journey_can_sign_in_and_nobody_else_has_a_password(installation, greeting):
    accounts = json.loads(accounts_file(installation).read_text()).values()
    passwords = {account["username"]: account["password"] for account in accounts}
    assert len(set(passwords.values())) == 5
    with installation.database.reading() as session:
        for user in session.scalars(select(User)):
            assert user.demo
            if user.username in passwords:
                given = passwords[user.username]
                assert check_password(installation.keys, user.password_hash, given)
            else:
                assert user.password_hash == ""


def test_roles_reach_their_bodies(installation, greeting):
    with installation.database.reading() as session:
        rows = session.scalars(select(RoleAssignment)).all()
        named = {(row.role, row.body.name) for row in rows}
    assert (Role.ADMINISTRATOR, "Tỉnh ủy Lam Khê") in named
    assert Counter(row.role for row in rows)[Role.CLERK] == 2


def test_the_outsider_sees_no_meeting_and_the_delegate_does(installation, greeting):
    accounts = json.loads(accounts_file(installation).read_text())
    with installation.database.reading() as session:

        def seen(persona):
            name = accounts[persona]["username"]
            user = session.scalars(select(User).where(User.username == name)).one()
            return session.scalars(policy.readable_meetings(user)).all()

        assert seen("outsider") == []
        assert MeetingState.IN_SESSION in {meeting.state for meeting in seen("delegate")}
        assert len(seen("secretary")) == len(province.meetings(clock.today()))


def test_meetings_lie_around_today_by_the_clock_of_vietnam(installation, greeting):
    with installation.database.reading() as session:
        meetings = session.scalars(select(Meeting)).all()
    starts = {meeting.title: clock.local(meeting.starts_at) for meeting in meetings}
    for meeting in province.meetings(clock.today()).values():
        assert starts[meeting.title].date() == meeting.day
        assert starts[meeting.title].time() == meeting.starts


def test_agenda_items_keep_their_order_and_nest_as_printed(installation, greeting):
    with installation.database.reading() as session:
        for data in province.meetings(clock.today()).values():
            meeting = session.scalars(select(Meeting).where(Meeting.title == data.title)).one()
            rows = session.scalars(
                select(AgendaItem).where(
                    AgendaItem.meeting_id == meeting.id, AgendaItem.parent_id.is_(None)
                )
            )
            ordered = sorted(rows, key=lambda item: item.position)
            assert [row.title for row in ordered] == [item.title for item in data.agenda]


def test_papers_of_the_next_meetings_are_typeset_first(installation, greeting):
    with installation.database.reading() as session:
        order = session.scalars(select(Job).order_by(Job.due_at, Job.id)).all()
    papers = read_papers(clock.today())
    meetings = [papers[job.payload["key"]].meeting for job in order]
    today = meetings.count("so-ket-cai-cach-hanh-chinh")
    assert set(meetings[:today]) == {"so-ket-cai-cach-hanh-chinh"}
    assert meetings[today] == "thuong-vu-cuoi-nam"
    assert meetings[-1] == ""


def test_an_installation_with_real_people_is_refused(session, installation):
    factories.user(session)
    session.commit()
    with pytest.raises(NotADemo, match="no real person"):
        load(installation)
    assert counted(installation)["Meeting"] == 0
    assert not accounts_file(installation).exists()


def test_lost_accounts_get_new_passwords_and_nothing_else(installation, greeting):
    before = counted(installation)
    accounts_file(installation).unlink()
    again = load(installation)
    assert again != greeting
    assert counted(installation) == before
    account = json.loads(accounts_file(installation).read_text())["delegate"]
    with installation.database.reading() as session:
        named = select(User).where(User.username == account["username"])
        stored = session.scalars(named).one().password_hash
    assert check_password(installation.keys, stored, account["password"])


def test_an_accounts_file_without_its_database_is_replaced(installation):
    credentials.write(accounts_file(installation), {"secretary": {"username": "x", "password": ""}})
    load(installation)
    written = set(json.loads(accounts_file(installation).read_text()))
    assert written == set(credentials.LABELS) - {credentials.CELL}


def test_a_larger_scale_repeats_meetings_and_papers_in_the_past(installation):
    load(installation, scale=3)
    once, papers = province.meetings(clock.today()), read_papers(clock.today())
    found = counted(installation)
    assert found["Meeting"] == 3 * len(once)
    assert found["Job"] == 3 * len(papers)
    assert found["Person"] == len(province.people())
    with installation.database.reading() as session:
        copies = session.scalars(select(Meeting).where(Meeting.title.contains("(đợt"))).all()
    assert len(copies) == 2 * len(once)
    assert {meeting.state for meeting in copies} == {MeetingState.ARCHIVED}
    assert all(meeting.ends_at < clock.now() - timedelta(days=30) for meeting in copies)


def test_passwords_are_readable_and_never_the_same():
    made = {credentials.new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(
        len(password) == 19 and set(password) <= {*credentials.ALPHABET, "-"} for password in made
    )
