"""What a dossier lacks, and what the dossiers of a body lack: on a page and as a file."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.members.dossiers.gaps import queries, services
from meetings.members.dossiers.gaps.forms import MARKS, PRESENCES, changed
from meetings.members.dossiers.gaps.queries import Gap
from meetings.models import Body, Member
from meetings.paging import leaf
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session
from meetings.web.exports import asked_ending, list_file
from meetings.web.pages import Pages

INVALID = 422
ENDINGS = ("xlsx", "csv", "pdf")


def kinds(member: Member) -> str:
    """Show how each of the 104 kinds stands in a dossier."""
    lines = queries.lines_of(session(), member)
    return render_template(
        "members/dossiers/kinds.html",
        member=member,
        lines=lines,
        missing=queries.missing(lines),
        said=services.marks_of(session(), member),
        marks=MARKS,
        presences=PRESENCES,
    )


def mark(member: Member) -> ResponseReturnValue:
    """Keep what the keeper says of kinds."""
    try:
        marks = changed(request.form)
    except ValueError:
        abort(INVALID)
    services.mark(session(), member, marks, by=person_asking())
    flash(_("Saved."), "success")
    return redirect(url_for("members.dossier_kinds", member=member.id), 303)


def gaps(body: Body) -> str:
    """Show the members of a body whose dossiers lack something of the first priority."""
    every, found = _asked(body)
    return render_template(
        "members/dossiers/gaps.html",
        body=body,
        leaf=leaf(found, request.args.get("page", 1, type=int)),
        everybody=_is_everybody(),
        complete=sum(not gap.missing for gap in every),
        count=len(every),
        endings=ENDINGS,
    )


def taken(body: Body) -> Response:
    """Give out the list as a file."""
    if asked_ending() not in ENDINGS:
        abort(404)
    _every, found = _asked(body)
    columns = [
        _("No."),
        _("Full name in use"),
        _("Body"),
        _("Papers"),
        _("Pieces still to be looked at"),
        _("Missing of priority 1"),
    ]
    rows = [_row(number, gap) for number, gap in enumerate(found, 1)]
    title = _("Missing of priority 1: %(body)s", body=body.name)
    return list_file(Sheet(title, columns, rows), "con-thieu-uu-tien-1")


def _row(number: int, gap: Gap) -> list[str]:
    named = "; ".join(f"{kind.number:02d}. {kind.title}" for kind in gap.missing)
    who = [str(number), gap.member.full_name, gap.member.body.name]
    return [*who, str(gap.papers), str(gap.waiting), named]


def _asked(body: Body) -> tuple[list[Gap], list[Gap]]:
    """Return everybody of a body, and those who are asked for."""
    every = queries.gaps_of(session(), body, by=person_asking())
    return every, every if _is_everybody() else [gap for gap in every if gap.missing]


def _is_everybody() -> bool:
    return request.args.get("all") == "1"


def register(pages: Pages) -> None:
    """Add the routes of what is missing."""
    own = "/members/<uuid:member>/dossier/kinds"
    pages.get(own, needs=Permission.DOSSIER_READ, endpoint="dossier_kinds")(kinds)
    pages.post(own, needs=Permission.DOSSIER_FILL, endpoint="mark_kinds")(mark)
    at, needs = "/bodies/<uuid:body>/dossiers", Permission.DOSSIERS_COUNT
    pages.get(at, needs=needs, endpoint="dossier_gaps")(gaps)
    pages.get(f"{at}/file", needs=needs, endpoint="dossier_gaps_taken")(taken)
