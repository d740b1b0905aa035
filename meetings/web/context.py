"""What the current request stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from flask import current_app, g, request
from flask_login import UserMixin, current_user
from sqlalchemy.orm import Session

from meetings import policy
from meetings.installation import Installation
from meetings.models import AccessLevel, Scope
from meetings.models.base import Identified
from meetings.policy import Permission
from meetings.web import turns

Result = TypeVar("Result")


@dataclass(frozen=True)
class Visitor(UserMixin):
    """What a request knows of a signed-in person; the cookie holds the token, we only its hash."""

    id: UUID
    person_id: UUID
    name: str
    clearance: AccessLevel
    revision: int
    sign_in_id: UUID
    idle_until: datetime
    idle_seconds: int
    device_id: UUID | None
    token: str
    active: bool = True
    scopes: frozenset[Scope] | None = None
    """What a program may ask about that stands for the person; its token is their sign-in."""

    @property
    def itself(self) -> "Visitor":
        """Return the row behind Flask-Login's proxy, which looks it up anew for every question."""
        return self

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the cookie."""
        return self.token


def installation() -> Installation:
    """Return the installation that this application serves."""
    return cast("Installation", current_app.extensions["installation"])


def session() -> Session:
    """Return the session that the guard opened for this request."""
    return cast("Session", g.session)


def stop_reading() -> None:
    """End the request's own reading for now, where what follows takes its time or writes.

    Else a hall that asks at once would hold every connection and every turn, each waiting for one
    more.
    """
    turns.let_go()
    if "session" in g:
        session().commit()


def write_apart(change: Callable[[Session], Result]) -> Result:
    """Run a change in a transaction of its own, after the request's own reading."""
    stop_reading()
    return installation().database.write(change)


def person_asking() -> Visitor:
    """Return the signed-in person who sent this request."""
    return cast("Visitor", current_user.itself)


def tell(**facts: str) -> None:
    """Have the line that this request leaves in the ledger say more; ids and days, never names."""
    g.told = facts


def may(permission: Permission, row: Identified | None = None) -> bool:
    """Tell whether the person asking may do something; templates call it `may`."""
    signed_in = bool(current_user.is_authenticated)
    return signed_in and policy.allows(session(), person_asking(), permission, row)


def address() -> str:
    """Return the network address of the person asking."""
    return request.remote_addr or ""
