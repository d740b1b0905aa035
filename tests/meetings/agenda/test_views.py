from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from meetings import clock
from meetings.accounts import services as accounts
from meetings.agenda import services
from meetings.documents import services as documents
from meetings.models import AccessLevel, MeetingState, Role
from tests import factories
from tests.client import outline

NOBODY = "00000000-0000-7000-8000-000000000000"


@contextmanager
def statements(installation):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(installation.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(installation.database.engine, "before_cursor_execute", note)


def add_paper(session, installation, item, owner, **changes):
    document = factories.document(session, owner, symbol="12-BC/TU", issued_on=clock.today())
    factories.version(session, installation.keys, installation.store, document, b"%PDF")
    return factories.paper(session, item, document, **changes)


def links(answer):
    return {a.get("href", "") for a in outline(answer.get_data(as_text=True)).all("a")}


def test_today_puts_the_papers_of_the_next_meeting_one_tap_away(
    session, installation, world, sign_in
):
    shown = add_paper(session, installation, world.item, world.office)
    hidden = add_paper(session, installation, world.item, world.office, released_at=None)
    session.commit()
    found = links(sign_in(world.delegate).get("/"))
    assert f"/documents/{shown.document_id}?paper={shown.id}" in found
    assert f"/documents/{hidden.document_id}?paper={hidden.id}" not in found
    assert f"/meetings/{world.meeting.id}" in found
    assert f"/meetings/{world.planned_meeting.id}" not in found


def test_today_names_the_running_meeting_and_those_to_come(session, world, sign_in):
    running = factories.meeting(
        session, world.office, starts_at=clock.now() - timedelta(minutes=5), title="Đang họp"
    )
    later = factories.meeting(
        session, world.office, starts_at=clock.now() + timedelta(days=3), title="Ba ngày nữa"
    )
    for each in (running, later):
        factories.participant(session, each, world.delegate.person)
    session.commit()
    text = sign_in(world.delegate).get("/").get_data(as_text=True)
    assert text.index("Đang họp") < text.index(world.meeting.title) < text.index("Ba ngày nữa")
    assert "chip-live" in text


def test_today_says_so_when_there_is_nothing(world, sign_in):
    text = sign_in(world.outsider).get("/").get_data(as_text=True)
    assert 'class="empty"' in text
    assert world.meeting.title not in text


def test_the_list_shows_ones_own_meetings_and_lets_clerks_call_one(world, sign_in):
    delegate = links(sign_in(world.delegate).get("/meetings"))
    assert f"/meetings/{world.meeting.id}" in delegate
    assert not [url for url in delegate if url.endswith("/meetings/new")]
    clerk = links(sign_in(world.clerk).get("/meetings"))
    assert f"/bodies/{world.office.id}/meetings/new" in clerk
    assert f"/bodies/{world.commune.id}/meetings/new" not in clerk


def test_a_clerk_of_one_body_calls_its_meetings_at_one_press(session, world, sign_in):
    clerk = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    assert f"/bodies/{world.commune.id}/meetings/new" in links(sign_in(clerk).get("/meetings"))


def test_past_meetings_have_a_tab_with_pages(session, world, sign_in):
    for day in range(25):
        start = clock.now() - timedelta(days=day + 2)
        factories.meeting(session, world.office, starts_at=start)
    session.commit()
    found = links(sign_in(world.clerk).get("/meetings?show=past&page=1"))
    assert "/meetings?page=2&show=past" in found
    assert f"/meetings/{world.meeting.id}" not in found


def test_the_agenda_shows_items_in_order_with_their_papers(session, installation, world, sign_in):
    shown = add_paper(session, installation, world.item, world.office)
    services.add_item(session, world.meeting, title="Phần sau", presenter="Chánh Văn phòng")
    session.commit()
    text = sign_in(world.delegate).get(f"/meetings/{world.meeting.id}").get_data(as_text=True)
    assert text.index(world.item.title) < text.index("Phần sau") < text.index("Chánh Văn phòng")
    assert f"/documents/{shown.document_id}?paper={shown.id}" in text
    assert "12-BC/TU" in text
    assert "/prepare" not in text


def test_the_clerk_goes_from_the_agenda_to_its_preparation(world, sign_in):
    address = f"/meetings/{world.planned_meeting.id}"
    assert f"{address}/prepare" in links(sign_in(world.clerk).get(address))


def test_a_planned_or_foreign_meeting_answers_like_an_absent_one(world, sign_in):
    delegate, outsider = sign_in(world.delegate), sign_in(world.outsider)
    answers = [
        delegate.get(f"/meetings/{world.planned_meeting.id}"),
        delegate.get(f"/meetings/{world.planned_meeting.id}/live"),
        outsider.get(f"/meetings/{world.meeting.id}"),
        outsider.get(f"/meetings/{world.meeting.id}/live"),
        outsider.get(f"/meetings/{NOBODY}"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5


def test_an_unchanged_agenda_is_answered_before_anything_is_looked_up(
    session, installation, world, sign_in
):
    client, address = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    tag = client.get(address).headers["ETag"]
    with statements(installation) as seen:
        answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert not answer.data
    assert not [statement for statement in seen if "FROM agenda_item" in statement]
    services.change_meeting(session, world.meeting, place="Phòng khác")
    session.commit()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_tag_differs_between_people_and_preferences(world, sign_in):
    address = f"/meetings/{world.meeting.id}"
    client = sign_in(world.delegate)
    tags = [c.get(address).headers["ETag"] for c in (client, sign_in(world.other_delegate))]
    client.set_cookie("preferences", "night.100.vi")
    tags.append(client.get(address).headers["ETag"])
    assert len(set(tags)) == 3


def test_who_knows_a_tag_but_may_not_read_the_agenda_gets_404(world, sign_in):
    address = f"/meetings/{world.meeting.id}"
    tag = sign_in(world.delegate).get(address).headers["ETag"]
    for who in (world.outsider, world.administrator):
        client = sign_in(who)
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 404
        assert client.get(address, headers={"If-None-Match": "*"}).status_code == 404


def test_a_message_is_shown_although_the_page_is_unchanged(world, sign_in):
    client, address = sign_in(world.clerk), f"/meetings/{world.meeting.id}"
    headers = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=headers).status_code == 304
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("message", "Đã lưu.")]
    assert "Đã lưu." in client.get(address, headers=headers).get_data(as_text=True)
    assert client.get(address, headers=headers).status_code == 304


def clear(session, _installation, world, _document):
    accounts.change_user(session, world.delegate, clearance=AccessLevel.RESTRICTED, active=True)


def rename(session, installation, _world, document):
    documents.describe(
        session,
        installation,
        document,
        title="Tên khác",
        doc_type=document.doc_type,
        symbol="",
        issued_on=None,
        issuer="",
        signer="",
        access_level=document.access_level,
    )


@pytest.mark.parametrize("change", [clear, rename])
def test_a_kept_agenda_is_old_once_what_the_person_would_see_changed(
    session, installation, world, sign_in, change
):
    paper = add_paper(session, installation, world.item, world.office)
    session.commit()
    client, address = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    tag = client.get(address).headers["ETag"]
    change(session, installation, world, paper.document)
    session.commit()
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_the_agenda_costs_the_same_few_statements_however_long_it_is(
    session, installation, world, sign_in
):
    client, address = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    add_paper(session, installation, world.item, world.office)
    session.commit()
    client.get(address)  # what the menu shows is asked once
    with statements(installation) as short:
        assert client.get(address).status_code == 200
    for number in range(15):
        item = services.add_item(session, world.meeting, title=f"Mục {number}")
        add_paper(session, installation, item, world.office)
    session.commit()
    with statements(installation) as long:
        assert client.get(address).status_code == 200
    assert len(long) == len(short) <= 12


def test_the_stream_of_a_meeting_tells_its_participants_of_changes(session, world, sign_in):
    services.release_meeting(session, world.meeting, by=world.clerk)
    session.commit()
    answer = sign_in(world.delegate).get(f"/meetings/{world.meeting.id}/live?after=0")
    assert answer.mimetype == "text/event-stream"
    pieces = answer.iter_encoded()
    next(pieces)
    assert b"event: release" in next(pieces)
    answer.close()
    assert world.meeting.state is MeetingState.RELEASED
