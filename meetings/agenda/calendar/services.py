"""Entries for the calendar of a device (RFC 5545), one or all of a person's.

They leave the system: they name the body, the hours and the place, never a title or a paper.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings.models import CalendarFeed, Meeting, User
from meetings.policy import Asker

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Nghi Su//Meetings//VI"


@dataclass(frozen=True)
class Entry:
    """A meeting as a calendar shows it: under which words, where it leads, whether one comes."""

    meeting: Meeting
    summary: str
    address: str
    coming: bool | None = None


def calendar_of(entries: Iterable[Entry]) -> bytes:
    """Return a calendar; a later entry of the same meeting takes the place of an earlier one."""
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    for entry in entries:
        whole.add_component(_event(entry))
    return bytes(whole.to_ical())


def make_feed(session: Session, *, by: Asker) -> str:
    """Make a secret address in the place of an earlier one; only a digest of it is kept."""
    end_feed(session, by=by)
    secret = secrets.token_urlsafe(32)
    session.add(CalendarFeed(user_id=by.id, digest=_digest(secret)))
    session.flush()
    return secret


def end_feed(session: Session, *, by: Asker) -> None:
    """Let nothing be asked for any more under a person's secret address."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == by.id))


def owner_of(session: Session, secret: str) -> User | None:
    """Return whose secret address it is, if their account is open."""
    owner = (
        select(User)
        .join(CalendarFeed, CalendarFeed.user_id == User.id)
        .where(CalendarFeed.digest == _digest(secret), User.active)
    )
    return session.scalars(owner).one_or_none()


def has_feed(session: Session, *, by: Asker) -> bool:
    """Tell whether a person has a secret address."""
    return session.scalar(select(CalendarFeed.id).where(CalendarFeed.user_id == by.id)) is not None


def _event(entry: Entry) -> Event:
    meeting, event = entry.meeting, Event()
    event.add("uid", f"{meeting.id}@nghi-su")
    event.add("sequence", meeting.revision)
    event.add("dtstamp", meeting.created_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", entry.summary)
    event.add("location", meeting.place)
    event.add("url", entry.address)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED" if entry.coming else "TENTATIVE")
    event.add("transp", "TRANSPARENT" if entry.coming is False else "OPAQUE")
    return event


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
