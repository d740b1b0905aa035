"""Somebody is proposed in the place of another and takes part already, or two clerks decide."""

import pytest

from meetings.agenda import queries, services
from meetings.agenda.access.services import items_of_part
from meetings.agenda.answers import services as answers
from meetings.agenda.answers.queries import answer_of, part_of
from meetings.models import MeetingState, ParticipantRole
from tests import factories

INVITED, CHAIR = ParticipantRole.INVITED_DELEGATE, ParticipantRole.CHAIR


@pytest.fixture
def proposal(session, world, deputy):
    """Return the answer of a guest of the first of two items, who proposes the deputy."""
    factories.item(session, world.meeting, position=10**6)
    part = services.invite(
        session, world.meeting, world.outsider.person, INVITED, items={world.item.id}
    )
    given = answers.answer(session, part, coming=False, reason="Ốm", substitute=deputy)
    session.commit()
    return given


def second_item(session, world):
    return queries.items_of(session, world.meeting)[-1].id


def test_who_takes_part_in_everything_meanwhile_keeps_their_part(session, world, deputy, proposal):
    services.invite(session, world.meeting, deputy, CHAIR)
    assert not answers.agree(session, proposal, role=INVITED, by=world.clerk)
    part = part_of(session, world.meeting, by=deputy.id)
    assert (part.role, part.whole) == (CHAIR, True)


def test_who_is_there_for_another_item_comes_for_both(session, world, deputy, proposal):
    other = second_item(session, world)
    services.invite(session, world.meeting, deputy, INVITED, items={other})
    answers.agree(session, proposal, role=INVITED, by=world.clerk)
    part = part_of(session, world.meeting, by=deputy.id)
    assert items_of_part(session, part) == {world.item.id, other}


def decide(client, world, given, decision):
    fields = {"participant": given.participant_id, "role": "invited_delegate"}
    address = f"/meetings/{world.meeting.id}/substitutes"
    return client.submit(address, decision=decision, **fields).status_code


@pytest.mark.parametrize(
    ("first", "second", "comes"), [("agree", "refuse", True), ("refuse", "agree", False)]
)
def test_what_the_first_of_two_clerks_decides_holds(
    session, installation, world, deputy, proposal, sign_in, first, second, comes
):
    one, other = sign_in(world.clerk), sign_in(world.clerk)
    assert decide(one, world, proposal, first) == 303
    assert decide(other, world, proposal, second) == 303
    with installation.database.reading() as reading:
        assert (part_of(reading, world.meeting, by=deputy.id) is not None) is comes
        given = answer_of(reading, world.meeting, by=world.outsider)
        assert given.substitute_agreed is comes


def test_an_answer_that_was_thought_over_asks_the_office_again(session, world, deputy, proposal):
    answers.refuse(proposal)
    part = proposal.participant
    again = answers.answer(session, part, coming=False, reason="Ốm", substitute=deputy)
    assert again.substitute_agreed is None
    coming = answers.answer(session, part, coming=True, reason="bỏ", substitute=deputy)
    assert (coming.reason, coming.substitute_id) == ("", None)


def test_a_stranger_decides_about_nobody(world, deputy, proposal, sign_in):
    for who in (world.outsider, world.delegate, world.administrator):
        assert decide(sign_in(who), world, proposal, "agree") == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"coming": "perhaps"},
        {"coming": "absent", "reason": "x" * 501},
        {"coming": "absent", "reason": " \n "},
        {"coming": "absent", "reason": "Ốm", "substitute": "nobody"},
        {"coming": "absent", "reason": "Ốm", "substitute": "{self}"},
        {"coming": "absent", "reason": "Ốm", "substitute": "{other}"},
    ],
)
def test_an_answer_that_cannot_be_is_told_and_not_kept(
    session, installation, world, deputy, sign_in, fields
):
    people = {"self": world.delegate.person_id, "other": world.other_delegate.person_id}
    sent = {name: value.format(**people) for name, value in fields.items()}
    answer = sign_in(world.delegate).submit(f"/meetings/{world.meeting.id}/answer", **sent)
    assert answer.status_code == 422
    assert "field-error" in answer.get_data(as_text=True)
    with installation.database.reading() as reading:
        assert answer_of(reading, world.meeting, by=world.delegate) is None


@pytest.mark.parametrize("state", [MeetingState.IN_SESSION, MeetingState.CLOSED])
def test_nobody_is_reminded_of_a_meeting_that_began(session, world, sign_in, state):
    world.meeting.state = state
    session.commit()
    client = sign_in(world.clerk)
    client.submit(f"/meetings/{world.meeting.id}/reminders")
    told = "Văn phòng đề nghị đồng chí trả lời giấy mời"
    assert told not in sign_in(world.delegate).get("/").get_data(as_text=True)
