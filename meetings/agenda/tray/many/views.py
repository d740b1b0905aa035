"""Many rows of the tray at once: choose, look at what would change, apply, undo."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import audit, log
from meetings.agenda.queries import numbered_items
from meetings.agenda.tray.many import services
from meetings.agenda.tray.many.forms import ManyForm
from meetings.agenda.tray.queries import Laid, tray_of
from meetings.documents.forms import ACCESS_LEVELS, DOCUMENT_TYPES, WAITS
from meetings.models import AgendaItem, Document, Meeting
from meetings.policy import Permission
from meetings.web.context import address, installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def change_many(meeting: Meeting) -> ResponseReturnValue:
    """Show what would change in the chosen files; change it once that is confirmed."""
    form = many_form(meeting, tray_of(session(), meeting, by=person_asking()))
    if not form.validate_on_submit():
        for errors in form.errors.values():
            flash(str(errors[0]), "warn")
        return _back(meeting)
    chosen = [UUID(file) for file in form.files.data or ()]
    pairs = services.changeable(session(), meeting, chosen, by=person_asking())
    item = session().get_one(AgendaItem, UUID(form.item.data)) if form.item.data else None
    if not (form.wishes or item):
        flash(_("Please fill in what is to change."), "warn")
        return _back(meeting)
    if not form.sure.data:
        return _preview(meeting, form, pairs, item)
    wishes, by = form.wishes, person_asking()
    waits = services.change(session(), installation(), meeting, pairs, wishes, item, by=by)
    _record([document for _file, document in pairs])
    count = len(pairs)
    flash(ngettext("%(num)d paper was changed.", "%(num)d papers were changed.", count), "success")
    if waits:
        flash(WAITS, "warn")
    return _back(meeting)


def undo_many(meeting: Meeting) -> ResponseReturnValue:
    """Take one's last step back."""
    undone = services.undo(session(), installation(), meeting, by=person_asking())
    _record(undone)
    count = len(undone)
    flash(
        ngettext("%(num)d paper is as before.", "%(num)d papers are as before.", count), "success"
    )
    return _back(meeting)


def many_form(meeting: Meeting, laid: Sequence[Laid]) -> ManyForm:
    """Return the form of many files, with what this tray offers."""
    files = [str(file.id) for file in laid if file.document_id is not None]
    form, lines = ManyForm(), numbered_items(session(), meeting)
    titles = {str(item.id): f"{number}. {item.title}" for number, item in lines}
    form.offer(files, titles, by=person_asking())
    return form


def _preview(
    meeting: Meeting, form: ManyForm, pairs: services.Pairs, item: AgendaItem | None
) -> str:
    return render_template(
        "agenda/tray_many.html",
        meeting=meeting,
        form=form,
        pairs=pairs,
        rows=[(name, form[name].label.text, _word(value)) for name, value in form.wishes.items()],
        item=item,
        word=_word,
    )


def _word(value: Any) -> Any:
    """Return how a value is shown: a kind and a level by their words."""
    words: dict[Any, Any] = {**ACCESS_LEVELS} if isinstance(value, int) else {**DOCUMENT_TYPES}
    return words.get(value, value)


def _record(documents: list[Document]) -> None:
    """Write a line of the ledger for each document; the guard writes that of the meeting."""
    for document in documents:
        deed = audit.Deed(
            action=Permission.DOCUMENT_PREPARE.value,
            actor_id=person_asking().id,
            subject_type=type(document).__name__,
            subject_id=str(document.id),
            address=address(),
            request_id=log.request_id.get(),
        )
        audit.record(session(), deed)


def _back(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("agenda.tray", meeting=meeting.id), 303)


def register(pages: Pages) -> None:
    """Add the routes of many files."""
    at, needs = "/meetings/<uuid:meeting>/tray/many", Permission.MEETING_INTAKE
    pages.post(at, needs=needs)(change_many)
    pages.post(f"{at}/undo", needs=needs)(undo_many)
