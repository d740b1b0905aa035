"""A restricted paper before another item, a person invited to its meeting: both wait."""

import pytest
from sqlalchemy import select

from meetings.agenda.access import services as access
from meetings.agenda.papers.services import lay_received
from meetings.agenda.tray import services as tray
from meetings.intake import Verdict
from meetings.models import (
    AccessLevel,
    AgendaPaper,
    ItemReader,
    PaperReader,
    Participant,
    ParticipantRole,
    Person,
    Widening,
    WideningDecision,
    WideningKind,
)
from tests import factories, papers


@pytest.fixture
def laid(installation):
    """Return what tells before which items a document lies."""

    def tell(document):
        with installation.database.reading() as session:
            query = select(AgendaPaper.item_id).where(AgendaPaper.document_id == document.id)
            return set(session.scalars(query))

    return tell


@pytest.fixture
def part(installation):
    """Return what tells whether a person takes part in a meeting."""

    def tell(meeting, person):
        with installation.database.reading() as session:
            query = select(Participant.id).where(
                Participant.meeting_id == meeting.id, Participant.person_id == person.id
            )
            return session.scalar(query) is not None

    return tell


@pytest.fixture
def wider(session, installation, world, office):
    """Ask to lay the paper before an item of another meeting that more persons attend."""
    document = office.paper.document
    assert access.wish_paper(session, world.planned_item, document, by=office.asker) is None
    widening = session.scalars(select(Widening)).one()
    session.commit()
    return widening


@pytest.mark.parametrize(("deed", "ends"), [("agree", True), ("refuse", False)])
def test_a_restricted_paper_lies_before_another_item_once_two_agree(
    world, office, sign_in, laid, wider, deed, ends
):
    document, both = office.paper.document, {world.item.id, world.planned_item.id}
    assert laid(document) == {world.item.id}
    assert sign_in(office.asker).submit(f"/widenings/{wider.id}/agree").status_code == 404
    html = sign_in(office.second).get("/widenings").get_data(as_text=True)
    assert world.planned_item.title in html
    assert sign_in(office.second).submit(f"/widenings/{wider.id}/{deed}").status_code == 303
    assert laid(document) == (both if ends else {world.item.id})


def test_an_item_that_went_meanwhile_gets_nothing(session, world, office, sign_in, laid, wider):
    session.delete(session.merge(world.planned_item))
    session.commit()
    page = sign_in(office.second).get("/widenings").get_data(as_text=True)
    assert "không còn trong chương trình" in page
    assert sign_in(office.second).submit(f"/widenings/{wider.id}/agree").status_code == 303
    assert laid(office.paper.document) == {world.item.id}


def test_the_same_file_sent_again_leads_no_restricted_paper_elsewhere(
    session, installation, world, office
):
    content = papers.pdf("Phương án nhân sự")
    document = factories.document(session, world.office, access_level=AccessLevel.RESTRICTED)
    factories.version(session, installation.keys, installation.store, document, content)
    received = papers.received(installation, content)
    options = {"item": world.planned_item, "by": office.asker}
    found = lay_received(session, installation, received, Verdict(pages=1), **options)
    assert (found.document.id, found.paper, found.known) == (document.id, None, True)
    meeting = {"meeting": world.planned_meeting, "by": office.asker}
    file = tray.keep(session, installation, received, Verdict(pages=1), **meeting)
    tray.assign(session, file, world.planned_item, by=office.asker)
    assert (
        session.scalars(select(AgendaPaper).where(AgendaPaper.document_id == document.id)).all()
        == []
    )
    kinds = [(row.kind, row.decision) for row in session.scalars(select(Widening))]
    assert kinds.count((WideningKind.LAID, None)) == 1
    tray.assign(session, file, None, by=office.asker)
    assert {row.decision for row in session.scalars(select(Widening))} == {
        WideningDecision.SUPERSEDED
    }


