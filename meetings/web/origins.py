"""Where a request comes from: only a page of this very site may send one that changes something.

This stands beside the token of the forms: a token that leaked is still of no use to another site.
"""

from uuid import UUID

from flask import Flask, current_app, request
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from meetings import audit, log
from meetings.models import Decision
from meetings.settings import Settings
from meetings.web import errors, programs
from meetings.web.context import address, installation, person_asking
from meetings.web.pages import FORBIDDEN, SAFE_METHODS, SUBJECTS

OUR_OWN = "same-origin"
WITHOUT_PERMISSION = "request:send"


class FromElsewhere(Forbidden):
    """A request that would change something and that no page of this site sent."""


def install(app: Flask, settings: Settings) -> None:
    """Refuse every unsafe request that no page of this site sent."""

    @app.before_request
    def refuse_from_elsewhere() -> None:
        if programs.asks() or request.method in SAFE_METHODS or is_our_own(settings):
            return
        if current_user.is_authenticated:
            deed = _deed()
            installation().database.write(lambda ledger: audit.record(ledger, deed))
        raise FromElsewhere

    app.register_error_handler(
        FromElsewhere, lambda _error: errors.answer(FORBIDDEN, from_elsewhere=True)
    )


def is_our_own(settings: Settings) -> bool:
    """Tell whether a page of this site sent the current request."""
    own = _own_origin(settings)  # first: it raises where a host name is not to be trusted
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == OUR_OWN
    # browsers leave it out on plain http and before 2023; without an origin either, nobody knows
    return request.headers.get("Origin") == own


def _own_origin(settings: Settings) -> str:
    """Return how a browser writes the address that the request came to."""
    if settings.https:  # a proxy may speak plain http to us, and name the port a browser leaves out
        return f"https://{request.host.removesuffix(':443')}"
    return f"{request.scheme}://{request.host}"


def _deed() -> audit.Deed:
    view = current_app.view_functions.get(request.endpoint or "")
    needs = getattr(view, "needs", None)
    asked = (request.view_args or {}).items()
    subject = next(((n, v) for n, v in asked if isinstance(v, UUID)), None)
    return audit.Deed(
        action=needs.value if needs else WITHOUT_PERMISSION,
        actor_id=person_asking().id,
        subject_type=SUBJECTS[subject[0]].__name__ if subject else "",
        subject_id=str(subject[1]) if subject else "",
        decision=Decision.REFUSED,
        address=address(),
        request_id=log.request_id.get(),
        detail={"reason": "origin"},
    )
