from sqlalchemy import select

from meetings.agenda.answers import queries, services
from meetings.models import AccessLevel, Event, InvitationAnswer, Participant, ParticipantRole
from tests import factories


def test_an_answer_takes_the_place_of_the_one_before(session, world, part):
    services.answer(session, part, coming=True)
    services.answer(session, part, coming=False, reason="Đi công tác")
    given = session.scalars(select(InvitationAnswer)).one()
    assert (given.coming, given.reason) == (False, "Đi công tác")


def test_only_the_office_hears_of_an_answer(session, world, part):
    services.answer(session, part, coming=True)
    topics = session.scalars(select(Event.topic).where(Event.kind == "answer")).all()
    assert topics == [f"office:{world.meeting.id}"]


def test_who_comes_has_neither_reason_nor_substitute(session, part, deputy):
    given = services.answer(session, part, coming=True, reason="Bận", substitute=deputy)
    assert (given.reason, given.substitute_id) == ("", None)


def test_an_agreed_substitute_takes_part_without_a_vote(session, world, part, deputy):
    given = services.answer(session, part, coming=False, reason="Ốm", substitute=deputy)
    by, without = world.clerk, ParticipantRole.INVITED_DELEGATE
    assert not services.agree(session, given, role=without, by=by)
    sent = queries.part_of(session, world.meeting, by=deputy.id)
    assert sent.role is without
    services.agree(session, given, role=ParticipantRole.VOTING_DELEGATE, by=by)
    assert sent.role is without, "what was decided stays decided"


def test_a_substitute_before_restricted_papers_waits_for_a_second_person(
    session, world, part, deputy
):
    restricted = factories.document(session, world.office, access_level=AccessLevel.RESTRICTED)
    factories.paper(session, world.item, restricted)
    given = services.answer(session, part, coming=False, reason="Ốm", substitute=deputy)
    role = ParticipantRole.INVITED_DELEGATE
    assert services.agree(session, given, role=role, by=world.clerk)
    assert queries.part_of(session, world.meeting, by=deputy.id) is None


def test_a_refused_substitute_does_not_come(session, world, part, deputy):
    given = services.answer(session, part, coming=False, reason="Ốm", substitute=deputy)
    services.refuse(given)
    assert given.substitute_agreed is False
    services.agree(session, given, role=ParticipantRole.VOTING_DELEGATE, by=world.clerk)
    assert deputy.id not in session.scalars(select(Participant.person_id)).all()


def test_refusing_where_nobody_was_proposed_changes_nothing(session, part):
    given = services.answer(session, part, coming=False, reason="Ốm")
    services.refuse(given)
    assert given.substitute_agreed is None


def test_answers_are_counted_for_one_meeting_only(session, world, part):
    services.answer(session, part, coming=True)
    elsewhere = factories.participant(session, world.planned_meeting, world.outsider.person)
    services.answer(session, elsewhere, coming=False, reason="Bận")
    absent = factories.participant(session, world.meeting, factories.person(session))
    services.answer(session, absent, coming=False, reason="Bận")
    factories.participant(session, world.meeting, factories.person(session))
    parts = session.scalars(
        select(Participant).where(Participant.meeting_id == world.meeting.id)
    ).all()
    answers = queries.answers_of(session, world.meeting)
    assert set(answers) == {part.id, absent.id}
    assert queries.tally(parts, answers) == queries.Tally(1, 1, len(parts) - 2)
