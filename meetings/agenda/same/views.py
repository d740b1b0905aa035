"""A paper beside those it looks like, and the four things that can be done."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import audit, log, policy
from meetings.agenda.papers.forms import COMMENTED
from meetings.agenda.same import forms, services
from meetings.agenda.same.forms import ChoiceForm
from meetings.agenda.same.services import StillCommented
from meetings.documents.destruction.services import StillReleased
from meetings.documents.forms import DOCUMENT_TYPES
from meetings.documents.queries import current_version, pages_of
from meetings.documents.sameness.queries import Twin, twins_of
from meetings.models import Document, SameChoice
from meetings.policy import Permission
from meetings.web.addresses import next_page
from meetings.web.context import address, installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422
CHANGES_OTHER = {SameChoice.VERSION, SameChoice.REPLACE}


def same(document: Document) -> ResponseReturnValue:
    """Show a paper beside those it looks like; carry out what is chosen."""
    twins = twins_of(session(), [document.id], by=person_asking()).get(document.id, ())
    back = next_page(url_for("reader.read", document=document.id))
    if request.method == "POST":
        return _decide(document, twins, back)
    version = current_version(session(), document)
    pages = pages_of(session(), version) if version else ()
    return render_template(
        "agenda/same.html",
        document=document,
        version=version,
        first_page=pages[0].id if pages else None,
        twins=twins,
        types=DOCUMENT_TYPES,
        back=back,
    )


def _decide(document: Document, twins: Sequence[Twin], back: str) -> ResponseReturnValue:
    form = ChoiceForm()
    known = {str(twin.id): twin for twin in twins}
    form.other.choices = [(key, twin.title) for key, twin in known.items()]
    if not form.validate_on_submit():
        abort(INVALID)
    choice, twin = form.choice.data, known[form.other.data]
    needs = Permission.DOCUMENT_PREPARE if choice in CHANGES_OTHER else Permission.DOCUMENT_READ
    other = policy.permitted(session(), person_asking(), needs, twin.id) or abort(404)
    try:
        services.decide(session(), installation(), document, other, choice, by=person_asking())
    except StillReleased:
        flash(_("One of the papers is released; please recall it first."), "error")
        return redirect(back, 303)
    except StillCommented:
        flash(COMMENTED, "error")
        return redirect(back, 303)
    _record(other, choice)
    flash(str(forms.DONE[choice]), "success")
    return redirect(back, 303)


def _record(other: Document, choice: SameChoice) -> None:
    """Write that the other document was meant too; the guard writes the one of the address."""
    deed = audit.Deed(
        action=Permission.DOCUMENT_PREPARE.value,
        actor_id=person_asking().id,
        subject_type=type(other).__name__,
        subject_id=str(other.id),
        address=address(),
        request_id=log.request_id.get(),
        detail={"choice": choice.value},
    )
    audit.record(session(), deed)


def register(pages: Pages) -> None:
    """Add the route of papers that look the same, and its words for templates."""
    needs = Permission.DOCUMENT_PREPARE
    pages.form("/documents/<uuid:document>/same", needs=needs)(same)
    pages.blueprint.app_template_global("same_words")(lambda: forms)
    pages.blueprint.app_template_global("twins")(_twins)


def _twins(document: Document) -> Sequence[Twin]:
    """Return what one document looks like, for its own pages."""
    return twins_of(session(), [document.id], by=person_asking()).get(document.id, ())
