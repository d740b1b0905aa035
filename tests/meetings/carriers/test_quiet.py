"""Nobody is disturbed at night, unless the meeting begins before the night ends."""

from datetime import datetime, timedelta

import pytest

from meetings import clock
from meetings.carriers.quiet import due, hours_of

DAY = datetime(2026, 3, 10, tzinfo=clock.VIETNAM)


def at(hour, minute=0, days=0):
    return DAY.replace(hour=hour, minute=minute) + timedelta(days=days)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(6, days=1)),
        (at(23, 30), at(6, days=1)),
        (at(3), at(6)),
        (at(6), at(6)),
    ],
)
def test_what_is_sent_at_night_waits_for_the_morning(moment, sent):
    assert due("21-6", moment) == sent


def test_what_cannot_wait_goes_out_at_night():
    assert due("21-6", at(22), needed=at(5, days=1)) == at(22)
    assert due("21-6", at(22), needed=at(8, days=1)) == at(6, days=1)


def test_quiet_hours_may_lie_within_a_day_or_be_none():
    assert due("11-14", at(12)) == at(14)
    assert due("11-14", at(15)) == at(15)
    assert due("", at(2)) == at(2)


@pytest.mark.parametrize("setting", ["25-6", "a-b", "7"])
def test_what_is_no_two_hours_is_refused(setting):
    with pytest.raises(ValueError, match=r".+"):
        hours_of(setting)
