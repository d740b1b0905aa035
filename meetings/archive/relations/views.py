"""The archivist's page about what a document does to others, and from when until when it holds."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from meetings.archive.relations.forms import DecisionForm, ForceForm, RelationForm
from meetings.documents.forms import RELATIONS
from meetings.documents.relations import services
from meetings.documents.relations.queries import links_from, links_to
from meetings.models import Document, RelationKind
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def relations(document: Document) -> ResponseReturnValue:
    """Show the relations of a document, and take a new one."""
    form, by = RelationForm(), person_asking()
    if form.validate_on_submit():
        found = services.find_target(session(), document, form.symbol.data or "", by=by)
        target = form.settle(found)
        if target:
            kind = RelationKind(form.kind.data)
            since = form.since.data
            services.relate(session(), document, target, kind, since=since, by=by)
            return _back(document)
    return _show(document, form, ForceForm(data=_force(document)))


def decide(document: Document) -> ResponseReturnValue:
    """Confirm, change or reject a relation that is there."""
    by = person_asking()
    links = links_from(session(), document, by=by, proposed=True)
    form = DecisionForm(links)
    if not form.validate_on_submit():
        abort(INVALID)
    target = next(link.document for link in links if link.document.id == UUID(form.target.data))
    if form.deed.data == "reject":
        services.reject(session(), document, target, by=by)
    else:
        services.relate(session(), document, target, RelationKind(form.kind.data), by=by)
    return _back(document)


def propose(document: Document) -> ResponseReturnValue:
    """Look again for stored documents that this one cites."""
    found = services.propose(session(), document)
    flash(ngettext("%(num)d new proposal.", "%(num)d new proposals.", found), "success")
    return _back(document)


def force(document: Document) -> ResponseReturnValue:
    """Say from when until when a document holds."""
    form = ForceForm()
    if not form.validate_on_submit():
        return _show(document, RelationForm(formdata=None), form)
    services.set_force(session(), document, start=form.start.data, end=form.end.data)
    return _back(document)


def _show(document: Document, form: RelationForm, force_form: ForceForm) -> ResponseReturnValue:
    by = person_asking()
    page = render_template(
        "archive/relations.html",
        document=document,
        form=form,
        force=force_form,
        does=links_from(session(), document, by=by, proposed=True),
        suffers=links_to(session(), document, by=by, proposed=True),
        relations=RELATIONS,
    )
    return page, INVALID if request.method == "POST" else 200


def _force(document: Document) -> dict[str, object]:
    return {"start": document.in_force_from, "end": document.in_force_until}


def _back(document: Document) -> ResponseReturnValue:
    return redirect(url_for("archive.relations", document=document.id), 303)


def register(pages: Pages) -> None:
    """Add the routes of relations."""
    at, needs = "/documents/<uuid:document>/relations", Permission.DOCUMENT_RELATE
    pages.form(at, needs=needs)(relations)
    pages.post(f"{at}/decide", needs=needs)(decide)
    pages.post(f"{at}/propose", needs=needs)(propose)
    pages.post(f"{at}/force", needs=needs)(force)
