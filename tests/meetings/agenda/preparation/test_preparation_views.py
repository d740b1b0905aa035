from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda import queries, services
from meetings.models import (
    AgendaItem,
    AuditEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantRole,
    VersionState,
)
from tests import factories
from tests.client import outline

MEETING = {
    "title": "Hội nghị sơ kết",
    "kind": "review_conference",
    "place": "Hội trường A",
    "starts_at": "2027-03-01T08:00",
    "ends_at": "2027-03-01T11:30",
}
ITEM = {"title": "Báo cáo quý", "kind": "report", "presenter": "Sở Nội vụ", "planned_minutes": "15"}


def fresh(installation, kind, **facts):
    with installation.database.reading() as session:
        return session.scalars(select(kind).filter_by(**facts)).all()


def page(answer):
    return answer.get_data(as_text=True)


def lay(session, installation, world, **changes):
    document = factories.document(session, world.office)
    factories.version(session, installation.keys, installation.store, document, b"%PDF", **changes)
    return services.lay_paper(session, world.planned_item, document)


def test_a_clerk_calls_a_meeting_on_vietnams_clock(installation, world, sign_in):
    answer = sign_in(world.clerk).submit(f"/bodies/{world.office.id}/meetings/new", **MEETING)
    (meeting,) = fresh(installation, Meeting, title=MEETING["title"])
    assert answer.status_code == 303
    assert answer.location == f"/meetings/{meeting.id}/prepare"
    assert meeting.starts_at == datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)
    assert meeting.state is MeetingState.PLANNED


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"kind": "party"},
        {"starts_at": "soon"},
        {"ends_at": "2027-03-01T07:00"},
        {"ends_at": ""},
    ],
)
def test_a_meeting_with_wrong_facts_is_not_called_and_keeps_what_was_typed(
    installation, world, sign_in, wrong
):
    address = f"/bodies/{world.office.id}/meetings/new"
    answer = sign_in(world.clerk).submit(address, **MEETING | wrong)
    assert answer.status_code == 422
    assert MEETING["place"] in page(answer)
    assert fresh(installation, Meeting, place=MEETING["place"]) == []


def test_only_clerks_of_the_body_call_its_meetings(installation, world, sign_in):
    for user, body in ((world.delegate, world.office), (world.clerk, world.commune)):
        answer = sign_in(user).submit(f"/bodies/{body.id}/meetings/new", **MEETING)
        assert answer.status_code == 404
    assert fresh(installation, Meeting, title=MEETING["title"]) == []


def test_the_facts_of_a_meeting_are_shown_in_local_time_and_changed(installation, world, sign_in):
    client, address = sign_in(world.clerk), f"/meetings/{world.meeting.id}/edit"
    local = clock.local(world.meeting.starts_at).strftime("%Y-%m-%dT%H:%M")
    assert f'value="{local}"' in page(client.get(address))
    assert client.submit(address, **MEETING).status_code == 303
    assert client.submit(address, **MEETING | {"title": ""}).status_code == 422
    (meeting,) = fresh(installation, Meeting, id=world.meeting.id)
    assert (meeting.title, meeting.place) == (MEETING["title"], MEETING["place"])


def test_the_working_page_holds_items_papers_and_participants(
    session, installation, world, sign_in
):
    paper = lay(session, installation, world, state=VersionState.RECEIVED)
    broken = lay(session, installation, world, state=VersionState.FAILED)
    session.commit()
    text = page(sign_in(world.clerk).get(f"/meetings/{world.planned_meeting.id}/prepare"))
    assert world.planned_item.title in text
    assert world.item.title not in text
    assert world.delegate.person.full_name in text
    assert f'action="/agenda-items/{world.planned_item.id}/papers"' in text
    assert f"/documents/{paper.document_id}/edit?next=" in text
    assert "data-preparing" in text
    assert broken.document.title in text
    assert f"/papers/{paper.id}/release" not in text, "a meeting in preparation is released whole"


def test_papers_of_a_released_meeting_are_released_and_recalled_one_by_one(
    session, installation, world, sign_in
):
    paper, out = (lay(session, installation, world) for _ in range(2))
    services.release_meeting(session, world.planned_meeting, by=world.clerk)
    services.recall_paper(session, paper, by=world.clerk)
    session.commit()
    text = page(sign_in(world.clerk).get(f"/meetings/{world.planned_meeting.id}/prepare"))
    assert f"/papers/{paper.id}/release" in text
    assert f"/papers/{out.id}/recall" in text
    assert f"/papers/{out.id}/take-back" not in text


