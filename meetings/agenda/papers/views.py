"""Papers of an item: taken in file by file, released, recalled, taken back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda import queries, services
from meetings.agenda.papers import services as services_of_papers
from meetings.agenda.papers.forms import COMMENTED, KNOWN, TAKEN, AppendixForm
from meetings.agenda.papers.services import take_in
from meetings.documents.forms import WAITS
from meetings.documents.quarantine.services import Received
from meetings.documents.uploads import views as uploads
from meetings.documents.uploads.services import Outcome
from meetings.documents.uploads.views import Shelf
from meetings.intake import Verdict
from meetings.models import AgendaItem, AgendaPaper
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def upload(item: AgendaItem) -> ResponseReturnValue:
    """Take in the files of the form."""
    outcomes = uploads.sent_files(_shelf(item))
    if request.accept_mimetypes.best == "application/json":
        return uploads.told_of_all(outcomes)
    for outcome in outcomes:
        flash(f"{outcome.name}: {outcome.message}", "success" if outcome.ok else "error")
    if not outcomes:
        flash(_("Please choose at least one file."), "warn")
    return _back(item)


def begin_upload(item: AgendaItem) -> ResponseReturnValue:
    """Begin to take in a file in chunks."""
    return uploads.begin(item.id)


def add_chunk(item: AgendaItem) -> ResponseReturnValue:
    """Take in the next chunk of a file."""
    return uploads.add_chunk(item.id, _shelf(item))


def standing_of_upload(item: AgendaItem) -> ResponseReturnValue:
    """Tell how far a file is."""
    return uploads.standing(item.id)


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
    if services_of_papers.is_commented(session(), paper):
        flash(COMMENTED, "warn")
    else:
        services.take_back(session(), paper)
    return _back(item)


def appendix(paper: AgendaPaper) -> ResponseReturnValue:
    """File a paper as an appendix of another of its item."""
    lines = queries.agenda_of(session(), paper.item.meeting, user=person_asking())
    laid = next(line.papers for line in lines if line.item.id == paper.item_id)
    mains = {str(p.id): p for p in laid if p.id != paper.id and p.appendix_of is None}
    form = AppendixForm(main=str(paper.appendix_of or ""))
    form.offer({key: main.title for key, main in mains.items()})
    if form.validate_on_submit():
        known = mains.get(form.main.data)
        main = session().get_one(AgendaPaper, known.id) if known else None
        services_of_papers.attach(session(), paper, main)
        return _back(paper.item)
    heading, about = _("File as an appendix"), paper.document.title
    page = render_template(
        "agenda/access_form.html",
        form=form,
        heading=heading,
        about=about,
        meeting=paper.item.meeting,
    )
    return page, INVALID if form.is_submitted() else 200


def _shelf(item: AgendaItem) -> Shelf:
    """Return what lays accepted files before an item."""
    place = item.id

    def keep(received: Received, verdict: Verdict) -> Outcome:
        by = person_asking().id  # a clerk who declared it need not be its sender
        document, paper, known = take_in(installation(), received, verdict, item=place, by=by)
        if paper is None:
            return Outcome(received.name, ok=True, message=str(WAITS), document=str(document.id))
        message, identity = str(KNOWN if known else TAKEN), str(document.id)
        return Outcome(
            received.name, ok=True, message=message, document=identity, paper=str(paper.id)
        )

    return Shelf(item.meeting_id, keep)


def _back(item: AgendaItem) -> ResponseReturnValue:
    anchor = f"item-{item.id}"
    return redirect(url_for("agenda.prepare", meeting=item.meeting_id, _anchor=anchor), 303)


def register(pages: Pages) -> None:
    """Add the routes of papers."""
    at_paper = "/papers/<uuid:paper>"
    at_item, prepares = "/agenda-items/<uuid:item>", Permission.AGENDA_ITEM_PREPARE
    pages.post(f"{at_item}/papers", needs=prepares, writes=False)(upload)
    pages.post(f"{at_item}/uploads", needs=prepares, writes=False)(begin_upload)
    pages.get(f"{at_item}/uploads", needs=prepares)(standing_of_upload)
    pages.post(f"{at_item}/uploads/chunks", needs=prepares, writes=False)(add_chunk)
    pages.post(f"{at_paper}/release", needs=Permission.PAPER_RELEASE)(release_paper)
    pages.post(f"{at_paper}/recall", needs=Permission.PAPER_RECALL)(recall_paper)
    pages.form(f"{at_paper}/appendix", needs=Permission.PAPER_ACCESS)(appendix)
    pages.post(f"{at_paper}/take-back", needs=Permission.PAPER_RECALL)(take_back)
