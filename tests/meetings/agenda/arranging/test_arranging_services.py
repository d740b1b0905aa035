"""Items are put before others and moved over days."""

from datetime import datetime, timedelta

import pytest

from meetings import clock
from meetings.agenda import queries as agenda
from meetings.agenda import services as meetings
from meetings.agenda.arranging import queries, services
from meetings.intake.agendas import Read
from meetings.models import ItemKind
from tests import factories

START = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def meeting(session, world):
    """Return a meeting of three days without any item."""
    end = START + timedelta(days=2, hours=3)
    return factories.meeting(session, world.office, starts_at=START, ends_at=end)


def titles(session, meeting, user):
    return [line.item.title for line in agenda.agenda_of(session, meeting, user=user)]


def test_a_meeting_has_all_its_days_also_empty_ones(session, world, meeting):
    factories.item(session, meeting)
    days = queries.by_day(meeting, agenda.agenda_of(session, meeting, user=world.clerk))
    assert [(day.day.day, len(day.lines)) for day in days] == [(1, 1), (2, 0), (3, 0)]


def test_what_is_nested_stands_on_the_day_of_what_it_belongs_to(session, world, meeting):
    first = factories.item(session, meeting, position=1, planned_minutes=23 * 60)
    factories.item(session, meeting, parent_id=first.id, position=1, planned_minutes=20 * 60)
    factories.item(session, meeting, parent_id=first.id, position=2, planned_minutes=10)
    days = queries.by_day(meeting, agenda.agenda_of(session, meeting, user=world.clerk))
    assert [len(day.lines) for day in days] == [3, 0, 0]


def test_an_agenda_that_runs_over_gets_a_day_more(session, world, meeting):
    factories.item(session, meeting, position=1, planned_minutes=3 * 24 * 60)
    factories.item(session, meeting, position=2)
    days = queries.by_day(meeting, agenda.agenda_of(session, meeting, user=world.clerk))
    assert [day.day.day for day in days] == [1, 2, 3, 4]


def test_an_item_is_not_put_before_one_of_another_level_or_meeting(session, world, meeting):
    one = factories.item(session, meeting, position=1)
    inner = factories.item(session, meeting, position=1, parent_id=one.id)
    two = factories.item(session, meeting, position=2)
    for place in (inner, world.item):
        with pytest.raises(meetings.ChangedMeanwhileError):
            services.put_before(session, two, place)


def test_moving_to_the_same_day_changes_nothing(session, world, meeting):
    one = factories.item(session, meeting, title="A", position=1)
    factories.item(session, meeting, title="B", position=2)
    revision = meeting.agenda_revision
    services.move_to_day(session, one, START.date(), by=world.clerk)
    assert titles(session, meeting, world.clerk) == ["A", "B"]
    assert meeting.agenda_revision == revision


def test_days_are_filled_out_of_turn(session, world, meeting):
    items = [factories.item(session, meeting, title=t, position=n) for n, t in enumerate("ABC", 1)]
    services.move_to_day(session, items[0], START.date() + timedelta(days=2), by=world.clerk)
    services.move_to_day(session, items[1], START.date() + timedelta(days=1), by=world.clerk)
    assert titles(session, meeting, world.clerk) == ["C", "B", "A"]
    days = queries.by_day(meeting, agenda.agenda_of(session, meeting, user=world.clerk))
    assert [[line.item.title for line in day.lines] for day in days] == [["C"], ["B"], ["A"]]


def test_a_pasted_agenda_keeps_its_nesting_behind_what_is_there(session, world, meeting):
    factories.item(session, meeting, title="Đã có", position=1)
    pasted = [Read(0, "A"), Read(1, "B"), Read(2, "C"), Read(1, "D"), Read(0, "E")]
    assert services.add_agenda(session, meeting, pasted) == 5
    lines = agenda.agenda_of(session, meeting, user=world.clerk)
    assert [(line.number, line.item.title) for line in lines[1:]] == [
        ("2", "A"),
        ("2.1", "B"),
        ("2.1.1", "C"),
        ("2.2", "D"),
        ("3", "E"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Phát biểu khai mạc", ItemKind.OPENING),
        ("NGHỈ GIỮA GIỜ", ItemKind.BREAK),
        ("Tham luận của Sở Nội vụ", ItemKind.SPEECH),
        ("Thảo luận tổ", ItemKind.DISCUSSION),
        ("Biểu quyết thông qua Nghị quyết", ItemKind.VOTE),
        ("Bế mạc", ItemKind.CLOSING),
        ("Báo cáo kết quả", ItemKind.REPORT),
    ],
)
def test_a_title_says_what_happens(title, kind):
    assert services.kind_of(title) is kind


def test_every_change_of_the_agenda_is_one_that_could_be_overwritten(session, world, meeting):
    seen = [meeting.agenda_revision]

    def counted():
        seen.append(meeting.agenda_revision)
        return seen[-1] == seen[-2] + 1

    one = meetings.add_item(session, meeting, title="A")
    assert counted()
    two = meetings.add_item(session, meeting, title="B")
    assert counted()
    meetings.change_item(session, one, title="C")
    assert counted()
    meetings.move_item(session, two, step=-1)
    assert counted()
    services.put_before(session, one, two)
    assert counted()
    meetings.change_meeting(session, meeting, place="Phòng B")
    assert counted()
    meetings.remove_item(session, two)
    assert counted()
    meetings.invite(session, meeting, world.outsider.person)
    assert not counted(), "who takes part is not the agenda"


def test_a_turn_is_taken_by_who_saw_the_agenda_as_it_is(session, meeting):
    meetings.take_turn(session, meeting, meeting.agenda_revision)
    meetings.take_turn(session, meeting, None)
    with pytest.raises(meetings.ChangedMeanwhileError):
        meetings.take_turn(session, meeting, meeting.agenda_revision + 1)
