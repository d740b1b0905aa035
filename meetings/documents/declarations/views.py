"""What every page shares that shows files waiting for a declaration."""

from typing import cast
from uuid import UUID

from flask import Response, abort, current_app

from meetings.documents.declarations import services
from meetings.documents.declarations.forms import LOST, SECRET, DeclarationForm
from meetings.documents.declarations.services import Declarations, Waiting
from meetings.documents.uploads.services import Outcome
from meetings.web.context import installation, person_asking, stop_reading

INVALID = 422


def declarations() -> Declarations:
    """Return the files of this process that wait."""
    return cast("Declarations", current_app.extensions["declarations"])


def waiting_for(meeting: UUID) -> list[Waiting]:
    """Return the files that a clerk of a meeting has to declare."""
    return declarations().of(meeting)


def declare(meeting: UUID) -> Outcome | None:
    """Take a person's answer about a file; return what became of it unless it was dropped."""
    form = DeclarationForm()
    if not form.validate_on_submit():
        abort(INVALID)
    waiting = declarations().find(str(form.file.data), meeting)
    if waiting and form.answer.data == SECRET:
        services.drop(installation(), declarations(), waiting, by=person_asking().id)
        return None
    outcome = services.receive(declarations(), waiting) if waiting else None
    return outcome or Outcome("", ok=False, message=str(LOST))


def page(meeting: UUID, identity: str, number: int) -> Response:
    """Answer with the picture of a page of a file that waits; nobody may keep it."""
    waiting = _waiting(meeting, identity)
    if number not in waiting.pages:
        abort(404)
    stop_reading()
    picture = services.picture(waiting, number)
    if not isinstance(picture, bytes):
        abort(404)
    response = Response(picture, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    return response


def _waiting(meeting: UUID, identity: str) -> Waiting:
    return declarations().find(identity, meeting) or abort(404)