@pytest.mark.parametrize("path", ["prepare", "edit", "release", "office-live", "agenda-items/new"])
def test_the_pages_of_preparation_are_absent_for_participants(world, sign_in, path):
    address = f"/meetings/{world.meeting.id}/{path}"
    assert sign_in(world.delegate).get(address).status_code == 404
    answer = sign_in(world.clerk).get(address)
    assert answer.status_code == 200
    answer.close()


def test_an_item_is_added_at_the_top_or_inside_another(installation, world, sign_in):
    client, address = sign_in(world.clerk), f"/meetings/{world.meeting.id}/agenda-items/new"
    assert client.submit(address, **ITEM, parent="").status_code == 303
    (outer,) = fresh(installation, AgendaItem, title=ITEM["title"])
    assert (outer.parent_id, outer.planned_minutes) == (None, 15)
    inside = ITEM | {"title": "Phụ lục", "parent": str(outer.id)}
    assert client.submit(address, **inside).location.endswith(
        f"#item-{fresh(installation, AgendaItem, title='Phụ lục')[0].id}"
    )
    (inner,) = fresh(installation, AgendaItem, title="Phụ lục")
    assert inner.parent_id == outer.id
    assert f'value="{outer.id}" selected' in page(
        client.get(f"{address}?parent={outer.id}")
    ) or f'selected value="{outer.id}"' in page(client.get(f"{address}?parent={outer.id}"))


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"planned_minutes": "-1"}, {"planned_minutes": "x"}, {"kind": "y"}]
)
def test_a_wrong_item_is_refused(installation, world, sign_in, wrong):
    client = sign_in(world.clerk)
    address = f"/meetings/{world.meeting.id}/agenda-items/new"
    assert client.submit(address, **ITEM | wrong, parent="").status_code == 422
    edit = f"/agenda-items/{world.item.id}/edit"
    assert client.submit(edit, **ITEM | wrong).status_code == 422
    assert fresh(installation, AgendaItem, presenter=ITEM["presenter"]) == []


def test_an_item_cannot_be_nested_in_another_meetings_item(installation, world, sign_in):
    address = f"/meetings/{world.meeting.id}/agenda-items/new"
    foreign = ITEM | {"parent": str(world.planned_item.id)}
    assert sign_in(world.clerk).submit(address, **foreign).status_code == 422
    assert fresh(installation, AgendaItem, title=ITEM["title"]) == []


