"""Time: stored in UTC, shown as Vietnam's clock reads."""

from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "ICT")  # one zone, no summer time: no zone database needed

SKEW = timedelta(minutes=5)  # what lies further ahead was written while the clock was wrong


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Return a moment as Vietnam's clock reads it."""
    return moment.astimezone(VIETNAM)


def today() -> date:
    """Return the calendar day in Vietnam."""
    return local(now()).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a Vietnamese day and of the day after."""
    start = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)
