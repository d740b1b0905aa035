import pytest
from sqlalchemy import func, select

from meetings import events, policy
from meetings.agenda import services as agenda
from meetings.agenda.access import services
from meetings.agenda.access.queries import people_to_name, readers_of
from meetings.models import (
    AuditEntry,
    Event,
    ItemReader,
    MeetingState,
    PaperReader,
    ParticipantRole,
)
from meetings.policy import Permission
from tests import factories
from tests.client import outline

OTHER = "Chương trình làm việc"


def kept(installation, place):
    with installation.database.reading() as session:
        return readers_of(session, place)


def boxes(answer):
    found = outline(answer.get_data(as_text=True)).all("input")
    return [box for box in found if box.get("type") == "checkbox" and box["name"] == "readers"]


@pytest.fixture(params=["paper", "item"])
def place(request, world, paper):
    """What is limited: one paper, or an item with all of its papers."""
    return {"paper": paper, "item": world.item}[request.param]


@pytest.fixture
def address(place, paper):
    kind = "papers" if place is paper else "agenda-items"
    return f"/{kind}/{place.id}/readers"


def test_a_clerk_names_readers_and_takes_the_list_away(
    installation, world, sign_in, place, address
):
    client, one = sign_in(world.clerk), world.delegate.person_id
    answer = client.submit(address, readers=[str(one)])
    assert answer.status_code == 303
    assert kept(installation, place) == {one}
    checked = [box["value"] for box in boxes(client.get(address)) if "checked" in box]
    assert checked == [str(one)]
    assert client.submit(address).status_code == 303
    assert kept(installation, place) == set()
    with installation.database.reading() as session:
        lines = session.scalars(
            select(AuditEntry).where(AuditEntry.subject_id == str(place.id))
        ).all()
    assert len(lines) == 2


def test_the_participants_stand_in_protocol_order(session, world, sign_in, address):
    chair = factories.person(session, full_name="Nguyễn Thị Ngọc Ánh")
    factories.participant(session, world.meeting, chair, role=ParticipantRole.CHAIR)
    session.commit()
    shown = [box["value"] for box in boxes(sign_in(world.clerk).get(address))]
    assert shown[0] == str(chair.id)
    assert set(shown[1:]) == {
        str(world.delegate.person_id),
        str(world.other_delegate.person_id),
    }


def test_nobody_from_outside_the_meeting_is_named(installation, world, sign_in, place, address):
    answer = sign_in(world.clerk).submit(address, readers=[str(world.outsider.person_id)])
    assert answer.status_code == 422
    assert kept(installation, place) == set()


def test_only_the_office_names_readers(installation, world, sign_in, place, address):
    for user in (world.delegate, world.researcher, world.administrator):
        answer = sign_in(user).submit(address, readers=[str(user.person_id)])
        assert answer.status_code == 404
    assert kept(installation, place) == set()


def test_who_is_named_reads_and_who_is_not_learns_nothing_of_the_paper(
    session, world, sign_in, paper
):
    services.set_readers(session, paper, {world.delegate.person_id})
    session.commit()
    named, other = sign_in(world.delegate), sign_in(world.other_delegate)
    document = f"/documents/{paper.document_id}"
    assert named.get(document).status_code == 200
    for rest in ("", "/key", "/original", "/manifest"):
        assert other.get(document + rest).status_code == 404
    for address in ("/", f"/meetings/{world.meeting.id}", "/archive", "/archive?q=phuong+an"):
        text = other.get(address).get_data(as_text=True)
        assert paper.document.title not in text
        assert str(paper.document_id) not in text
    assert OTHER in other.get("/archive").get_data(as_text=True)
    assert paper.document.title in named.get("/archive").get_data(as_text=True)


