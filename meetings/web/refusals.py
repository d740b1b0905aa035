"""What was refused leaves a line in the log: how, where, from whom; never what was typed."""

import logging

from flask import Flask, Response, request
from flask_login import current_user

from meetings.web.context import address

REFUSED = {
    400: "malformed",
    403: "forbidden",
    405: "method",
    413: "too large",
    422: "not valid",
    429: "too often",
}

logger = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Note every refused request of an application."""

    @app.after_request
    def note(response: Response) -> Response:
        reason = REFUSED.get(response.status_code)
        if reason:
            who = current_user.id if current_user.is_authenticated else "-"
            facts = reason, request.endpoint or "-", who, address()
            logger.warning("refused=%r at=%s user=%s from=%s", *facts)
        return response
