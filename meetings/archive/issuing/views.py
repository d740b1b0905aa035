"""The archivist's page that issues a document."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.archive.issuing.forms import IssueForm
from meetings.documents.forms import WAITS
from meetings.documents.issuing import queries, services
from meetings.documents.issuing.queries import Circulation
from meetings.documents.issuing.services import Facts
from meetings.models import Document
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def issue(document: Document) -> ResponseReturnValue:
    """Issue a document: number, date, signer, and to whom it goes."""
    by = person_asking()
    known = queries.circulation_of(session(), document)
    proposed = known or queries.proposed_circulation(session(), document, by=by)
    form = _form(document, proposed)
    if form.validate_on_submit():
        facts = Facts(form.symbol.data or "", form.issued_on.data, form.signer.data or "")
        waits = services.issue(
            session(), document, facts, form.circulation, drafts=form.chosen_drafts, by=by
        )
        flash(WAITS if waits else _("The document is issued."), "success")
        return redirect(url_for("archive.record", document=document.id), 303)
    page = render_template(
        "archive/issue.html",
        document=document,
        form=form,
        issued=known is not None,
        read=queries.recipients_read(session(), document),
    )
    return page, 422 if request.method == "POST" else 200


def _form(document: Document, circulation: Circulation) -> IssueForm:
    by = person_asking()
    drafts = queries.drafts_of(session(), document, by=by)
    chosen = {draft.id for draft in drafts}
    offered = queries.drafts_to_choose(session(), document, by=by)
    data: dict[str, Any] = {
        "symbol": document.symbol,
        "issued_on": document.issued_on,
        "signer": document.signer,
        "reach": circulation.reach.value,
        "bodies": [str(body) for body in circulation.bodies],
        "people": [str(person) for person in circulation.people],
        "drafts": [str(draft) for draft in chosen],
    }
    return IssueForm(
        bodies=queries.bodies_to_choose(session(), by=by),
        people=queries.people_to_choose(session(), by=by),
        drafts=[*drafts, *(draft for draft in offered if draft.id not in chosen)],
        data=data,
    )


def register(pages: Pages) -> None:
    """Add the routes of issuing."""
    pages.form("/documents/<uuid:document>/issue", needs=Permission.DOCUMENT_ISSUE)(issue)
