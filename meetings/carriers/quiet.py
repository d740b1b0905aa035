"""The hours in which nobody is disturbed."""

from datetime import datetime, time, timedelta

from meetings import clock

NIGHT = timedelta(days=1)


def hours_of(setting: str) -> tuple[int, int] | None:
    """Return the first quiet hour and the first that is not, or None where every hour is loud.

    Raise ValueError for what is not two hours of a day, as `21-6`.
    """
    if not setting:
        return None
    first, last = map(int, setting.split("-"))
    time(first), time(last)
    return first, last


def due(setting: str, moment: datetime, *, needed: datetime | None = None) -> datetime:
    """Return when a message may go out; at once where the meeting begins before the quiet ends."""
    hours = hours_of(setting)
    local = clock.local(moment)
    if hours is None or not _is_quiet(local.hour, *hours):
        return moment
    ends = local.replace(hour=hours[1], minute=0, second=0, microsecond=0)
    if ends <= local:
        ends += NIGHT
    return moment if needed and needed <= ends else ends


def _is_quiet(hour: int, first: int, last: int) -> bool:
    return first <= hour < last if first <= last else hour >= first or hour < last
