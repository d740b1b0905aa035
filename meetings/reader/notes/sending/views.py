"""Pages on which notes are sent, and those of what came and what was sent."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.models import Document, Note, Sending
from meetings.policy import Permission
from meetings.reader.notes.queries import note_marked, notes_on_page
from meetings.reader.notes.sending import queries, services
from meetings.reader.notes.sending.forms import SendForm
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def send(note: Note) -> ResponseReturnValue:
    """Ask to whom a copy of a note goes, and send it."""
    who = person_asking()
    if note.deleted_at:
        abort(404)
    form = SendForm(queries.receivers_of(session(), note, by=who))
    if form.validate_on_submit():
        for receiver in form.chosen:
            copy = queries.copy_of(session(), note, by=who)
            services.send(session(), [copy], receiver, by=who)
        count = len(form.chosen)
        flash(ngettext("A copy was sent.", "%(num)d copies were sent.", count), "success")
        return redirect(url_for("reader.sent_notes"), 303)
    shown = queries.shown_before(session(), note, by=who)
    page = render_template("reader/notes/send.html", form=form, shown=shown)
    return page, 422 if form.errors else 200


def choose(document: Document) -> ResponseReturnValue:
    """Lead to the note that a tablet names, or list one's notes on a page to choose from."""
    mark, who = request.args.get("mark", ""), person_asking()
    note = note_marked(session(), mark, by=who) if mark else None
    if note:
        return redirect(url_for("reader.send_note", note=note.id), 303)
    number = request.args.get("page", 1, type=int)
    notes = notes_on_page(session(), document, number, by=who)
    return render_template(
        "reader/notes/choose.html", document=document, number=number, notes=notes
    )


def received() -> str:
    """List the notes that came."""
    return _list("received", queries.received(session(), by=person_asking()))


def sent() -> str:
    """List what the person asking sent."""
    return _list("sent", queries.sent(session(), by=person_asking()))


def _list(which: str, parcels: list[queries.Parcel]) -> str:
    unread = queries.unread_count(session(), by=person_asking())
    return render_template(f"reader/notes/{which}.html", parcels=parcels, unread=unread)


def open_(sending: Sending) -> ResponseReturnValue:
    """Open a note that came."""
    services.open_(session(), sending, by=person_asking())
    return redirect(url_for("reader.received_notes", _anchor=f"sending-{sending.id}"), 303)


def withdraw(sending: Sending) -> ResponseReturnValue:
    """Take back what was sent, unless it was read."""
    if services.withdraw(session(), sending, by=person_asking()):
        flash(_("The copy was taken back. Nobody has read it."), "success")
    else:
        flash(_("It was read already and cannot be taken back."), "warn")
    return redirect(url_for("reader.sent_notes"), 303)


def register(pages: Pages) -> None:
    """Add the routes of notes that are sent."""
    use, on_pages = Permission.ACCOUNT_USE, Permission.DOCUMENT_BOOKMARK
    pages.form("/notes/<uuid:note>/send", needs=Permission.NOTE_SEND, endpoint="send_note")(send)
    pages.get(
        "/documents/<uuid:document>/notes/send", needs=on_pages, endpoint="choose_note_to_send"
    )(choose)
    pages.get("/notes/received", needs=use, endpoint="received_notes")(received)
    pages.get("/notes/sent", needs=use, endpoint="sent_notes")(sent)
    sending = "/sendings/<uuid:sending>"
    pages.post(f"{sending}/open", needs=Permission.NOTE_OPEN, endpoint="open_sending")(open_)
    pages.post(f"{sending}/withdraw", needs=Permission.NOTE_WITHDRAW, endpoint="withdraw_sending")(
        withdraw
    )
