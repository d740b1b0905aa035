"""What is known about accounts."""

from datetime import timedelta

import pytest

from meetings import clock
from meetings.accounts import queries, services
from meetings.models import Role, new_id
from tests import factories


@pytest.fixture
def staff(session, world):
    """Three accounts whose names and ranks disagree about the order."""
    people = {
        "secretary": ("Vũ Đức Yên", 10),
        "binh": ("Nguyễn Thị Bình", 20),
        "anh": ("Trần Văn Ánh", 20),
    }
    return {
        key: factories.user(
            session,
            username=f"account.{key}",
            person=factories.person(session, full_name=name, protocol_rank=rank),
        )
        for key, (name, rank) in people.items()
    }


def test_accounts_are_listed_in_protocol_order_then_by_given_name(session, world, staff):
    listed = queries.users(session, by=world.administrator)
    assert listed[:3] == [staff["secretary"], staff["anh"], staff["binh"]]
    assert world.clerk in listed[3:]


@pytest.mark.parametrize("words", ["nguyen thi binh", "Bình", "ACCOUNT.BINH"])
def test_words_narrow_the_list_with_or_without_accents(session, world, staff, words):
    assert queries.users(session, by=world.administrator, words=words) == [staff["binh"]]


def test_words_that_nobody_has_find_nobody(session, world, staff):
    assert queries.users(session, by=world.administrator, words="không ai") == []


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher"])
def test_only_an_administrator_sees_accounts(session, world, staff, who):
    assert queries.users(session, by=getattr(world, who)) == []


def test_roles_are_those_of_one_account_in_the_order_they_were_given(session, world):
    for body in (world.commune, world.office):
        services.grant(session, world.delegate, Role.RESEARCHER, body)
    held = queries.roles_of(session, world.delegate)
    assert [one.body for one in held] == [world.commune, world.office]


def test_a_held_role_is_found_by_its_id(session, world):
    held = queries.roles_of(session, world.clerk)[0]
    assert queries.assignment(session, held.id) is held
    assert queries.assignment(session, new_id()) is None


def test_open_sign_ins_are_ones_own_that_still_open_something(session, world):
    now = clock.now()
    older = factories.sign_in(session, world.delegate, created_at=now - timedelta(hours=2))
    newer = factories.sign_in(session, world.delegate, created_at=now - timedelta(hours=1))
    factories.sign_in(session, world.delegate, ended_at=now)
    factories.sign_in(session, world.delegate, expires_at=now - timedelta(seconds=1))
    factories.sign_in(session, world.other_delegate)
    assert queries.open_sign_ins(session, by=world.delegate) == [newer, older]
