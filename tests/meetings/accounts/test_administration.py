"""The administrator's pages: the list of accounts, and one account."""

import pytest
from sqlalchemy import select

from meetings import paging
from meetings.accounts.forms import CLEARANCES, ROLES
from meetings.models import AccessLevel, AuditEntry, Role, RoleAssignment, User, new_id
from tests import factories


@pytest.fixture
def subject(session, world):
    """An account that an administrator works on."""
    who = factories.person(session, full_name="Nguyễn Thị Bình", protocol_rank=5)
    user = factories.user(
        session, (Role.RESEARCHER, world.office), person=who, username="nguyen.binh"
    )
    session.commit()
    return user


@pytest.fixture
def desk(world, sign_in):
    return sign_in(world.administrator)


def read(installation, user):
    with installation.database.reading() as reading:
        return reading.get_one(User, user.id)


def roles(installation, user):
    query = select(RoleAssignment).where(RoleAssignment.user_id == user.id)
    with installation.database.reading() as reading:
        return {(one.role, one.body_id): one.id for one in reading.scalars(query)}


def change(client, user, **fields):
    return client.submit(f"/users/{user.id}", **fields)


def test_every_role_and_level_has_its_word():
    assert set(ROLES) == set(Role)
    assert set(CLEARANCES) == set(AccessLevel)


def test_accounts_are_listed_with_roles_and_state_in_protocol_order(session, desk, subject, world):
    lower = factories.person(session, full_name="An Văn Ánh", protocol_rank=6)
    factories.user(session, person=lower, active=False)
    session.commit()
    html = desk.get("/users").get_data(as_text=True)
    assert html.index("Nguyễn Thị Bình") < html.index("An Văn Ánh")
    assert "Người tra cứu · Văn phòng Tỉnh ủy" in html
    assert "Đã khóa" in html


def test_the_search_finds_an_account_and_leaves_the_others_out(desk, subject, world):
    html = desk.get("/users?q=thi+binh").get_data(as_text=True)
    assert "Nguyễn Thị Bình" in html
    assert world.delegate.username not in html
    nothing = desk.get("/users?q=zzz").get_data(as_text=True)
    assert "Không có tài khoản nào khớp" in nothing
    assert "Nguyễn Thị Bình" not in nothing


def test_a_long_list_of_accounts_comes_in_pages_that_keep_the_search(session, desk, world):
    for number in range(paging.ROWS + 1):
        person = factories.person(session, full_name=f"Phạm Dài {number:03d}", protocol_rank=9)
        factories.user(session, person=person)
    session.commit()
    first, second = (
        desk.get(f"/users?q=pham+dai&page={page}").get_data(as_text=True) for page in (1, 2)
    )
    assert first.count("Phạm Dài") == paging.ROWS
    assert second.count("Phạm Dài") == 1
    assert "page=2&amp;q=pham+dai" in first
    assert "Trang 1/2" in first


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher"])
def test_nobody_else_sees_or_changes_an_account(installation, world, sign_in, subject, who):
    client = sign_in(getattr(world, who))
    assert client.get("/users").status_code == 403
    assert client.get(f"/users/{subject.id}").status_code == 404
    sent = {"deed": "grant", "role": "administrator", "body": str(world.province.id)}
    assert change(client, subject, **sent).status_code == 404
    assert set(roles(installation, subject)) == {(Role.RESEARCHER, world.office.id)}


def test_the_page_of_an_account_shows_what_it_may(desk, subject):
    html = desk.get(f"/users/{subject.id}").get_data(as_text=True)
    assert "nguyen.binh" in html
    assert "Văn phòng Tỉnh ủy" in html


def test_a_clearance_is_changed_and_the_ledger_knows_by_whom(installation, desk, subject, world):
    answer = change(desk, subject, deed="save", clearance="2", active="y")
    assert (answer.status_code, answer.location) == (303, f"/users/{subject.id}")
    changed = read(installation, subject)
    assert (changed.clearance, changed.active) == (AccessLevel.RESTRICTED, True)
    with installation.database.reading() as reading:
        line = reading.scalars(select(AuditEntry)).one()
    assert (line.action, line.actor_id) == ("user:manage", world.administrator.id)
    assert line.subject_id == str(subject.id)


def test_closing_an_account_puts_the_person_out_at_once(
    installation, desk, subject, sign_in, world
):
    client, noise = sign_in(subject), sign_in(world.delegate)
    assert client.get("/account/sign-ins").status_code == 200
    assert change(desk, subject, deed="save", clearance="1").status_code == 303
    assert not read(installation, subject).active
    assert client.get("/account/sign-ins").status_code == 303
    assert noise.get("/account/sign-ins").status_code == 200
    change(desk, subject, deed="save", clearance="1", active="y")
    assert client.get("/account/sign-ins").status_code == 303, "the old sign-in stays ended"


def test_a_role_is_given_and_taken_away(installation, desk, subject, world):
    key = (Role.CLERK, world.commune.id)
    sent = {"deed": "grant", "role": "clerk", "body": str(world.commune.id)}
    assert change(desk, subject, **sent).status_code == 303
    assert key in roles(installation, subject)
    held = roles(installation, subject)[key]
    assert change(desk, subject, deed="withdraw", assignment=str(held)).status_code == 303
    assert set(roles(installation, subject)) == {(Role.RESEARCHER, world.office.id)}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"deed": "promote"},
        {"deed": "save", "clearance": "9", "active": "y"},
        {"deed": "save", "clearance": "secret", "active": "y"},
        {"deed": "grant", "role": "owner"},
        {"deed": "grant", "role": "clerk", "body": str(new_id())},
        {"deed": "withdraw"},
        {"deed": "withdraw", "assignment": "not an id"},
        {"deed": "withdraw", "assignment": str(new_id())},
    ],
)
def test_a_wish_that_makes_no_sense_changes_nothing(installation, desk, subject, fields):
    held = roles(installation, subject)
    assert change(desk, subject, **fields).status_code == 422
    found = read(installation, subject)
    assert (found.clearance, found.active) == (subject.clearance, True)
    assert roles(installation, subject) == held


def test_a_role_of_another_account_cannot_be_taken_by_this_page(installation, desk, subject, world):
    held = roles(installation, world.clerk)
    (other,) = held.values()
    assert change(desk, subject, deed="withdraw", assignment=str(other)).status_code == 422
    assert roles(installation, world.clerk) == held
