from datetime import timedelta

import pytest

from meetings import clock, jobs
from meetings.agenda import queries
from meetings.models import AccessLevel, MeetingState, ParticipantRole, VersionState
from tests import factories


def paper(session, installation, item, owner, state=VersionState.READY, **changes):
    facts = {"access_level": changes.pop("access_level", AccessLevel.NORMAL)}
    document = factories.document(session, owner, **facts)
    factories.version(
        session, installation.keys, installation.store, document, b"%PDF", state=state
    )
    return factories.paper(session, item, document, **changes)


def test_the_agenda_numbers_nested_items_and_adds_up_the_minutes(session, world):
    meeting = factories.meeting(session, world.office)
    first = factories.item(session, meeting, position=1, planned_minutes=0)
    parts = [
        factories.item(session, meeting, parent_id=first.id, position=n, planned_minutes=10)
        for n in (1, 2)
    ]
    last = factories.item(session, meeting, position=2, planned_minutes=30)
    lines = queries.agenda_of(session, meeting, user=world.clerk)
    assert [(line.number, line.item.id) for line in lines] == [
        ("1", first.id),
        ("1.1", parts[0].id),
        ("1.2", parts[1].id),
        ("2", last.id),
    ]
    offsets = [(line.starts_at - meeting.starts_at) // timedelta(minutes=1) for line in lines]
    assert offsets == [0, 0, 10, 20]


def test_a_delegate_sees_released_papers_only_and_the_clerk_sees_all(session, installation, world):
    released = paper(session, installation, world.item, world.office)
    waiting = paper(session, installation, world.item, world.office, released_at=None)
    recalled = paper(session, installation, world.item, world.office, recalled_at=clock.now())
    secret = paper(
        session,
        installation,
        world.item,
        world.office,
        access_level=max(AccessLevel),
    )

    def seen(user):
        lines = queries.agenda_of(session, world.meeting, user=user)
        return [laid.id for line in lines for laid in line.papers]

    assert seen(world.delegate) == [released.id]
    assert set(seen(world.clerk)) == {released.id, waiting.id, recalled.id}
    assert secret.id not in seen(world.clerk)
    assert seen(world.outsider) == []


def test_a_paper_tells_how_far_its_preparation_is(session, installation, world):
    coming = paper(session, installation, world.item, world.office, state=VersionState.RECEIVED)
    ready = paper(session, installation, world.item, world.office, recalled_at=clock.now())
    bare = factories.paper(session, world.item, factories.document(session, world.office))
    job = jobs.enqueue(session, "x", {}, key=f"prepare:{coming.document_id}")
    job.done, job.total = 3, 9
    (line,) = queries.agenda_of(session, world.meeting, user=world.clerk)
    found = {laid.id: laid for laid in line.papers}
    assert (found[coming.id].done, found[coming.id].total) == (3, 9)
    assert found[coming.id].state is VersionState.RECEIVED
    assert found[coming.id].released
    assert found[ready.id].state is VersionState.READY
    assert not found[ready.id].released
    assert found[bare.id].state is VersionState.FAILED
    assert found[bare.id].incomplete


def test_a_paper_with_number_and_date_is_complete(session, world):
    document = factories.document(session, world.office, symbol="03-NQ/TU", issued_on=clock.today())
    factories.paper(session, world.item, document)
    (line,) = queries.agenda_of(session, world.meeting, user=world.clerk)
    assert [laid.incomplete for laid in line.papers] == [False]


@pytest.mark.parametrize(("minutes", "expected"), [(-5, "1"), (5, "1"), (15, "3"), (45, "3")])
def test_the_line_of_the_hour_is_the_current_or_next_with_papers_or_the_last(
    session, installation, world, minutes, expected
):
    meeting = factories.meeting(session, world.office)
    factories.participant(session, meeting, world.delegate.person)
    items = [factories.item(session, meeting, position=n, planned_minutes=10) for n in (1, 2, 3, 4)]
    for item in (items[0], items[2]):
        paper(session, installation, item, world.office)
    lines = queries.agenda_of(session, meeting, user=world.delegate)
    moment = meeting.starts_at + timedelta(minutes=minutes)
    line = queries.line_of_the_hour(lines, moment)
    assert (line.number if line else None) == expected


def test_the_days_ahead_hold_ones_own_meetings_from_today_on(session, world):
    moment = clock.now()
    far = factories.meeting(session, world.office, starts_at=moment + timedelta(days=9))
    over = factories.meeting(session, world.office, starts_at=moment - timedelta(days=2))
    foreign = factories.meeting(session, world.commune)
    for each in (far, over):
        factories.participant(session, each, world.delegate.person)
    assert queries.meetings_ahead(session, world.delegate, moment) == [world.meeting]
    clerks = queries.meetings_ahead(session, world.clerk, moment)
    assert {world.meeting, world.planned_meeting} == set(clerks)
    assert foreign not in clerks


def test_lists_of_meetings_come_in_pages_by_time(session, world):
    moment = clock.now()
    past = [
        factories.meeting(session, world.office, starts_at=moment - timedelta(days=day + 2))
        for day in range(queries.PAGE_SIZE + 1)
    ]
    first = queries.meeting_page(session, world.clerk, past=True, page=1)
    assert first.rows == past[: queries.PAGE_SIZE]
    assert first.pages == 2
    assert queries.meeting_page(session, world.clerk, past=True, page=99).rows == past[-1:]
    coming = queries.meeting_page(session, world.clerk, past=False, page=0)
    assert set(coming.rows) == {world.meeting, world.planned_meeting}
    assert queries.meeting_page(session, world.outsider, past=False, page=1).rows == []


def test_participants_come_by_role_rank_and_given_name(session, world):
    meeting = factories.meeting(session, world.office, state=MeetingState.PLANNED)
    names = {"Lê Văn Bình": 9, "Trần Thị An": 9, "Phạm Văn Út": 1}
    people = {
        name: factories.person(session, full_name=name, protocol_rank=rank)
        for name, rank in names.items()
    }
    chair = factories.person(session, full_name="Hoàng Văn Yên", protocol_rank=50)
    for person in people.values():
        factories.participant(session, meeting, person)
    factories.participant(session, meeting, chair, role=ParticipantRole.CHAIR)
    found = [row.person.full_name for row in queries.participants_of(session, meeting)]
    assert found == ["Hoàng Văn Yên", "Phạm Văn Út", "Trần Thị An", "Lê Văn Bình"]


def test_only_people_who_do_not_take_part_yet_can_be_invited(session, world):
    people = queries.people_to_invite(session, world.meeting, user=world.clerk)
    assert world.outsider.person in people
    assert world.delegate.person not in people
