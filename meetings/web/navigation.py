"""The main navigation: the few places a person may go from anywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import g, request
from flask_babel import lazy_gettext as _
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import policy
from meetings.policy import Permission
from meetings.web.context import installation, person_asking

Answer = TypeVar("Answer")


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
    Place(_("Members"), "members.registers", "list", Permission.MEMBERS_READ, "members"),
    Place(_("To agree"), "second_person.waiting", "check", Permission.WIDENINGS_READ),
    Place(_("Accounts"), "accounts.users", "key", Permission.USERS_READ),
    Place(_("System"), "help.system", "settings", Permission.JOB_READ, "doctor"),
)


@dataclass(frozen=True)
class Link:
    """A place, and whether the page belongs to it."""

    place: Place
    current: bool
    count: int = 0
    """How much waits there."""


COUNTED = {Permission.WIDENINGS_READ: policy.readable_widenings}

# Links only: the guard asks again on each page. Every change of roles counts the revision up.
_KNOWN: dict[tuple[UUID, int], frozenset[Permission]] = {}
_MOST_KNOWN = 4096
NEEDED = tuple(place.needs for place in PLACES)


def navigation() -> tuple[Link, ...]:
    """Return the places that the person asking may go to."""
    if not current_user.is_authenticated:
        return ()
    allowed = _allowed()
    counts = _ask(lambda session: _counts(session, allowed)) if allowed & COUNTED.keys() else {}
    return tuple(
        Link(place, _is_here(place), counts.get(place.needs, 0))
        for place in PLACES
        if place.needs in allowed
    )


def _counts(session: Session, allowed: frozenset[Permission]) -> dict[Permission, int]:
    who = person_asking()
    return {
        needs: session.scalar(select(func.count()).select_from(listed(who).subquery())) or 0
        for needs, listed in COUNTED.items()
        if needs in allowed
    }


def _allowed() -> frozenset[Permission]:
    """Return what the person may of what places need; asked anew when their roles changed."""
    who = person_asking()
    known = _KNOWN.get((who.id, who.revision))
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _ask(lambda session: policy.allowed(session, who, NEEDED))
        _KNOWN[who.id, who.revision] = known
    return known


def _ask(question: Callable[[Session], Answer]) -> Answer:
    if "session" in g:
        return question(g.session)
    with installation().database.reading() as session:
        return question(session)


def _is_here(place: Place) -> bool:
    if place.endpoint == request.endpoint:
        return True
    is_a_place = request.endpoint in {other.endpoint for other in PLACES}
    return bool(place.room) and place.room == request.blueprint and not is_a_place
