from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda.consultations import queries, services
from meetings.agenda.consultations.services import Terms
from meetings.models import Consultation, CountingBase, Participant, Silence
from tests import factories


@pytest.fixture
def terms(world):
    """Return what the office usually chooses."""
    tomorrow = clock.now() + timedelta(days=1)
    return Terms(tomorrow, CountingBase.ASKED, Silence.UNCOUNTED, world.clerk.person_id)


@pytest.fixture
def form(session, world, terms) -> Consultation:
    """Return a form with two questions; beside it lies the form of another meeting."""
    asked = {world.item.id: ["Đồng chí có tán thành dự thảo?", "Đồng chí có tán thành Điều 3?"]}
    form = services.set_up(session, world.meeting, terms, asked)
    elsewhere = factories.meeting(session, world.commune)
    noise = services.set_up(
        session, elsewhere, terms, {factories.item(session, elsewhere).id: ["Việc khác?"]}
    )
    services.give(session, noise, world.outsider.person_id, {}, by=world.outsider)
    session.commit()
    return form


@pytest.fixture
def questions(session, world, form):
    found = queries.questions_of(session, form, world.meeting)
    session.commit()
    return found


@pytest.fixture
def part(session, world):
    """Return the delegate's part in the meeting."""
    found = session.scalars(
        select(Participant).where(
            Participant.meeting_id == world.meeting.id,
            Participant.person_id == world.delegate.person_id,
        )
    ).one()
    session.commit()
    return found


@pytest.fixture
def filled(questions):
    """Return a form that agrees to the first question and says another opinion to the second."""
    first, second = questions
    return {
        f"stance-{first.id}": "agree",
        f"stance-{second.id}": "other",
        f"text-{second.id}": "Đề nghị nêu rõ nguồn vốn",
    }


@pytest.fixture
def replies(installation, form):
    """Return what each person has answered so far, read anew."""

    def look(who):
        with installation.database.reading() as reading:
            found = queries.reply_of(reading, form, who.person_id)
            return (
                {one.question_id: (one.stance, one.text) for one in found.opinions} if found else {}
            )

    return look