def test_a_list_of_an_item_limits_its_papers_and_those_below_but_not_its_title(
    session, world, sign_in, paper
):
    below = agenda.add_item(session, world.meeting, title="Phần riêng", parent=world.item)
    beside = agenda.add_item(session, world.meeting, title="Phần chung")
    documents = [factories.document(session, world.office) for _ in range(2)]
    for item, document in zip((below, beside), documents, strict=True):
        factories.paper(session, item, document)
    services.set_readers(session, world.item, {world.delegate.person_id})
    session.commit()
    listed = {
        user: set(session.scalars(policy.readable_papers(user).with_only_columns(DOCUMENT)))
        for user in (world.delegate, world.other_delegate)
    }
    session.commit()
    assert listed[world.other_delegate] == {documents[1].id}
    assert len(listed[world.delegate]) == 4
    text = sign_in(world.other_delegate).get(f"/meetings/{world.meeting.id}")
    assert world.item.title in text.get_data(as_text=True)
    assert "Phần riêng" in text.get_data(as_text=True)


DOCUMENT = policy.RULES[Permission.PAPER_ACCESS].table.document_id


def test_who_reads_stands_on_every_list(session, world, paper):
    services.set_readers(session, world.item, {world.delegate.person_id})
    services.set_readers(session, paper, {world.other_delegate.person_id})
    for user in (world.delegate, world.other_delegate):
        assert not policy.allows(session, user, Permission.DOCUMENT_READ, paper.document)
    services.set_readers(session, paper, {world.delegate.person_id, world.other_delegate.person_id})
    answers = [
        policy.allows(session, user, Permission.DOCUMENT_READ, paper.document)
        for user in (world.delegate, world.other_delegate)
    ]
    assert answers == [True, False]


def test_who_takes_part_no_longer_keeps_the_place_on_the_list_and_reads_nothing(
    session, world, paper
):
    person = world.delegate.person
    services.set_readers(session, paper, {person.id})
    agenda.uninvite(session, world.meeting, person)
    for user in (world.delegate, world.other_delegate):
        assert not policy.allows(session, user, Permission.DOCUMENT_READ, paper.document)
    named = readers_of(session, paper)
    people = people_to_name(session, world.meeting, named, by=world.clerk)
    assert [one.id for one in people] == [world.other_delegate.person_id, person.id]


def test_the_archive_of_others_has_no_limited_paper(session, world, paper, place):
    services.set_readers(session, place, {world.researcher.person_id})
    found = session.scalars(policy.readable_documents(world.researcher)).all()
    assert paper.document not in found
    assert paper.document in session.scalars(policy.readable_documents(world.clerk)).all()


def test_open_agendas_hear_of_a_list_and_a_kept_one_is_old(session, world, sign_in, paper, place):
    client, agenda_page = sign_in(world.other_delegate), f"/meetings/{world.meeting.id}"
    tag = client.get(agenda_page).headers["ETag"]
    services.set_readers(session, place, {world.delegate.person_id})
    session.commit()
    answer = client.get(agenda_page, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert paper.document.title not in answer.get_data(as_text=True)
    last = session.scalars(select(Event).order_by(Event.seq.desc()).limit(2)).all()
    assert events.meeting_topic(world.meeting.id) in {event.topic for event in last}
    assert world.meeting.state is MeetingState.RELEASED


def test_a_list_goes_with_what_it_limits(session, world, paper):
    services.set_readers(session, world.item, {world.delegate.person_id})
    services.set_readers(session, paper, {world.delegate.person_id})
    kept_item = agenda.add_item(session, world.meeting, title="Còn lại")
    services.set_readers(session, kept_item, {world.delegate.person_id})
    agenda.remove_item(session, world.item)
    assert session.scalar(select(func.count()).select_from(PaperReader)) == 0
    assert list(session.scalars(select(ItemReader.item_id))) == [kept_item.id]


def test_the_office_sees_who_is_limited_where_it_prepares(session, world, sign_in, paper):
    services.set_readers(session, paper, {world.delegate.person_id})
    services.set_readers(
        session, world.item, {world.delegate.person_id, world.other_delegate.person_id}
    )
    session.commit()
    text = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    for said in ("Chỉ 1 người được chỉ định", "Chỉ 2 người được chỉ định", "Tất cả thành phần"):
        assert said in text
