"""A part of a meeting is passed on: to a substitute, and by way of a second person."""

import pytest

from meetings.agenda import queries
from meetings.agenda.access.services import items_of_part, wish_invitation
from meetings.agenda.answers import services as answers
from meetings.agenda.answers.queries import part_of
from meetings.agenda.participants import services
from meetings.agenda.participants.queries import items_of_parts
from meetings.agenda.services import invite, remove_item
from meetings.models import AccessLevel, ParticipantRole, Widening
from meetings.second_person import services as second_person
from tests import factories

INVITED = ParticipantRole.INVITED_DELEGATE


@pytest.fixture
def items(session, world):
    """Return two items of the meeting, the first with a restricted paper."""
    restricted = factories.document(session, world.office, access_level=AccessLevel.RESTRICTED)
    factories.paper(session, world.item, restricted)
    return [world.item, factories.item(session, world.meeting)]


def numbers(session, world, user):
    return [line.number for line in queries.agenda_of(session, world.meeting, user=user)]


def test_a_substitute_comes_for_the_same_items_only(session, world):
    other = factories.item(session, world.meeting)
    deputy = factories.user(session)
    part = invite(session, world.meeting, world.outsider.person, INVITED, items={other.id})
    given = answers.answer(session, part, coming=False, reason="Ốm", substitute=deputy.person)
    answers.agree(session, given, role=INVITED, by=world.clerk)
    assert numbers(session, world, deputy) == ["2"]


def test_what_a_second_person_agrees_to_is_the_part_that_was_asked_for(
    session, installation, world, items
):
    person = world.outsider.person
    wanted = {item.id for item in items}
    assert wish_invitation(session, world.meeting, person, INVITED, by=world.clerk, items=wanted)
    [widening] = session.query(Widening).all()
    second = factories.user(session)
    second_person.agree(session, installation, widening, by=second)
    part = part_of(session, world.meeting, by=person.id)
    assert items_of_part(session, part) == wanted


def test_an_item_that_went_meanwhile_is_left_out_of_what_was_agreed_to(
    session, installation, world, items
):
    person = world.outsider.person
    wanted = {item.id for item in items}
    wish_invitation(session, world.meeting, person, INVITED, by=world.clerk, items=wanted)
    [widening] = session.query(Widening).all()
    remove_item(session, items[1])
    second_person.agree(session, installation, widening, by=factories.user(session))
    assert numbers(session, world, world.outsider) == ["1"]


def test_fewer_items_need_nobody_and_hold_at_once(session, world, items):
    person = world.outsider.person
    part = invite(session, world.meeting, person, INVITED)
    waits = services.change_part(session, part, INVITED, by=world.clerk, items={items[1].id})
    assert not waits
    assert numbers(session, world, world.outsider) == ["2"]


def test_another_role_alone_needs_nobody(session, world, items):
    part = invite(session, world.meeting, world.outsider.person, INVITED, items={items[0].id})
    known = items_of_part(session, part)
    role = ParticipantRole.PRESENTER
    assert not services.change_part(session, part, role, by=world.clerk, items=known)
    assert part.role is role
    assert items_of_parts(session, [part]) == {part.id: {items[0].id}}


def test_the_whole_meeting_has_no_list_of_items(session, world):
    part = part_of(session, world.meeting, by=world.delegate.person_id)
    assert items_of_part(session, part) is None
    assert items_of_parts(session, [part]) == {}
