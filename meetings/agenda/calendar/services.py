"""An entry for the calendar of a device (RFC 5545).

The entry leaves the system: it names the body, the hours and the place, never the title or a paper.
"""

from icalendar import Calendar, Event

from meetings.models import Meeting

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Nghi Su//Meetings//VI"


def entry(meeting: Meeting, *, summary: str, address: str) -> bytes:
    """Return a calendar with one meeting; a later one with the same id takes its place."""
    event = Event()
    event.add("uid", f"{meeting.id}@nghi-su")
    event.add("sequence", meeting.revision)
    event.add("dtstamp", meeting.created_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", summary)
    event.add("location", meeting.place)
    event.add("url", address)
    event.add("class", "PRIVATE")
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add_component(event)
    return bytes(whole.to_ical())
