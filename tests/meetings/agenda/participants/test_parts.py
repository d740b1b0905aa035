"""Rights for each item: invited for some only, and items that are closed."""

import pytest
from sqlalchemy import select

from meetings import policy
from meetings.agenda import queries, services
from meetings.agenda.access.queries import reach_of
from meetings.agenda.access.services import set_closed, wish_invitation
from meetings.agenda.proceedings import services as proceedings
from meetings.models import (
    AccessLevel,
    AgendaItem,
    Event,
    MeetingState,
    Participant,
    ParticipantRole,
)
from meetings.policy import Permission
from tests import factories

INVITED = ParticipantRole.INVITED_DELEGATE


@pytest.fixture
def agenda(session, world):
    """Return three items of the meeting, each with a paper; the third has one below it."""
    items = [world.item, *(factories.item(session, world.meeting) for _ in range(2))]
    items.append(factories.item(session, world.meeting, parent_id=items[2].id))
    papers = [
        factories.paper(session, item, factories.document(session, world.office)) for item in items
    ]
    session.commit()
    return items, papers


def seen(session, world, user):
    lines = queries.agenda_of(session, world.meeting, user=user)
    return [line.number for line in lines]


def read(session, papers, user):
    return [
        policy.allows(session, user, Permission.DOCUMENT_READ, paper.document) for paper in papers
    ]


def test_who_is_invited_for_one_item_sees_it_with_what_is_below_and_nothing_else(
    session, world, agenda
):
    items, papers = agenda
    services.invite(session, world.meeting, world.outsider.person, INVITED, items={items[2].id})
    assert seen(session, world, world.outsider) == ["3", "3.1"]
    assert read(session, papers, world.outsider) == [False, False, True, True]
    assert policy.allows(session, world.outsider, Permission.MEETING_READ, world.meeting)
    notes = [
        policy.allows(session, world.outsider, Permission.AGENDA_ITEM_NOTE, item) for item in items
    ]
    assert notes == [False, False, True, True]
    assert seen(session, world, world.delegate) == ["1", "2", "3", "3.1"], "others see all of it"


def test_an_item_that_is_removed_leaves_its_guest_nothing_not_everything(session, world, agenda):
    items, papers = agenda
    services.invite(session, world.meeting, world.outsider.person, INVITED, items={items[1].id})
    services.remove_item(session, items[1])
    assert seen(session, world, world.outsider) == []
    assert not any(read(session, [papers[0], *papers[2:]], world.outsider))


def test_a_closed_item_is_hidden_from_guests_with_what_is_below_it(session, world, agenda):
    items, papers = agenda
    services.invite(session, world.meeting, world.outsider.person, INVITED)
    assert seen(session, world, world.outsider) == ["1", "2", "3", "3.1"]
    set_closed(session, items[2], closed=True, by=world.clerk)
    assert seen(session, world, world.outsider) == ["1", "2"]
    assert read(session, papers, world.outsider) == [True, True, False, False]
    assert seen(session, world, world.delegate) == ["1", "2", "3", "3.1"]
    assert all(read(session, papers, world.delegate))
    assert seen(session, world, world.clerk) == ["1", "2", "3", "3.1"]


def test_a_guest_who_comes_later_does_not_see_what_was_closed_before(session, world, agenda):
    items, papers = agenda
    set_closed(session, items[0], closed=True, by=world.clerk)
    services.invite(session, world.meeting, world.outsider.person, INVITED)
    assert seen(session, world, world.outsider) == ["2", "3", "3.1"]
    assert not read(session, papers, world.outsider)[0]
    assert world.outsider.person_id not in reach_of(session, items[0])


def test_the_title_of_a_closed_item_is_told_to_no_open_page(session, world, agenda):
    items, _ = agenda
    set_closed(session, items[1], closed=True, by=world.clerk)
    world.meeting.state = MeetingState.IN_SESSION
    proceedings.go_to(session, items[1], seen=None)
    data = session.scalars(select(Event.data).where(Event.kind == "item")).all()
    assert {event["title"] for event in data} == {""}


def test_the_clerk_closes_an_item_and_opens_it_again(installation, world, agenda, sign_in):
    items, _ = agenda
    client, at = sign_in(world.clerk), f"/agenda-items/{items[1].id}/close"
    agenda_page = f"/meetings/{world.meeting.id}"
    assert client.submit(at, closed="yes").status_code == 303
    assert client.submit(at, closed="perhaps").status_code == 422
    assert "Họp kín" in client.get(f"{agenda_page}/prepare").get_data(as_text=True)
    assert sign_in(world.delegate).submit(at, closed="no").status_code == 404
    assert client.submit(at, closed="no").status_code == 303
    with installation.database.reading() as reading:
        assert not reading.get_one(AgendaItem, items[1].id).closed


def test_the_part_of_somebody_is_changed_on_a_page(installation, world, agenda, sign_in):
    items, _ = agenda
    with installation.database.reading() as reading:
        part = reading.scalars(
            select(Participant).where(
                Participant.meeting_id == world.meeting.id,
                Participant.person_id == world.delegate.person_id,
            )
        ).one()
    client, at = sign_in(world.clerk), f"/participants/{part.id}/edit"
    assert items[3].title in client.get(at).get_data(as_text=True)
    assert client.submit(at, role="presenter", items=[items[3].id]).status_code == 303
    page = client.get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    assert "Chỉ nội dung 3.1" in page
    own = sign_in(world.delegate).get(f"/meetings/{world.meeting.id}").get_data(as_text=True)
    assert items[3].title in own
    assert items[0].title not in own
    assert sign_in(world.delegate).get(at).status_code == 404
    assert client.submit(at, role="king").status_code == 422


def test_more_items_wait_for_a_second_person_where_papers_are_restricted(session, world, agenda):
    items, papers = agenda
    one, person = {items[0].id}, world.outsider.person
    services.invite(session, world.meeting, person, INVITED, items=one)
    papers[1].document.access_level = AccessLevel.RESTRICTED
    session.flush()

    def wish(part):
        return wish_invitation(session, world.meeting, person, INVITED, by=world.clerk, items=part)

    assert not wish(one), "what was theirs needs nobody"
    assert wish(None), "all of it does"
    assert wish({items[1].id})
    assert seen(session, world, world.outsider) == ["1"]