def test_only_an_item_with_a_sibling_there_can_be_moved_that_way(session, world, sign_in):
    services.add_item(session, world.meeting, title="Thứ hai")
    services.add_item(session, world.meeting, title="Thứ ba")
    session.commit()
    prepared = page(sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/prepare"))
    assert prepared.count('value="up"') == prepared.count('value="down"') == 2


def test_a_title_typed_on_two_lines_is_kept_as_one(session, installation, world, sign_in):
    fields = ITEM | {"title": "Báo cáo kết quả\r\n ba năm"}
    answer = sign_in(world.clerk).submit(f"/agenda-items/{world.item.id}/edit", **fields)
    assert answer.status_code == 303
    [item] = fresh(installation, AgendaItem, id=world.item.id)
    assert item.title == "Báo cáo kết quả ba năm"


def test_an_item_is_changed_moved_and_removed_by_the_clerk_only(
    session, installation, world, sign_in
):
    second = services.add_item(session, world.meeting, title="Thứ hai")
    session.commit()
    at = f"/agenda-items/{second.id}"
    for path, fields in (("edit", ITEM), ("move", {"direction": "up"}), ("delete", {})):
        assert sign_in(world.delegate).submit(f"{at}/{path}", **fields).status_code == 404
    client = sign_in(world.clerk)
    assert "Thứ hai" in page(client.get(f"{at}/edit"))
    assert client.submit(f"{at}/edit", **ITEM).status_code == 303
    assert client.submit(f"{at}/move", direction="sideways").status_code == 422
    assert client.submit(f"{at}/move", direction="up").location.endswith(f"#item-{second.id}")
    with installation.database.reading() as reading:
        order = [item.id for item in queries.items_of(reading, world.meeting)]
    assert order == [second.id, world.item.id]
    assert client.submit(f"{at}/move", direction="down").status_code == 303
    assert client.submit(f"{at}/delete").status_code == 303
    assert fresh(installation, AgendaItem, id=second.id) == []
    assert fresh(installation, AgendaItem, id=world.item.id)


def test_a_secret_paper_leaves_a_stub_that_tells_nothing_of_it(installation, world, sign_in):
    client, at = sign_in(world.clerk), f"/agenda-items/{world.item.id}/on-paper"
    agenda, stub = f"/meetings/{world.meeting.id}", "Phát trực tiếp tại hội nghị"
    delegate = sign_in(world.delegate)
    assert stub not in page(delegate.get(agenda))
    assert client.submit(at, on_paper="yes").location.endswith(f"#item-{world.item.id}")
    assert stub in page(delegate.get(agenda))
    assert stub in page(client.get(f"{agenda}/prepare"))
    assert client.submit(at, on_paper="perhaps").status_code == 422
    assert delegate.submit(at, on_paper="no").status_code == 404
    assert client.submit(at, on_paper="no").status_code == 303
    [item] = fresh(installation, AgendaItem, id=world.item.id)
    assert not item.on_paper
    assert stub not in page(delegate.get(agenda))


def test_people_are_invited_with_a_role_and_removed(installation, world, sign_in):
    client, at = sign_in(world.clerk), f"/meetings/{world.meeting.id}/participants"
    person = str(world.outsider.person_id)
    assert client.submit(at, person=person, role="presenter").status_code == 303
    (row,) = fresh(installation, Participant, person_id=world.outsider.person_id)
    assert row.role is ParticipantRole.PRESENTER
    assert client.submit(f"{at}/remove", person=person).location.endswith("#participants")
    assert fresh(installation, Participant, person_id=world.outsider.person_id) == []


def test_nobody_is_invited_twice_nor_removed_who_is_not_there(installation, world, sign_in):
    client, at = sign_in(world.clerk), f"/meetings/{world.meeting.id}/participants"
    known = str(world.delegate.person_id)
    assert client.submit(at, person=known, role="chair").status_code == 422
    assert client.submit(at, person="nobody", role="chair").status_code == 422
    absent = str(world.outsider.person_id)
    assert client.submit(f"{at}/remove", person=absent).status_code == 422
    assert len(fresh(installation, Participant, meeting_id=world.meeting.id)) == 2


def test_the_release_check_names_what_is_missing_and_counts_the_delegates(
    session, installation, world, sign_in
):
    bare = lay(session, installation, world)
    broken = lay(session, installation, world, state=VersionState.FAILED)
    complete = lay(session, installation, world, page_count=7)
    complete.document.symbol, complete.document.issued_on = "01-BC/TU", clock.today()
    session.commit()
    answer = sign_in(world.clerk).get(f"/meetings/{world.planned_meeting.id}/release")
    found = {a.get("href", "") for a in outline(page(answer)).all("a")}
    described = [url for url in found if "/edit?next=" in url]
    assert [url for url in described if str(bare.document_id) in url]
    assert not [url for url in described if str(complete.document_id) in url]
    assert broken.document.title in page(answer)
    assert "2 delegates" in page(answer) or "2 đại biểu" in page(answer)


def test_the_release_check_warns_of_an_agenda_without_any_paper(
    session, installation, world, sign_in
):
    clerk, address = sign_in(world.clerk), f"/meetings/{world.planned_meeting.id}/release"
    warning = "Chưa có tài liệu nào trong chương trình"
    assert warning in page(clerk.get(address))
    lay(session, installation, world)
    session.commit()
    assert warning not in page(clerk.get(address))


def test_a_release_opens_the_meeting_to_its_participants_and_leaves_a_line(
    session, installation, world, sign_in
):
    paper = lay(session, installation, world)
    session.commit()
    delegate, address = sign_in(world.delegate), f"/meetings/{world.planned_meeting.id}"
    assert delegate.get(address).status_code == 404
    assert delegate.submit(f"{address}/release").status_code == 404
    assert sign_in(world.clerk).submit(f"{address}/release").status_code == 303
    assert f"/documents/{paper.document_id}" in page(delegate.get(address))
    decisions = [row.decision for row in fresh(installation, AuditEntry, action="meeting:release")]
    assert decisions == ["refused", "allowed"]


def test_those_who_prepare_hear_more_than_the_participants(session, world, sign_in):
    services.add_item(session, world.meeting, title="Mục mới")
    session.commit()
    answer = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/office-live?after=0")
    pieces = answer.iter_encoded()
    next(pieces)
    assert b"event: agenda" in next(pieces)
    answer.close()


def test_a_meeting_may_end_on_another_day(installation, world, sign_in):
    end = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM) + timedelta(days=1)
    facts = MEETING | {"ends_at": end.strftime("%Y-%m-%dT%H:%M")}
    sign_in(world.clerk).submit(f"/bodies/{world.office.id}/meetings/new", **facts)
    (meeting,) = fresh(installation, Meeting, title=MEETING["title"])
    assert meeting.ends_at == end
