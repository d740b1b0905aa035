"""A browser keeps the page of an agenda: it is old as soon as a guest would see another one."""

import pytest

from meetings.agenda import services
from meetings.agenda.access.services import set_closed, set_readers
from meetings.agenda.participants import services as participants
from meetings.models import ParticipantRole
from tests import factories

INVITED = ParticipantRole.INVITED_DELEGATE


@pytest.fixture
def agenda(session, world):
    """Return the guest's part and three items; the guest is there for the last two."""
    items = [world.item, *(factories.item(session, world.meeting) for _ in range(2))]
    theirs = {item.id for item in items[1:]}
    part = services.invite(session, world.meeting, world.outsider.person, INVITED, items=theirs)
    session.commit()
    return part, items


def fewer(session, world, part, items):
    participants.change_part(session, part, INVITED, by=world.clerk, items={items[2].id})


def others(session, world, part, items):
    participants.change_part(session, part, INVITED, by=world.clerk, items={items[0].id})


def everything(session, world, part, items):
    participants.change_part(session, part, INVITED, by=world.clerk, items=None)


def close(session, world, part, items):
    set_closed(session, items[1], closed=True, by=world.clerk)


def close_and_name(session, world, part, items):
    set_closed(session, items[1], closed=True, by=world.clerk)
    set_readers(session, items[1], {world.outsider.person_id})


def remove(session, world, part, items):
    services.remove_item(session, items[1])


def rename(session, world, part, items):
    services.change_item(session, items[1], title="Tên khác")


def kept(client, address, tag):
    return client.get(address, headers={"If-None-Match": tag})


@pytest.mark.parametrize(
    ("change", "numbers"),
    [
        (fewer, [2]),
        (others, [0]),
        (everything, [0, 1, 2]),
        (close, [2]),
        (close_and_name, [1, 2]),
        (remove, [2]),
        (rename, [1, 2]),
    ],
)
def test_a_kept_agenda_is_old_once_the_items_of_a_guest_change(
    session, world, agenda, sign_in, change, numbers
):
    part, items = agenda
    guest, address = sign_in(world.outsider), f"/meetings/{world.meeting.id}"
    tag = guest.get(address).headers["ETag"]
    assert kept(guest, address, tag).status_code == 304
    titles = [item.title for item in items]
    change(session, world, part, items)
    if change is rename:
        titles[1] = "Tên khác"
    session.commit()
    answer = kept(guest, address, tag)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    page = answer.get_data(as_text=True)
    assert [n for n, title in enumerate(titles) if f"{title}\n" in page or f"{title}<" in page] == (
        numbers
    )
    assert kept(guest, address, answer.headers["ETag"]).status_code == 304


def test_an_item_that_is_opened_again_is_shown_though_the_page_was_kept(
    session, world, agenda, sign_in
):
    _, items = agenda
    set_closed(session, items[1], closed=True, by=world.clerk)
    session.commit()
    guest, address = sign_in(world.outsider), f"/meetings/{world.meeting.id}"
    shut = guest.get(address)
    assert items[1].title not in shut.get_data(as_text=True)
    set_closed(session, items[1], closed=False, by=world.clerk)
    session.commit()
    again = kept(guest, address, shut.headers["ETag"])
    assert items[1].title in again.get_data(as_text=True)


def test_the_tag_of_a_guest_opens_nothing_after_they_were_taken_off(
    session, world, agenda, sign_in
):
    part, _ = agenda
    guest, address = sign_in(world.outsider), f"/meetings/{world.meeting.id}"
    tag = guest.get(address).headers["ETag"]
    participants.take_off(session, world.meeting, part)
    session.commit()
    assert kept(guest, address, tag).status_code == 404


def test_a_guest_and_a_delegate_never_share_a_tag(world, agenda, sign_in):
    address = f"/meetings/{world.meeting.id}"
    tag = sign_in(world.outsider).get(address).headers["ETag"]
    assert kept(sign_in(world.delegate), address, tag).status_code == 200
