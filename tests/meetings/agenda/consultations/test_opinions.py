"""Those who are asked fill in their form until the deadline; nobody else sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda.consultations import queries, services
from meetings.models import (
    AuditEntry,
    ConsultationReply,
    ItemReader,
    MeetingState,
    ParticipantRole,
    Stance,
)
from tests import factories, papers


@pytest.fixture
def address(world, form):
    return f"/meetings/{world.meeting.id}/opinion"


def test_a_delegate_gives_an_opinion_and_may_change_it(
    world, questions, address, filled, sign_in, replies
):
    client = sign_in(world.delegate)
    assert address in client.get("/").get_data(as_text=True)
    assert client.submit(address, **filled).status_code == 303
    first, second = questions
    assert replies(world.delegate) == {
        first.id: (Stance.AGREE, ""),
        second.id: (Stance.OTHER, "Đề nghị nêu rõ nguồn vốn"),
    }
    assert "Đồng chí đã cho ý kiến" in client.get("/").get_data(as_text=True)
    client.submit(address, **filled | {f"stance-{first.id}": "disagree"})
    assert replies(world.delegate)[first.id] == (Stance.DISAGREE, "")


def test_papers_lie_beside_the_question_about_them(installation, session, world, address, sign_in):
    document = papers.prepared(installation, world.office)
    factories.paper(session, world.item, document)
    session.commit()
    html = sign_in(world.delegate).get(address).get_data(as_text=True)
    assert f"/documents/{document.id}" in html


def test_nothing_is_kept_while_a_question_is_open(
    world, questions, address, filled, sign_in, replies
):
    client = sign_in(world.delegate)
    del filled[f"stance-{questions[0].id}"]
    answer = client.submit(address, **filled)
    assert answer.status_code == 422
    assert "Đề nghị chọn một trong ba" in answer.get_data(as_text=True)
    assert replies(world.delegate) == {}


def test_another_opinion_needs_its_words(world, questions, address, filled, sign_in, replies):
    answer = sign_in(world.delegate).submit(address, **filled | {f"text-{questions[1].id}": " "})
    assert answer.status_code == 422
    assert "Đề nghị ghi rõ ý kiến" in answer.get_data(as_text=True)
    assert replies(world.delegate) == {}


def test_a_forged_answer_is_refused(world, questions, address, filled, sign_in, replies):
    answer = sign_in(world.delegate).submit(
        address, **filled | {f"stance-{questions[0].id}": "perhaps"}
    )
    assert answer.status_code == 422
    assert replies(world.delegate) == {}


def test_only_those_with_a_vote_are_asked(session, world, part, address, sign_in, filled):
    for who in (world.outsider, world.researcher, world.administrator, world.clerk):
        assert sign_in(who).get(address).status_code == 404
    part.role = ParticipantRole.INVITED_DELEGATE
    session.commit()
    client = sign_in(world.delegate)
    assert client.submit(address, **filled).status_code == 404
    assert address not in client.get("/").get_data(as_text=True)


def test_no_form_answers_like_no_meeting(session, world, sign_in):
    address = f"/meetings/{world.meeting.id}/opinion"
    assert sign_in(world.delegate).get(address).status_code == 404


def test_nobody_is_asked_before_the_release(session, world, form, address, sign_in, filled):
    world.meeting.state = MeetingState.PLANNED
    session.commit()
    client = sign_in(world.delegate)
    assert client.submit(address, **filled).status_code == 404
    assert address not in client.get("/").get_data(as_text=True)


def test_no_opinion_is_taken_after_the_deadline(
    session, world, form, address, filled, sign_in, replies
):
    client = sign_in(world.delegate)
    client.submit(address, **filled)
    form.due_at = clock.now() - timedelta(minutes=1)
    session.commit()
    late = client.submit(address, **dict.fromkeys(filled, "Ý kiến muộn"))
    assert late.status_code == 422
    assert "Ý kiến muộn" not in late.get_data(as_text=True), "only what is kept is shown"
    html = client.get(address).get_data(as_text=True)
    assert "Đề nghị nêu rõ nguồn vốn" in html, "one's own answer stays in view"
    assert "<textarea" not in html
    late = sign_in(world.other_delegate)
    assert late.submit(address, **filled).status_code == 422
    assert "Đã hết thời hạn" in late.get(address).get_data(as_text=True)
    assert replies(world.other_delegate) == {}


def test_whoever_sees_not_the_item_is_not_asked_about_it(
    session, world, form, address, sign_in, filled, replies
):
    world.item.closed = True
    session.add(ItemReader(item_id=world.item.id, person_id=world.other_delegate.person_id))
    session.commit()
    client = sign_in(world.delegate)
    html = client.get(address).get_data(as_text=True)
    assert "dự thảo" not in html
    assert address not in client.get("/").get_data(as_text=True)
    assert client.submit(address, **filled).status_code == 422
    assert replies(world.delegate) == {}
    assert "dự thảo" in sign_in(world.other_delegate).get(address).get_data(as_text=True)


def test_an_opinion_is_sealed_with_a_line_in_the_audit(
    session, installation, world, address, filled, sign_in
):
    sign_in(world.delegate).submit(address, **filled)
    with installation.database.reading() as reading:
        reply = reading.scalars(
            select(ConsultationReply).where(ConsultationReply.person_id == world.delegate.person_id)
        ).one()
        lines = reading.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
        sealed = [line for line in lines if line.detail.get("digest") == reply.digest]
        assert [(line.action, line.actor_id) for line in sealed] == [
            ("opinion:seal", world.delegate.id)
        ]
        assert "opinion:give" in {line.action for line in lines}
        assert "nguồn vốn" not in "".join(str(line.detail) for line in lines)


def test_what_is_changed_behind_the_seal_is_noticed(session, world, form, questions):
    given = {
        questions[0]: services.Opinion(Stance.AGREE),
        questions[1]: services.Opinion(Stance.OTHER, "Cần bổ sung"),
    }
    reply = services.give(session, form, world.delegate.person_id, given, by=world.delegate)
    assert services.is_sealed(reply, questions)
    reply.opinions[0].text = "Sửa lén"
    assert not services.is_sealed(reply, questions)


def test_the_policy_and_the_table_agree_about_who_is_asked(session, world, form, part):
    """The collation asks the lists themselves; the delegate's page asks the policy."""
    closed = factories.item(session, world.meeting, closed=True, parent_id=world.item.id)
    session.flush()
    for names, count in (((), 2), ((world.delegate,), 3)):
        for who in names:
            session.add(ItemReader(item_id=closed.id, person_id=who.person_id))
        terms = services.Terms(form.due_at, form.counted_of, form.silence, form.follower_id)
        services.set_up(
            session, world.meeting, terms, {world.item.id: ["A?", "B?"], closed.id: ["C?"]}
        )
        own = queries.own_questions(session, form, world.meeting, by=world.delegate)
        assert own == queries.questions_for(session, form, world.meeting, part)
        assert len(own) == count


def test_the_office_sees_whose_seal_is_broken(
    session, installation, world, address, filled, sign_in
):
    for who in (world.delegate, world.other_delegate):
        sign_in(who).submit(address, **filled)
    office = sign_in(world.clerk)
    page = f"/meetings/{world.meeting.id}/consultation"
    assert "Dấu niêm phong bị phá" not in office.get(page).get_data(as_text=True)

    def change_behind_the_seal(writing):
        [reply] = writing.scalars(
            select(ConsultationReply).where(ConsultationReply.person_id == world.delegate.person_id)
        )
        reply.opinions[0].text = "Sửa lén"

    installation.database.write(change_behind_the_seal)
    assert office.get(page).get_data(as_text=True).count("Dấu niêm phong bị phá") == 1
