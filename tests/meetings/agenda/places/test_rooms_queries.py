from datetime import date, datetime, timedelta

import pytest

from meetings import clock
from meetings.agenda.places import queries, services
from meetings.agenda.places.queries import Hours, Wish
from meetings.models import Room
from tests import factories

MONDAY = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)
QUARTER = timedelta(minutes=15)


def at(days=0, hours=0, minutes=0):
    return MONDAY + timedelta(days=days, hours=hours - 8, minutes=minutes)


@pytest.fixture
def hold(session, world):
    """Let a meeting hold a room from one moment to another."""

    def take(room, start, end):
        meeting = factories.meeting(session, world.office, starts_at=start, ends_at=end)
        factories.booking(session, room, meeting)
        return meeting

    return take


@pytest.mark.parametrize(
    ("starts_at", "length", "free"),
    [
        (at(hours=8), 2, at(hours=9, minutes=45)),
        (at(hours=9), 8, at(hours=9, minutes=45)),
        (at(hours=9), 9, at(days=1, hours=7, minutes=30)),
        (at(hours=9), 30, at(hours=9, minutes=45)),
    ],
    ids=["after it", "until the evening", "the day after", "over days"],
)
def test_the_next_free_hours_lie_in_office_hours(session, world, hold, starts_at, length, free):
    room = factories.room(session, world.office)
    hold(room, at(hours=8), at(hours=9, minutes=20))
    hold(factories.room(session, world.office), at(hours=11), at(hours=18))
    wish = Wish(starts_at, starts_at + timedelta(hours=length), QUARTER)
    assert queries.next_free(session, room, wish, by=world.clerk) == free


def test_nobody_is_asked_to_begin_in_the_noon_break(session, world, hold):
    room = factories.room(session, world.office)
    hold(room, at(hours=8), at(hours=11))
    wish = Wish(at(hours=9), at(hours=10), QUARTER)
    assert queries.next_free(session, room, wish, by=world.clerk) == at(hours=13, minutes=30)


def test_the_next_free_hours_pass_over_the_weekend_and_end_somewhere(session, world, hold):
    room = factories.room(session, world.office)
    hold(room, at(days=4, hours=7), at(days=4, hours=18))
    friday = Wish(at(days=4, hours=8), at(days=4, hours=12), QUARTER)
    found = queries.next_free(session, room, friday, by=world.clerk)
    assert found == at(days=7, hours=7, minutes=30)
    hold(room, at(), at(days=60))
    assert queries.next_free(session, room, friday, by=world.clerk) is None


def test_the_smallest_rooms_that_fit_are_offered_first_and_no_more_than_four(session, world, hold):
    rooms = [factories.room(session, world.office, capacity=n) for n in (90, 30, 50, 60, 70, 80)]
    hold(rooms[2], at(hours=9), at(hours=10))
    wish = Wish(at(hours=8), at(hours=11), QUARTER)
    found = queries.rooms_free(session, wish, needed=40, by=world.clerk)
    assert [room.capacity for room in found] == [60, 70, 80, 90]
    assert queries.rooms_free(session, wish, needed=91, by=world.clerk) == []


def test_whoever_books_what_is_taken_is_refused_by_the_service_itself(session, world, hold):
    room = factories.room(session, world.office)
    hold(room, at(hours=8), at(hours=11))
    late = factories.meeting(session, world.office, starts_at=at(hours=10))
    with pytest.raises(services.RoomTakenError):
        services.book(session, late, room, clearing=QUARTER, by=world.clerk)
    assert queries.room_of(session, late) is None
    other = factories.room(session, world.office)
    for _ in range(2):
        services.book(session, late, other, clearing=QUARTER, by=world.clerk)
    assert queries.room_of(session, late) is other
    services.book(session, late, None, clearing=QUARTER, by=world.clerk)
    assert queries.room_of(session, late) is None


def rows(picture):
    return [
        (room.name, [(bar.slots, bar.hours.title if bar.hours else "") for bar in bars])
        for room, bars in picture.rows
    ]


def test_a_day_of_rooms_is_drawn_in_quarters_of_an_hour():
    first, second = Room(id=1, name="A"), Room(id=2, name="B")
    taken = [
        Hours(1, 1, at(hours=8), at(hours=9, minutes=40), "x"),
        Hours(1, 2, at(hours=17), at(hours=18), "y"),
    ]
    picture = queries.picture_of(date(2027, 3, 1), [first, second], taken)
    assert picture.hours == range(7, 18)
    drawn = [("A", [(4, ""), (7, "x"), (29, ""), (4, "y")]), ("B", [(44, "")])]
    assert rows(picture) == drawn


def test_a_meeting_of_several_days_and_one_at_night_widen_the_picture():
    room = Room(id=1, name="A")
    over_night = Hours(1, 1, at(days=-1, hours=8), at(days=1, hours=8), "x")
    picture = queries.picture_of(date(2027, 3, 1), [room], [over_night])
    assert picture.hours == range(24)
    assert rows(picture) == [("A", [(96, "x")])]
    late = Hours(1, 1, at(hours=20, minutes=10), at(hours=21, minutes=5), "x")
    evening = queries.picture_of(date(2027, 3, 1), [room], [late])
    assert evening.hours == range(7, 22)
    assert rows(evening) == [("A", [(52, ""), (5, "x"), (3, "")])]


def test_hours_that_run_into_each_other_are_drawn_one_after_the_other():
    room = Room(id=1, name="A")
    taken = [
        Hours(1, 1, at(hours=8), at(hours=10), "x"),
        Hours(1, 2, at(hours=9), at(hours=11), "y"),
        Hours(1, 3, at(hours=9), at(hours=10), "hidden"),
    ]
    picture = queries.picture_of(date(2027, 3, 1), [room], taken)
    assert rows(picture) == [("A", [(4, ""), (8, "x"), (4, "y"), (28, "")])]


def test_the_days_of_a_room_tell_only_of_that_room(session, world, hold):
    room, other = (factories.room(session, world.office) for _ in range(2))
    mine = hold(room, at(hours=8), at(days=1, hours=11))
    hold(other, at(hours=8), at(hours=9))
    days = queries.days_of_room(session, room, date(2027, 3, 1), 3, by=world.clerk)
    assert [[hours.meeting_id for hours in one.hours] for one in days] == [[mine.id], [mine.id], []]
