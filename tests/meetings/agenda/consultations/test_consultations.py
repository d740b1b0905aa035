"""The office sets a form up, follows it, enters what came on paper and reminds."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda.consultations import queries, services
from meetings.agenda.consultations.services import Opinion
from meetings.models import (
    Consultation,
    ConsultationReply,
    CountingBase,
    Event,
    ItemKind,
    MeetingState,
    Silence,
    Stance,
)
from tests import factories


@pytest.fixture
def address(world):
    return f"/meetings/{world.meeting.id}/consultation"


@pytest.fixture
def written(world):
    """Return a form as the office fills it in."""
    due = clock.local(clock.now() + timedelta(days=2))
    return {
        "due_at": due.strftime("%Y-%m-%dT%H:%M"),
        "follower": str(world.clerk.person_id),
        "counted_of": "received",
        "silence": "agreement",
        f"item-{world.item.id}": "Tán thành dự thảo?\n\n Tán thành Điều 3? ",
    }


@pytest.fixture
def kept(installation, world):
    """Return the form and its questions as they are kept."""

    def look():
        with installation.database.reading() as reading:
            form = queries.consultation_of(reading, world.meeting)
            asked = queries.questions_of(reading, form, world.meeting) if form else ()
            return form, [one.text for one in asked]

    return look


def test_the_office_writes_a_form(world, address, written, sign_in, kept):
    client = sign_in(world.clerk)
    assert "Chưa có phiếu" in client.get(address).get_data(as_text=True)
    assert client.submit(f"{address}/edit", **written).status_code == 303
    form, asked = kept()
    assert asked == ["Tán thành dự thảo?", "Tán thành Điều 3?"]
    assert (form.counted_of, form.silence) == (CountingBase.RECEIVED, Silence.AGREEMENT)
    assert "Tán thành Điều 3?" in client.get(address).get_data(as_text=True)
    assert "Tán thành Điều 3?" in client.get(f"{address}/edit").get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"due_at": "2020-01-01T08:00"}, "Thời hạn phải ở phía trước"),
        ({"due_at": "hôm nào"}, ""),
        ({"follower": "0"}, ""),
        ({"silence": "shouting"}, "không còn trong danh sách"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(
    world, address, written, sign_in, kept, wrong, told
):
    answer = sign_in(world.clerk).submit(f"{address}/edit", **written | wrong)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert kept() == (None, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [(" \n ", "từ 1 đến 20"), ("Có?\n" * 21, "từ 1 đến 20"), ("a" * 501, "500 ký tự")],
)
def test_a_form_asks_from_one_to_twenty_questions(
    world, address, written, sign_in, kept, text, told
):
    asked = written | {f"item-{world.item.id}": text}
    answer = sign_in(world.clerk).submit(f"{address}/edit", **asked)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert kept() == (None, [])


def test_without_an_item_there_is_nothing_to_ask_about(session, world, sign_in):
    bare = factories.meeting(session, world.office)
    session.commit()
    html = sign_in(world.clerk).get(f"/meetings/{bare.id}/consultation/edit")
    assert "Thêm nội dung" in html.get_data(as_text=True)


def test_nobody_is_asked_about_a_break(session, world, sign_in):
    factories.item(session, world.meeting, kind=ItemKind.BREAK, title="Nghỉ giữa giờ")
    session.commit()
    html = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/consultation/edit")
    assert "Nghỉ giữa giờ" not in html.get_data(as_text=True)
    assert world.item.title in html.get_data(as_text=True)


def test_once_somebody_answered_only_the_terms_change(
    session, world, form, questions, address, written, sign_in, kept
):
    services.give(
        session,
        form,
        world.delegate.person_id,
        {questions[0]: Opinion(Stance.AGREE)},
        by=world.delegate,
    )
    session.commit()
    client = sign_in(world.clerk)
    assert "giữ nguyên" in client.get(f"{address}/edit").get_data(as_text=True)
    assert client.submit(f"{address}/edit", **written).status_code == 303
    form, asked = kept()
    assert form.silence is Silence.AGREEMENT
    assert asked == [one.text for one in questions]


def test_nobody_but_the_office_sees_the_table(world, form, address, sign_in):
    for who in (world.delegate, world.outsider, world.researcher, world.administrator):
        client = sign_in(who)
        for path in (address, f"{address}/edit", f"{address}/file?format=docx"):
            assert client.get(path).status_code == 404
        assert client.submit(f"{address}/reminders").status_code == 404


def test_the_office_follows_who_has_answered(session, world, form, questions, address, sign_in):
    client = sign_in(world.clerk)
    assert "Đã nhận 0/2 phiếu" in client.get(address).get_data(as_text=True)
    opinions = {one: Opinion(Stance.OTHER, "Cần làm rõ") for one in questions}
    services.give(session, form, world.delegate.person_id, opinions, by=world.delegate)
    session.commit()
    html = client.get(address).get_data(as_text=True)
    assert "Đã nhận 1/2 phiếu" in html
    assert "Cần làm rõ" in html
    topics = session.scalars(select(Event.topic).where(Event.kind == "opinion")).all()
    assert f"office:{world.meeting.id}" in topics
    assert not [topic for topic in topics if topic.startswith("meeting:")]


def test_those_without_an_answer_are_reminded_on_their_page(
    session, world, form, questions, address, sign_in
):
    opinions = {one: Opinion(Stance.AGREE) for one in questions}
    services.give(session, form, world.delegate.person_id, opinions, by=world.delegate)
    session.commit()
    office = sign_in(world.clerk)
    for _ in range(2):
        assert office.submit(f"{address}/reminders").status_code == 303
    assert "Đã nhắc" in office.get(address).get_data(as_text=True)
    told = "Văn phòng nhắc"
    assert told in sign_in(world.other_delegate).get("/").get_data(as_text=True)
    assert told not in sign_in(world.delegate).get("/").get_data(as_text=True)
    session.expire_all()
    [reminder] = queries.reminders_of(session, form).values()
    assert (reminder.person_id, reminder.times) == (world.other_delegate.person_id, 2)


def test_nobody_is_reminded_who_cannot_answer(session, world, form, address, sign_in):
    world.meeting.state = MeetingState.PLANNED
    session.commit()
    client = sign_in(world.clerk)
    assert client.submit(f"{address}/reminders").status_code == 303
    assert "Hiện chưa ai trả lời được" in client.get(address).get_data(as_text=True)
    assert queries.reminders_of(session, form) == {}


def test_a_form_on_paper_is_entered_with_its_day(
    session, world, form, part, address, filled, sign_in, replies
):
    entry = f"/participants/{part.id}/opinion"
    today = clock.today().strftime("%d/%m/%Y")
    client = sign_in(world.clerk)
    assert entry in client.get(address).get_data(as_text=True)
    assert client.submit(entry, **filled, received_on=today).status_code == 303
    assert len(replies(world.delegate)) == 2
    html = client.get(address).get_data(as_text=True)
    assert f"Nhận ngày {today}" in html
    reply = session.scalars(
        select(ConsultationReply).where(ConsultationReply.entered_by == world.clerk.id)
    ).one()
    assert reply.person_id == world.delegate.person_id


@pytest.mark.parametrize(("days", "told"), [(1, "chưa đến"), (None, "")])
def test_a_paper_has_a_day_that_has_come(world, form, part, filled, sign_in, replies, days, told):
    day = (clock.today() + timedelta(days=days)).strftime("%d/%m/%Y") if days else "hôm qua"
    answer = sign_in(world.clerk).submit(
        f"/participants/{part.id}/opinion", **filled, received_on=day
    )
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert replies(world.delegate) == {}


def test_a_paper_that_came_too_late_is_not_entered(
    session, world, form, part, filled, sign_in, replies
):
    form.due_at = clock.now() - timedelta(days=2)
    session.commit()
    entry, client = f"/participants/{part.id}/opinion", sign_in(world.clerk)
    today, then = clock.today(), clock.today() - timedelta(days=3)
    late = client.submit(entry, **filled, received_on=today.isoformat())
    assert late.status_code == 422
    assert "sau thời hạn" in late.get_data(as_text=True)
    assert client.submit(entry, **filled, received_on=then.isoformat()).status_code == 303
    assert len(replies(world.delegate)) == 2


def test_the_office_never_overwrites_what_somebody_sealed(
    session, world, form, questions, part, filled, sign_in, replies
):
    opinions = {one: Opinion(Stance.DISAGREE) for one in questions}
    services.give(session, form, world.delegate.person_id, opinions, by=world.delegate)
    session.commit()
    entry, client = f"/participants/{part.id}/opinion", sign_in(world.clerk)
    assert "tài khoản" in client.get(entry).get_data(as_text=True)
    day = clock.today().isoformat()
    assert client.submit(entry, **filled, received_on=day).status_code == 422
    assert {stance for stance, _ in replies(world.delegate).values()} == {Stance.DISAGREE}


def test_a_delegate_may_answer_in_the_place_of_the_copied_paper(
    world, form, part, filled, questions, sign_in, replies
):
    day = clock.today().isoformat()
    sign_in(world.clerk).submit(f"/participants/{part.id}/opinion", **filled, received_on=day)
    client = sign_in(world.delegate)
    own = f"/meetings/{world.meeting.id}/opinion"
    assert "phiếu giấy" in client.get(own).get_data(as_text=True)
    client.submit(own, **filled | {f"stance-{questions[0].id}": "disagree"})
    assert replies(world.delegate)[questions[0].id][0] is Stance.DISAGREE


def test_nobody_enters_a_paper_without_a_form_or_for_who_has_no_vote(session, world, part, sign_in):
    entry, client = f"/participants/{part.id}/opinion", sign_in(world.clerk)
    assert client.get(entry).status_code == 404
    assert sign_in(world.delegate).get(entry).status_code == 404
    assert session.scalars(select(Consultation)).all() == []


def test_answers_stay_when_their_item_leaves_the_agenda(
    session, world, form, questions, address, sign_in
):
    opinions = {one: Opinion(Stance.OTHER, "Vẫn còn đây") for one in questions}
    services.give(session, form, world.delegate.person_id, opinions, by=world.delegate)
    session.commit()
    client = sign_in(world.clerk)
    assert client.submit(f"/agenda-items/{world.item.id}/delete").status_code == 303
    html = client.get(address).get_data(as_text=True)
    assert "Vẫn còn đây" in html
    assert "Nội dung này đã được rút" in html


def test_only_those_who_prepare_the_body_s_meetings_follow_a_form(session, world, form):
    found = queries.followers(session, world.meeting, by=world.clerk)
    assert [person.id for person in found] == [world.clerk.person_id]
