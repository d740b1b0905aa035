from datetime import UTC, date, datetime

from meetings import clock


def test_a_day_in_vietnam_begins_seven_hours_before_greenwich():
    start, end = clock.day_bounds(date(2026, 11, 25))
    assert start == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert end == datetime(2026, 11, 25, 17, tzinfo=UTC)


def test_today_is_the_day_on_a_vietnamese_wall():
    assert clock.today() == clock.local(clock.now()).date()