def test_two_items_are_two_requests(session, world, office):
    other = factories.item(session, world.planned_meeting)
    for item in (world.planned_item, other, other):
        assert access.wish_paper(session, item, office.paper.document, by=office.asker) is None
    waiting = session.scalars(select(Widening).where(Widening.decided_at.is_(None))).all()
    assert {row.what["item"] for row in waiting} == {str(world.planned_item.id), str(other.id)}
    assert len(waiting) == 2


def test_nothing_waits_where_nobody_new_could_read(session, world, office):
    document = office.paper.document
    office.paper.readable_from = None
    narrow = factories.item(session, world.planned_meeting)
    factories.add(session, ItemReader(item_id=narrow.id, person_id=world.delegate.person_id))
    assert access.wish_paper(session, narrow, document, by=office.asker)
    below = factories.item(session, world.planned_meeting, parent_id=narrow.id)
    assert access.wish_paper(session, below, document, by=office.asker)


@pytest.mark.parametrize("level", [AccessLevel.NORMAL, AccessLevel.INTERNAL])
def test_papers_that_are_not_restricted_are_laid_at_once(session, world, office, level):
    document = factories.document(session, world.office, access_level=level)
    assert access.wish_paper(session, world.item, document, by=office.asker)
    assert session.scalars(select(Widening)).all() == []


def invite(client, meeting, person):
    address = f"/meetings/{meeting.id}/participants"
    return client.submit(address, person=str(person.id), role="voting_delegate")


@pytest.fixture
def open_item(session, world, office):
    """The list of the item and that of one paper are gone: who takes part may read it."""
    session.delete(session.scalars(select(ItemReader)).one())
    rows = select(PaperReader).where(PaperReader.paper_id == office.paper.id)
    session.delete(session.scalars(rows).one())
    session.commit()
    return world.item


@pytest.mark.parametrize(("deed", "ends"), [("agree", True), ("refuse", False)])
def test_a_person_is_invited_to_a_restricted_paper_by_two(
    installation, world, office, open_item, sign_in, part, deed, ends
):
    guest = world.outsider.person
    assert invite(sign_in(office.asker), world.meeting, guest).status_code == 303
    assert not part(world.meeting, guest)
    with installation.database.reading() as session:
        [row] = session.scalars(select(Widening)).all()
        assert row.title == "Phương án nhân sự"
    html = sign_in(office.second).get("/widenings").get_data(as_text=True)
    assert guest.full_name in html
    assert world.meeting.title in html
    assert sign_in(office.asker).submit(f"/widenings/{row.id}/agree").status_code == 404
    assert sign_in(office.second).submit(f"/widenings/{row.id}/{deed}").status_code == 303
    assert part(world.meeting, guest) is ends


def test_each_invitation_waits_for_itself(installation, session, world, office, open_item, sign_in):
    other = factories.person(session)
    session.commit()
    for person in (world.outsider.person, other, other):
        invite(sign_in(office.asker), world.meeting, session.get_one(Person, person.id))
        session.commit()
    with installation.database.reading() as reading:
        waiting = reading.scalars(select(Widening).where(Widening.decided_at.is_(None))).all()
        assert {row.what["person"] for row in waiting} == {
            str(world.outsider.person_id),
            str(other.id),
        }
        assert len(waiting) == 2


def test_an_invitation_that_opens_nothing_restricted_holds_at_once(
    session, world, office, sign_in, part
):
    guest = world.outsider.person
    assert invite(sign_in(office.asker), world.meeting, guest).status_code == 303
    assert part(world.meeting, guest), "lists name others for every restricted paper"


def test_a_new_role_of_who_takes_part_waits_for_nobody(session, world, office, open_item):
    person, role = world.delegate.person, list(ParticipantRole)[-1]
    meeting = session.merge(world.meeting)
    assert not access.wish_invitation(session, meeting, person, role, by=office.asker)
    assert session.scalars(select(Widening)).all() == []
