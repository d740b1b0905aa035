"""The main navigation: the few places a person may go from anywhere."""

from dataclasses import dataclass
from uuid import UUID

from flask import g, request
from flask_babel import lazy_gettext as _
from flask_login import current_user

from meetings import policy
from meetings.policy import Permission
from meetings.web.context import Visitor, installation, person_asking


@dataclass(frozen=True, eq=False)
class Place:
    """An entry that leads to a page for those who hold its permission."""

    label: object
    endpoint: str
    icon: str
    needs: Permission
    room: str = ""
    """The feature whose other pages belong here too."""


PLACES = (
    Place(_("Today"), "agenda.today", "today", Permission.ACCOUNT_USE),
    Place(_("Meetings"), "agenda.meetings", "calendar", Permission.ACCOUNT_USE, "agenda"),
    Place(_("Archive"), "archive.search", "search", Permission.ARCHIVE_SEARCH, "archive"),
    Place(
        _("Organisation"),
        "organisation.bodies",
        "people",
        Permission.ORGANISATION_READ,
        "organisation",
    ),
    Place(_("Accounts"), "accounts.users", "key", Permission.USERS_READ),
    Place(_("System"), "help.system", "settings", Permission.JOB_READ, "doctor"),
)


@dataclass(frozen=True)
class Link:
    """A place, and whether the page belongs to it."""

    place: Place
    current: bool


# Links only: the guard asks again on each page. Every change of roles counts the revision up.
_KNOWN: dict[tuple[UUID, int], frozenset[Permission]] = {}
_MOST_KNOWN = 4096
NEEDED = tuple(place.needs for place in PLACES)


def navigation() -> tuple[Link, ...]:
    """Return the places that the person asking may go to."""
    if not current_user.is_authenticated:
        return ()
    allowed = _allowed()
    return tuple(Link(place, _is_here(place)) for place in PLACES if place.needs in allowed)


def _allowed() -> frozenset[Permission]:
    """Return what the person may of what places need; asked anew when their roles changed."""
    who = person_asking()
    known = _KNOWN.get((who.id, who.revision))
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[who.id, who.revision] = _asked(who)
    return known


def _asked(who: Visitor) -> frozenset[Permission]:
    if "session" in g:
        return policy.allowed(g.session, who, NEEDED)
    with installation().database.reading() as session:
        return policy.allowed(session, who, NEEDED)


def _is_here(place: Place) -> bool:
    if place.endpoint == request.endpoint:
        return True
    is_a_place = request.endpoint in {other.endpoint for other in PLACES}
    return bool(place.room) and place.room == request.blueprint and not is_a_place
