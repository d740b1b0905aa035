"""Errors as programs read them (RFC 9457), each with a sentence for whoever runs the program."""

import json

from flask import Response
from flask_babel import lazy_gettext as _

from meetings import log

MEDIA_TYPE = "application/problem+json"
SENTENCES = {
    400: _("The request could not be understood."),
    401: _("An access token that is still valid is needed."),
    403: _("This access token may not ask about that."),
    404: _("There is nothing here, or nothing that this person may see."),
    405: _("Programs may only read here."),
    422: _("The number of the page must be a whole number from 1."),
    429: _("That was asked too often. Please wait a while."),
    500: _("Something went wrong on the server. It was written down."),
    503: _("The server cannot do this right now. Please try again later."),
    507: _("The disk of the server is full."),
}
NEAREST = {False: 400, True: 500}
FIRST_FAULT_OF_OURS = 500


def answer(code: int) -> Response:
    """Return the answer to a program whose request went wrong."""
    status = code if code in SENTENCES else NEAREST[code >= FIRST_FAULT_OF_OURS]
    told = {
        "type": "about:blank",
        "title": str(SENTENCES[status]),
        "status": status,
        "request": log.request_id.get(),
    }
    return Response(
        json.dumps(told, ensure_ascii=False, separators=(",", ":")), status, mimetype=MEDIA_TYPE
    )
