"""Taking the papers of a meeting along as one file."""

from flask import Response, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from meetings.documents.copies.services import new_stamp, note_pack
from meetings.documents.copies.views import PDF, made_or_refused
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.press.stamp import Stamp
from meetings.reader.bundle import queries, services
from meetings.reader.bundle.queries import Bundle
from meetings.web.context import installation, person_asking, session, write_apart
from meetings.web.files import never_kept
from meetings.web.pages import Pages


def pack(meeting: Meeting) -> ResponseReturnValue:
    """Give out the papers of a meeting that the person asking may take along, bound as one."""
    bundle = queries.bundle_of(session(), meeting, by=person_asking())
    if not bundle.leaves:
        flash(_("There is no paper yet that you may take along."), "warn")
        return redirect(url_for("reader.book", meeting=meeting.id), 303)
    return _bound(bundle, new_stamp(session(), by=person_asking()))


def _bound(bundle: Bundle, stamp: Stamp) -> Response:
    made = made_or_refused(lambda: services.bound(installation(), bundle, stamp))
    who = person_asking()

    def change(writing: Session) -> None:
        papers = [leaf.paper.document_id for leaf in bundle.leaves]
        note_pack(writing, stamp, bundle.meeting, papers, by=who)

    write_apart(change)
    answer = send_file(made, mimetype=PDF)
    return never_kept(answer, f"{bundle.meeting.title[:80]} {stamp.code}.pdf")


def register(pages: Pages) -> None:
    """Add the route of the bundle."""
    pages.get("/meetings/<uuid:meeting>/pack", needs=Permission.MEETING_PACK)(pack)
