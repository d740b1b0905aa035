"""The main navigation: the few places a person may go from anywhere."""

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user

from meetings import policy
from meetings.policy import Permission
from meetings.web.context import installation, person_asking


@dataclass(frozen=True)
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
    Place(_("System"), "help.system", "settings", Permission.JOB_READ),
)


@dataclass(frozen=True)
class Link:
    """A place as a template draws it."""

    label: object
    url: str
    icon: str
    current: bool


def navigation() -> list[Link]:
    """Return the places that the person asking may go to."""
    if not current_user.is_authenticated:
        return []
    allowed = _allowed()
    return [
        Link(place.label, url_for(place.endpoint), place.icon, current=_is_here(place))
        for place in PLACES
        if place.needs in allowed
    ]


def _allowed() -> frozenset[Permission]:
    needs = [place.needs for place in PLACES]
    if "session" in g:
        return policy.allowed(g.session, person_asking(), needs)
    with installation().database.reading() as session:
        return policy.allowed(session, person_asking(), needs)


def _is_here(place: Place) -> bool:
    if place.endpoint == request.endpoint:
        return True
    is_a_place = request.endpoint in {other.endpoint for other in PLACES}
    return bool(place.room) and place.room == request.blueprint and not is_a_place
