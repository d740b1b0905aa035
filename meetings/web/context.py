"""What the current request stands on."""

from typing import cast

from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from meetings import policy
from meetings.installation import Installation
from meetings.models import User
from meetings.models.base import Identified
from meetings.policy import Permission


def installation() -> Installation:
    """Return the installation that this application serves."""
    return cast("Installation", current_app.extensions["installation"])


def session() -> Session:
    """Return the session that the guard opened for this request."""
    return cast("Session", g.session)


def person_asking() -> User:
    """Return the account of the person who sent this request."""
    return cast("User", current_user.account)


def may(permission: Permission, row: Identified | None = None) -> bool:
    """Tell whether the person asking may do something; templates call it `may`."""
    signed_in = bool(current_user.is_authenticated)
    return signed_in and policy.allows(session(), person_asking(), permission, row)


def address() -> str:
    """Return the network address of the person asking."""
    return request.remote_addr or ""
