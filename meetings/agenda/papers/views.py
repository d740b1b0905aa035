"""Papers of an item: taken in file by file, released, recalled, taken back."""

from dataclasses import asdict, dataclass
from typing import BinaryIO, cast
from uuid import UUID

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from meetings.agenda import services
from meetings.agenda.papers.forms import KNOWN, NO_SPACE, REFUSALS, TAKEN, TOO_LARGE
from meetings.agenda.papers.services import take_in
from meetings.documents.services import TooLarge, examine, let_go, quarantine
from meetings.intake import Limits
from meetings.models import AgendaItem, AgendaPaper
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages
from storage import NoSpace


@dataclass(frozen=True)
class Outcome:
    """What became of one file, ready to be told."""

    name: str
    ok: bool
    message: str
    document: str = ""
    paper: str = ""


def upload(item: AgendaItem) -> ResponseReturnValue:
    """Take in files, each for itself: one that is refused stops no other."""
    files = [file for file in request.files.getlist("files") if file.filename]
    outcomes = [_take(file, item.id) for file in files]
    if request.accept_mimetypes.best == "application/json":
        return jsonify(files=[asdict(outcome) for outcome in outcomes])
    for outcome in outcomes:
        flash(f"{outcome.name}: {outcome.message}", "success" if outcome.ok else "error")
    if not outcomes:
        flash(_("Please choose at least one file."), "warn")
    return _back(item)


def release_paper(paper: AgendaPaper) -> ResponseReturnValue:
    """Release one paper to the participants."""
    if not services.release_paper(session(), paper, by=person_asking()):
        flash(_("This paper could not be prepared, so it was not released."), "error")
    return _back(paper.item)


def recall_paper(paper: AgendaPaper) -> ResponseReturnValue:
    """Recall one paper from the participants."""
    services.recall_paper(session(), paper, by=person_asking())
    return _back(paper.item)


def take_back(paper: AgendaPaper) -> ResponseReturnValue:
    """Take one paper off its item."""
    item = paper.item
    services.take_back(session(), paper)
    return _back(item)


def _take(file: FileStorage, item: UUID) -> Outcome:
    name = str(file.filename)
    limits = installation().settings
    try:
        received = quarantine(
            cast("BinaryIO", file.stream), name, limits.quarantine_folder, limits.max_upload
        )
    except TooLarge:
        return Outcome(name, ok=False, message=str(TOO_LARGE))
    try:
        verdict = examine(received, Limits(bytes=limits.max_upload, pages=limits.max_pages))
        if verdict.reason:
            return Outcome(name, ok=False, message=str(REFUSALS[verdict.reason]))
        paper, known = take_in(installation(), received, verdict, item=item, by=person_asking().id)
    except NoSpace:
        return Outcome(name, ok=False, message=str(NO_SPACE))
    finally:
        let_go(received)
    message = str(KNOWN if known else TAKEN)
    return Outcome(
        name, ok=True, message=message, document=str(paper.document_id), paper=str(paper.id)
    )


def _back(item: AgendaItem) -> ResponseReturnValue:
    anchor = f"item-{item.id}"
    return redirect(url_for("agenda.prepare", meeting=item.meeting_id, _anchor=anchor), 303)


def register(pages: Pages) -> None:
    """Add the routes of papers."""
    at_paper = "/papers/<uuid:paper>"
    pages.post(
        "/agenda-items/<uuid:item>/papers", needs=Permission.AGENDA_ITEM_PREPARE, writes=False
    )(upload)
    pages.post(f"{at_paper}/release", needs=Permission.PAPER_RELEASE)(release_paper)
    pages.post(f"{at_paper}/recall", needs=Permission.PAPER_RECALL)(recall_paper)
    pages.post(f"{at_paper}/take-back", needs=Permission.PAPER_RECALL)(take_back)
