"""The dossier of a member: scans are taken in, and their pictures given out to its keeper."""

from typing import cast
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.documents.quarantine.services import Draft, TooLarge, examine, infection
from meetings.documents.uploads.forms import NO_SPACE, REFUSALS, TOO_LARGE
from meetings.documents.uploads.views import limits
from meetings.intake import Reason
from meetings.members.dossiers.scans import queries, services
from meetings.members.dossiers.scans.forms import KNOWN, NO_PDF, UNSEEN, ScansForm
from meetings.members.dossiers.scans.queries import WIDTHS
from meetings.models import DossierPage, Member, PieceState
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session, stop_reading
from meetings.web.pages import Pages
from storage import NoSpace

INVALID = 422
PDF = "application/pdf"


class Refused(Exception):
    """A file is not taken; the text says what to do."""


def dossier(member: Member) -> str:
    """Show the scans of a dossier, and how far each is."""
    return _page(member, ScansForm())


def fill(member: Member) -> ResponseReturnValue:
    """Take scans in, each for itself: one that is refused stops no other."""
    form, identity = ScansForm(), member.id
    if not form.validate_on_submit():
        abort(INVALID)
    sent = [file for file in request.files.getlist("files") if file.filename]
    refused: list[str] = [] if sent else [_("Please choose a file.")]
    for file in sent:
        try:
            _taken(cast("Draft", file.stream), str(file.filename), identity)
        except Refused as told:
            refused.append(f"{file.filename}: {told}")
    taken = len(sent) - len(refused) if sent else 0
    if taken:
        flash(ngettext("%(num)d file is being read.", "%(num)d files are being read.", taken))
    if not refused:
        return redirect(url_for("members.dossier", member=identity), 303)
    form.files.errors = refused
    return _page(session().get_one(Member, identity), form), INVALID


def _taken(draft: Draft, name: str, member: UUID) -> None:
    """Take one file through the gate into the dossier; raise Refused."""
    stop_reading()
    try:
        received = draft.received(name)
        verdict = examine(received, limits())
        if verdict.reason:
            raise Refused(str(REFUSALS[verdict.reason]))
        if verdict.media_type != PDF:
            raise Refused(str(NO_PDF))
        if verdict.needs_eyes:
            raise Refused(str(UNSEEN))
        if infection(received, installation().settings.clamav):
            raise Refused(str(REFUSALS[Reason.INFECTED]))
        services.take_in(installation(), received, verdict, member=member, by=person_asking())
    except services.Known:
        raise Refused(str(KNOWN)) from None
    except TooLarge:
        raise Refused(str(TOO_LARGE)) from None
    except NoSpace:
        raise Refused(str(NO_SPACE)) from None
    finally:
        draft.close()


def _page(member: Member, form: ScansForm) -> str:
    return render_template(
        "members/dossiers/dossier.html",
        member=member,
        form=form,
        scans=queries.scans_of(session(), member),
        states=PieceState,
    )


def picture(dossier_page: DossierPage, width: int) -> Response:
    """Give out the picture of a page; it stays out of every store of the browser."""
    if width not in WIDTHS:
        abort(404)
    try:
        content = queries.picture(session(), installation(), dossier_page, width)
    except KeyError:
        abort(404)
    answer = Response(content, mimetype="image/webp")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def register(pages: Pages) -> None:
    """Add the routes of scans."""
    at = "/members/<uuid:member>/dossier"
    pages.get(at, needs=Permission.DOSSIER_READ)(dossier)
    filled = pages.post(at, needs=Permission.DOSSIER_FILL, writes=False, endpoint="fill_dossier")
    filled(fill)
    image = "/dossier-pages/<uuid:dossier_page>/image/<int:width>"
    pages.get(image, needs=Permission.DOSSIER_PAGE, endpoint="dossier_picture")(picture)
