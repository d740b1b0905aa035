from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda.participants import queries
from meetings.models import AccessLevel, AuditEntry, Participant, ParticipantRole, Widening
from tests import factories


@pytest.fixture
def address(world):
    return f"/meetings/{world.meeting.id}/participants/choose"


@pytest.fixture
def committee(session, world):
    """Return a body with a secretary, a member, and one whose post ends before the meeting."""
    body = factories.body(session, name="Ban Chấp hành Đảng bộ tỉnh")
    names = {"Phạm Thị Bí Thư": 1, "Vàng A Ủy Viên": 7}
    for name, rank in reversed(names.items()):
        person = factories.person(session, full_name=name)
        factories.post(session, person, body, title=f"Chức vụ {rank}", protocol_rank=rank)
    gone = factories.person(session, full_name="Lê Văn Nghỉ Hưu")
    factories.post(session, gone, body, until=clock.today() - timedelta(days=1))
    session.commit()
    return body


def parts_of(installation, meeting):
    with installation.database.reading() as reading:
        rows = reading.scalars(select(Participant).where(Participant.meeting_id == meeting.id))
        return {row.person_id: row.role for row in rows}


def found(session, world, **asked):
    asked = {"body": None, "words": ""} | asked
    return queries.candidates(session, world.meeting, by=world.clerk, **asked)


def names(candidates):
    return [one.listed.person.full_name for one in candidates]


def test_a_body_brings_up_who_serves_on_the_day_of_the_meeting_in_its_order(
    session, world, committee
):
    assert names(found(session, world, body=committee)) == ["Phạm Thị Bí Thư", "Vàng A Ủy Viên"]
    world.meeting.starts_at = clock.now() - timedelta(days=30)
    assert "Lê Văn Nghỉ Hưu" in names(found(session, world, body=committee))


def test_words_find_names_and_posts_and_nothing_asked_finds_nobody(session, world, committee):
    assert names(found(session, world, words="bi thu")) == ["Phạm Thị Bí Thư"]
    assert names(found(session, world, words="chuc vu 7")) == ["Vàng A Ủy Viên"]
    assert found(session, world) == []


def test_everybody_is_seen_before_anybody_is_added(
    installation, world, committee, address, sign_in
):
    before = parts_of(installation, world.meeting)
    page = sign_in(world.clerk).get(f"{address}?body={committee.id}").get_data(as_text=True)
    assert page.count("checked>") == 2
    assert "Chức vụ 1" in page
    assert parts_of(installation, world.meeting) == before


def test_those_checked_take_part_in_one_role(installation, world, committee, address, sign_in):
    with installation.database.reading() as reading:
        people = [one.listed.person.id for one in found(reading, world, body=committee)]
    asked = f"{address}?body={committee.id}"
    answer = sign_in(world.clerk).submit(asked, people=people, role="invited_delegate")
    assert answer.status_code == 303
    parts = parts_of(installation, world.meeting)
    assert {parts[person] for person in people} == {ParticipantRole.INVITED_DELEGATE}
    with installation.database.reading() as reading:
        actions = reading.scalars(select(AuditEntry.action)).all()
    assert "meeting:prepare" in actions


def test_who_takes_part_already_is_named_and_not_offered(world, address, sign_in):
    client, person = sign_in(world.clerk), world.delegate.person
    asked = f"{address}?q={person.full_name}"
    page = client.get(asked).get_data(as_text=True)
    assert person.full_name in page
    assert f'value="{person.id}"' not in page


def test_who_was_added_meanwhile_is_told_kindly_and_keeps_the_part(
    installation, world, address, sign_in
):
    person = world.delegate.person
    client = sign_in(world.clerk)
    client.submit(f"{address}?q={person.full_name}", people=str(person.id), role="chair")
    page = client.get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    assert f"{person.full_name} đã có trong thành phần" in page
    assert parts_of(installation, world.meeting)[person.id] is ParticipantRole.VOTING_DELEGATE


@pytest.mark.parametrize("fields", [{}, {"people": "nobody"}])
def test_nobody_checked_is_told_and_adds_nobody(
    installation, world, committee, address, sign_in, fields
):
    before = parts_of(installation, world.meeting)
    answer = sign_in(world.clerk).submit(f"{address}?body={committee.id}", role="chair", **fields)
    assert answer.status_code == 422
    assert parts_of(installation, world.meeting) == before


def test_restricted_papers_make_each_of_them_wait(
    session, installation, world, committee, address, sign_in
):
    restricted = factories.document(session, world.office, access_level=AccessLevel.RESTRICTED)
    factories.paper(session, world.item, restricted)
    session.commit()
    people = [one.listed.person.id for one in found(session, world, body=committee)]
    session.commit()
    asked = f"{address}?body={committee.id}"
    sign_in(world.clerk).submit(asked, people=people, role="voting_delegate")
    assert not parts_of(installation, world.meeting).keys() & set(people)
    with installation.database.reading() as reading:
        assert len(reading.scalars(select(Widening)).all()) == 2


def test_only_the_office_chooses(world, address, sign_in):
    assert sign_in(world.delegate).get(address).status_code == 404
    assert sign_in(world.delegate).submit(address).status_code == 404
