"""The tray of a meeting: drop many files, see where each belongs, correct, go on to release."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import paging
from meetings.agenda.inbox.views import ways_to
from meetings.agenda.papers.forms import TAKEN
from meetings.agenda.queries import numbered_items
from meetings.agenda.tray import services
from meetings.agenda.tray.forms import AssignForm, FileForm
from meetings.agenda.tray.many import views as many
from meetings.agenda.tray.many.services import last_step
from meetings.agenda.tray.queries import Laid, file_of, tray_of
from meetings.documents.declarations.views import waiting_for
from meetings.documents.forms import CERTAINTIES
from meetings.documents.quarantine.services import Received
from meetings.documents.sameness.queries import twins_of
from meetings.documents.uploads import views as uploads
from meetings.documents.uploads.forms import REFUSALS
from meetings.documents.uploads.services import Outcome
from meetings.documents.uploads.views import Shelf
from meetings.intake import Reason, Verdict
from meetings.intake.scanner import signatures_of
from meetings.models import AgendaItem, Certainty, Meeting, TrayFile
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def tray(meeting: Meeting) -> str:
    """Show the files of a tray, and where each seems to belong."""
    return render_template("agenda/tray.html", **_page(meeting))


def fill_tray(meeting: Meeting) -> ResponseReturnValue:
    """Take the files of the form into the tray."""
    outcomes = uploads.sent_files(_shelf(meeting))
    if request.accept_mimetypes.best == "application/json":
        return uploads.told_of_all(outcomes)
    if not outcomes:
        flash(_("Please choose at least one file."), "warn")
    return _back(meeting)


def begin_tray_upload(meeting: Meeting) -> ResponseReturnValue:
    """Begin to take in a file in chunks."""
    return uploads.begin(meeting.id)


def add_tray_chunk(meeting: Meeting) -> ResponseReturnValue:
    """Take in the next chunk of a file."""
    return uploads.add_chunk(meeting.id, _shelf(meeting))


def standing_of_tray_upload(meeting: Meeting) -> ResponseReturnValue:
    """Tell how far a file is."""
    return uploads.standing(meeting.id)


def missing_from_tray(meeting: Meeting) -> ResponseReturnValue:
    """Tell which files a browser began to send that never came, so that they are sent again."""
    return uploads.missing(meeting.id, {file.file_name for file in _files(meeting)})


def assign_file(meeting: Meeting) -> ResponseReturnValue:
    """Place a file before an item."""
    form = AssignForm()
    form.offer([str(file.id) for file in _files(meeting)], _titles(meeting))
    if not form.validate_on_submit():
        abort(INVALID)
    item = session().get_one(AgendaItem, UUID(form.item.data)) if form.item.data else None
    file = _file(meeting, form)
    services.assign(session(), file, item, by=person_asking())
    return _back(meeting, file)


def remove_file(meeting: Meeting) -> ResponseReturnValue:
    """Take a file out of the tray; its document lies in the bin from then on."""
    form = FileForm()
    form.file.choices = [(str(file.id), "") for file in _files(meeting)]
    if not form.validate_on_submit():
        abort(INVALID)
    file = _file(meeting, form)
    name, refused = file.file_name, file.reason is not None
    services.remove(session(), file, by=person_asking())
    if not refused:
        flash(_("“%(name)s” lies in the bin now; it can be taken out again.", name=name), "success")
    return _back(meeting)


def clear_tray(meeting: Meeting) -> ResponseReturnValue:
    """Empty the tray of what is settled."""
    services.clear(session(), meeting)
    return _back(meeting)


def _shelf(meeting: Meeting) -> Shelf:
    """Return what keeps accepted files in a tray and notes the refused ones there.

    Of a file that waited, another clerk than its sender may be the one who receives it.
    """
    place = meeting.id

    def keep(received: Received, verdict: Verdict) -> Outcome:
        by = person_asking().id
        document = services.take_in(installation(), received, verdict, meeting=place, by=by)
        return Outcome(received.name, ok=True, message=str(TAKEN), document=str(document))

    def turn_away(received: Received, reason: Reason) -> None:
        services.note_refusal(installation(), received, reason, meeting=place)

    return Shelf(place, keep, turn_away)


def _page(meeting: Meeting) -> dict[str, Any]:
    files = _files(meeting)
    accepted = [file for file in files if file.reason is None]
    counts = {kind: sum(file.certainty is kind for file in accepted) for kind in Certainty}
    asked = _asked()
    shown = [file for file in accepted if asked["show"] in {None, file.certainty.value}]
    leaf = paging.leaf(shown, asked["page"] or 1)
    documents = [file.document_id for file in leaf.rows if file.document_id]
    return {
        "meeting": meeting,
        "files": accepted,
        "leaf": leaf,
        "asked": asked,
        "refused": [file for file in files if file.reason is not None],
        "refusals": {reason.value: text for reason, text in REFUSALS.items()},
        "counts": counts,
        "bytes": sum(file.size for file in accepted),
        "items": _titles(meeting),
        "certainties": CERTAINTIES,
        "many": many.many_form(meeting, files),
        "can_undo": last_step(session(), meeting, by=person_asking()) is not None,
        "twins_of_files": twins_of(session(), documents, by=person_asking()),
        "undeclared": waiting_for(meeting.id),
        "ways": ways_to(meeting),
        "signatures": signatures_of(installation().settings.clamav),
    }


def _asked() -> dict[str, Any]:
    """Return which part of the tray is looked at; what is not asked for stays out of addresses."""
    show = request.args.get("show")
    known = {kind.value for kind in Certainty}
    page = request.args.get("page", type=int)
    return {"show": show if show in known else None, "page": page}


def _files(meeting: Meeting) -> list[Laid]:
    return tray_of(session(), meeting, by=person_asking())


def _titles(meeting: Meeting) -> dict[str, str]:
    lines = numbered_items(session(), meeting)
    return {str(item.id): f"{number}. {item.title}" for number, item in lines}


def _file(meeting: Meeting, form: FileForm) -> TrayFile:
    return file_of(session(), meeting, UUID(form.file.data), by=person_asking()) or abort(404)


def _back(meeting: Meeting, moved: TrayFile | None = None) -> ResponseReturnValue:
    """Return to the tray; a script is told of the file it moved, or of all files."""
    if request.accept_mimetypes.best == "application/json":
        told = [file for file in _files(meeting) if moved is None or file.id == moved.id]
        return jsonify(files=[asdict(file) for file in told])
    return redirect(url_for("agenda.tray", meeting=meeting.id, **_asked()), 303)


def register(pages: Pages) -> None:
    """Add the routes of the tray."""
    at_tray, takes_in = "/meetings/<uuid:meeting>/tray", Permission.MEETING_INTAKE
    pages.get(at_tray, needs=Permission.MEETING_PREPARE)(tray)
    pages.post(at_tray, needs=takes_in, writes=False)(fill_tray)
    pages.post(f"{at_tray}/uploads", needs=takes_in, writes=False)(begin_tray_upload)
    pages.get(f"{at_tray}/uploads", needs=takes_in)(standing_of_tray_upload)
    pages.post(f"{at_tray}/uploads/missing", needs=takes_in, writes=False)(missing_from_tray)
    pages.post(f"{at_tray}/uploads/chunks", needs=takes_in, writes=False)(add_tray_chunk)
    pages.post(f"{at_tray}/assign", needs=takes_in)(assign_file)
    pages.post(f"{at_tray}/remove", needs=takes_in)(remove_file)
    many.register(pages)
    pages.post(f"{at_tray}/clear", needs=takes_in)(clear_tray)
