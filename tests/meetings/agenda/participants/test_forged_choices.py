"""What a form of participants sends that its page never offered, and two clerks at once."""

import pytest
from sqlalchemy import select

from meetings.agenda.participants.queries import items_of_parts
from meetings.models import AuditEntry, Participant, ParticipantItem, ParticipantRole, Role
from tests import factories


@pytest.fixture
def address(world):
    return f"/meetings/{world.meeting.id}/participants/choose"


@pytest.fixture
def named(session):
    """Return two persons of the same long name."""
    name = "Lường Thị Hoài Thương " + "A" * 170
    people = [factories.person(session, full_name=name) for _ in range(2)]
    session.commit()
    return people


@pytest.fixture
def parts(installation, world):
    """Return the parts in the meeting by person, freshly read."""

    def look():
        with installation.database.reading() as reading:
            rows = select(Participant).where(Participant.meeting_id == world.meeting.id)
            return {row.person_id: row for row in reading.scalars(rows)}

    return look


def test_two_of_one_name_are_told_apart_by_whom_was_checked(world, named, address, parts, sign_in):
    chosen, other = named
    asked = f"{address}?q=luong thi hoai thuong"
    client = sign_in(world.clerk)
    page = client.get(asked).get_data(as_text=True)
    assert page.count(f'value="{chosen.id}"') == page.count(f'value="{other.id}"') == 1
    assert client.submit(asked, people=chosen.id, role="invited_delegate").status_code == 303
    assert chosen.id in parts()
    assert other.id not in parts()


@pytest.mark.parametrize("asked", ["", "?q=", "?q=zzzz", "?body=nonsense"])
def test_somebody_whom_the_page_did_not_find_is_not_let_in(
    world, named, address, parts, sign_in, asked
):
    before = set(parts())
    answer = sign_in(world.clerk).submit(
        f"{address}{asked}", people=named[0].id, role="voting_delegate"
    )
    assert answer.status_code == 422
    assert set(parts()) == before


def test_an_item_of_another_meeting_is_not_chosen(
    installation, world, named, address, parts, sign_in
):
    asked, client = f"{address}?q=luong thi", sign_in(world.clerk)
    foreign = {"people": named[0].id, "role": "voting_delegate", "items": world.planned_item.id}
    assert client.submit(asked, **foreign).status_code == 422
    part = parts()[world.delegate.person_id]
    at = f"/participants/{part.id}/edit"
    sent = client.submit(at, role="presenter", items=world.planned_item.id)
    assert sent.status_code == 422
    with installation.database.reading() as reading:
        assert reading.scalars(select(ParticipantItem)).all() == []
    assert parts()[world.delegate.person_id].whole, "still the whole meeting"


def test_a_guest_chosen_for_one_item_has_that_item(
    installation, world, named, address, parts, sign_in
):
    fields = {"people": [one.id for one in named], "items": world.item.id}
    asked = f"{address}?q=luong thi"
    sign_in(world.clerk).submit(asked, role="invited_delegate", **fields)
    added = [parts()[one.id] for one in named]
    with installation.database.reading() as reading:
        assert items_of_parts(reading, added) == {part.id: {world.item.id} for part in added}


def test_of_two_clerks_who_choose_the_same_person_the_first_says_as_what(
    world, named, address, parts, sign_in
):
    one, other = sign_in(world.clerk), sign_in(world.clerk)
    asked, person = f"{address}?q=luong thi", named[0]
    for client in (one, other):
        assert str(person.id) in client.get(asked).get_data(as_text=True)
    assert one.submit(asked, people=person.id, role="presenter").status_code == 303
    assert other.submit(asked, people=person.id, role="chair").status_code in {303, 422}
    assert parts()[person.id].role is ParticipantRole.PRESENTER


def test_a_clerk_who_takes_somebody_off_twice_takes_off_nobody_else(world, parts, sign_in):
    one, other = sign_in(world.clerk), sign_in(world.clerk)
    at, person = f"/meetings/{world.meeting.id}/participants/remove", world.delegate.person_id
    assert one.submit(at, person=person).status_code == 303
    assert other.submit(at, person=person).status_code == 422
    assert set(parts()) == {world.other_delegate.person_id}


def test_a_clerk_of_another_body_changes_no_part(session, world, named, address, parts, sign_in):
    foreign = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    client, part = sign_in(foreign), parts()[world.delegate.person_id]
    at = f"/meetings/{world.meeting.id}/participants"
    assert client.get(f"{address}?q=luong").status_code == 404
    assert client.submit(f"{address}?q=luong", people=named[0].id).status_code == 404
    assert client.submit(f"/participants/{part.id}/edit", role="chair").status_code == 404
    assert client.submit(f"{at}/remove", person=part.person_id).status_code == 404
    assert client.submit(f"/participants/{part.id}/answer", coming="coming").status_code == 404
    assert client.submit(f"/agenda-items/{world.item.id}/close", closed="yes").status_code == 404
    assert parts()[world.delegate.person_id].role is part.role


def test_the_ledger_says_that_somebody_was_chosen_without_their_name(
    installation, world, named, address, sign_in
):
    asked = f"{address}?q=luong thi hoai"
    sign_in(world.clerk).submit(asked, people=named[0].id, role="presenter")
    with installation.database.reading() as reading:
        entries = reading.scalars(select(AuditEntry)).all()
        told = [str(vars(entry)) for entry in entries]
    assert "meeting:prepare" in {entry.action for entry in entries}
    assert not [line for line in told if "Hoài Thương" in line or "hoai" in line]
