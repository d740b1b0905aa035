"""A person's own notes: as pages, and as what their tablet keeps and sends."""

from flask import Response, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.models import AgendaItem, Document, Note
from meetings.policy import Permission
from meetings.reader.moving.strokes import SIDE, frame_of, points_of
from meetings.reader.notes import operations, queries, services
from meetings.reader.notes.export.queries import papers_with_notes
from meetings.reader.notes.forms import NoteForm, OperationsForm
from meetings.reader.notes.keeping.queries import warning
from meetings.reader.notes.sending.queries import unread_count
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def mine() -> str:
    """List all that the person asking wrote."""
    written = queries.written_notes(session(), by=person_asking())
    return render_template(
        "reader/notes/mine.html",
        written=written,
        papers=papers_with_notes(session(), by=person_asking()),
        unread=unread_count(session(), by=person_asking()),
        warned=warning(session(), by=person_asking()),
    )


def at_item(item: AgendaItem) -> ResponseReturnValue:
    """Show one's notes at an agenda item and take another."""
    form = NoteForm()
    if form.validate_on_submit():
        services.write(session(), item, form.text.data or "", by=person_asking())
        flash(_("Your note was kept."))
        return redirect(url_for("reader.notes_at_item", item=item.id), 303)
    notes = queries.notes_of_item(session(), item, by=person_asking())
    page = render_template("reader/notes/item.html", form=form, item=item, notes=notes)
    return page, 422 if form.errors else 200


def change(note: Note) -> ResponseReturnValue:
    """Show one of one's notes and take its new words."""
    form = NoteForm(text=note.text)
    if form.validate_on_submit():
        services.rewrite(note, form.text.data or "")
        flash(_("Your note was kept."))
        return redirect(url_for("reader.notes"), 303)
    page = render_template("reader/notes/change.html", form=form, note=note)
    return page, 422 if form.errors else 200


def delete(note: Note) -> ResponseReturnValue:
    """Delete one of one's notes."""
    services.delete(note)
    flash(_("Your note was deleted."))
    return redirect(url_for("reader.notes"), 303)


def of_document(document: Document) -> Response:
    """Give out one's notes on a document."""
    return jsonify(notes=queries.notes_of_document(session(), document, by=person_asking()))


def left(document: Document) -> str:
    """List one's notes that stand nowhere in the version that is read now."""
    notes = queries.left_behind(session(), document, by=person_asking())
    return render_template("reader/notes/left.html", document=document, notes=notes)


def take() -> ResponseReturnValue:
    """Take the changes that a tablet made with or without a network."""
    form = OperationsForm()
    if not form.validate_on_submit():
        return jsonify(error=422), 422
    try:
        sent = operations.read(form.operations.data or "")
    except operations.Unreadable:
        return jsonify(error=422), 422
    services.apply(session(), sent, by=person_asking())
    return jsonify(done=[str(one.id) for one in sent])


def sketch_frame(lines: list[list[int]]) -> str:
    """Return the part of the page that strokes need, as a drawing's frame."""
    frame = frame_of([point for line in lines for point in points_of(line)])
    sides = (frame.left - 0.02, frame.top - 0.02, frame.width + 0.04, frame.height + 0.04)
    return " ".join(str(round(side * SIDE)) for side in sides)


def sketch_path(line: list[int]) -> str:
    """Return a stroke as the path of a drawing."""
    x, y, *steps = line
    return f"M{x} {y}l{' '.join(map(str, steps or [1, 0]))}"


def register(pages: Pages) -> None:
    """Add the routes of the notes."""
    for draw in (sketch_frame, sketch_path):
        pages.blueprint.add_app_template_filter(draw)
    use, keep = Permission.ACCOUNT_USE, Permission.NOTE_KEEP
    at_items, on_pages = Permission.AGENDA_ITEM_NOTE, Permission.DOCUMENT_BOOKMARK
    pages.get("/notes", needs=use, endpoint="notes")(mine)
    pages.post("/notes/operations", needs=use, endpoint="note_operations")(take)
    pages.form("/notes/<uuid:note>", needs=keep, endpoint="note")(change)
    pages.post("/notes/<uuid:note>/delete", needs=keep, endpoint="delete_note")(delete)
    pages.form("/items/<uuid:item>/notes", needs=at_items, endpoint="notes_at_item")(at_item)
    left_at = "/documents/<uuid:document>/notes/left"
    pages.get(left_at, needs=on_pages, endpoint="notes_left")(left)
    pages.get("/documents/<uuid:document>/notes", needs=on_pages, endpoint="document_notes")(
        of_document
    )
