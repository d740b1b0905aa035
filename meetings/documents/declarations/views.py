"""What every page shares that shows files waiting for a declaration."""

from typing import cast
from uuid import UUID

from flask import Response, abort, current_app

from meetings.documents.declarations import services
from meetings.documents.declarations.forms import CLEAR, DeclarationForm
from meetings.documents.declarations.services import Declarations, Waiting
from meetings.documents.uploads.services import Outcome
from meetings.web.context import installation, person_asking

INVALID = 422


def declarations() -> Declarations:
    """Return the files of this process that wait."""
    return cast("Declarations", current_app.extensions["declarations"])


def waiting_for(meeting: UUID) -> list[Waiting]:
    """Return the files that the person asking has to declare for a meeting."""
    return declarations().of(person_asking().id, meeting)


def declare(meeting: UUID) -> Outcome | None:
    """Take the answer of a person about a file; return what became of it unless it was dropped."""
    form = DeclarationForm()
    if not form.validate_on_submit():
        abort(INVALID)
    waiting = _waiting(meeting, str(form.file.data))
    if form.answer.data == CLEAR:
        return services.receive(declarations(), waiting) or abort(404)
    services.drop(installation(), declarations(), waiting)
    return None


def page(meeting: UUID, identity: str, number: int) -> Response:
    """Answer with the picture of a page of a file that waits; nobody may keep it."""
    waiting = _waiting(meeting, identity)
    if number not in waiting.pages:
        abort(404)
    picture = services.picture(waiting, number)
    if not isinstance(picture, bytes):
        abort(404)
    response = Response(picture, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    return response


def _waiting(meeting: UUID, identity: str) -> Waiting:
    return declarations().find(identity, person_asking().id, meeting) or abort(404)
