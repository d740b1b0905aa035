import pytest
from sqlalchemy import select

from meetings.agenda.answers import services as answers
from meetings.agenda.participants import queries, services
from meetings.models import (
    AccessLevel,
    InvitationAnswer,
    Participant,
    ParticipantRole,
    RemovedParticipant,
)
from tests import factories


@pytest.fixture
def part(session, world):
    """Return the delegate's part, for one item only."""
    found = session.scalars(
        select(Participant).where(
            Participant.meeting_id == world.meeting.id,
            Participant.person_id == world.delegate.person_id,
        )
    ).one()
    answers.answer(session, found, coming=False, reason="Đi công tác")
    services.change_part(
        session, found, ParticipantRole.PRESENTER, by=world.clerk, items={world.item.id}
    )
    session.commit()
    return found


def rows(installation, kind):
    with installation.database.reading() as reading:
        return reading.scalars(select(kind)).all()


def test_who_was_taken_off_comes_back_as_they_were(installation, world, part, sign_in):
    client, at = sign_in(world.clerk), f"/meetings/{world.meeting.id}/participants"
    person = world.delegate.person
    assert client.submit(f"{at}/remove", person=person.id).status_code == 303
    [removed] = rows(installation, RemovedParticipant)
    page = client.get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    assert str(removed.id) in page
    assert sign_in(world.delegate).get(f"/meetings/{world.meeting.id}").status_code == 404
    assert client.submit(f"{at}/bring-back", removed=removed.id).status_code == 303
    assert rows(installation, RemovedParticipant) == []
    with installation.database.reading() as reading:
        back = reading.scalars(
            select(Participant).where(
                Participant.person_id == person.id, Participant.meeting_id == world.meeting.id
            )
        ).one()
        assert (back.role, back.whole) == (ParticipantRole.PRESENTER, False)
        assert queries.items_of_parts(reading, [back]) == {back.id: {world.item.id}}
        [answer] = reading.scalars(select(InvitationAnswer)).all()
        assert (answer.participant_id, answer.reason) == (back.id, "Đi công tác")


def test_who_is_added_anew_needs_no_undo(session, world, part):
    services.take_off(session, world.meeting, part)
    [removed] = queries.removed_of(session, world.meeting)
    assert queries.removed_of(session, world.planned_meeting) == []
    services.admit(
        session,
        world.meeting,
        [removed.person],
        ParticipantRole.VOTING_DELEGATE,
        by=world.clerk,
    )
    assert queries.removed_of(session, world.meeting) == []


def test_an_undo_before_restricted_papers_waits_for_a_second_person(session, world, part):
    restricted = factories.document(session, world.office, access_level=AccessLevel.RESTRICTED)
    factories.paper(session, world.item, restricted)
    removed = services.take_off(session, world.meeting, part)
    outcome = services.bring_back(session, world.meeting, removed, by=world.clerk)
    assert outcome.waiting == [removed.person]
    assert queries.removed_of(session, world.meeting) == [removed], "it can still be asked for"


def test_nobody_is_brought_back_who_was_not_taken_off(world, sign_in):
    at = f"/meetings/{world.meeting.id}/participants"
    client = sign_in(world.clerk)
    assert client.submit(f"{at}/bring-back", removed=world.item.id).status_code == 422
    assert sign_in(world.delegate).submit(f"{at}/bring-back").status_code == 404
    assert client.submit(f"{at}/remove", person=world.outsider.person_id).status_code == 422
