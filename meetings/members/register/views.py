"""The register of a body: on a page, and as a file to take along or to print."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask import session as visit
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.members.register import queries
from meetings.members.register.forms import COLUMNS, RegisterForm, line
from meetings.members.reports.attention.queries import counts
from meetings.models import Body
from meetings.paging import ROWS, leaf
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session
from meetings.web.exports import asked_ending, list_file
from meetings.web.pages import Pages

ENDINGS = ("xlsx", "csv", "pdf")
PRINTED = 5_000
"""Lines that are typeset; a longer list is printed body by body."""
COUNTED = 5_000
"""Members of whom the page itself counts how many wait for something; of more it would be slow."""
SOUGHT = "member_words"
"""Where the words are kept between the form and the list: with the visit, in no address."""


def registers() -> str:
    """Show the bodies whose register the person asking may open."""
    words = request.args.get("q", "")
    found = queries.registers(session(), by=person_asking(), words=words)
    return render_template(
        "members/registers.html",
        leaf=leaf(found, request.args.get("page", 1, type=int)),
        words=words,
    )


def listed(body: Body) -> str:
    """Show the fourteen columns of a body's members."""
    asked = _asked(body)
    found = queries.register_of(session(), body, asked, by=person_asking())
    first = (found.page - 1) * ROWS + 1
    return render_template(
        "members/register.html",
        body=body,
        asked=asked,
        form=RegisterForm(obj=asked),
        leaf=found,
        columns=[label for _name, label in COLUMNS],
        lines=[(one, line(number, one)) for number, one in enumerate(found.rows, start=first)],
        endings=[one for one in ENDINGS if one != "pdf" or found.total <= PRINTED],
        waiting=_waiting(body) if found.total <= COUNTED else 0,
    )


def _waiting(body: Body) -> int:
    return sum(counts(session(), body, by=person_asking()).values())


def narrow(body: Body) -> ResponseReturnValue:
    """Take what the register is narrowed down to; names travel in no address."""
    form = RegisterForm()
    words = (form.words.data or "") if form.validate_on_submit() else ""
    visit[SOUGHT] = {"body": str(body.id), "words": words}
    asked = {"standing": form.standing.data or None, "sort": form.sort.data}
    found = 1 if words else None
    return redirect(url_for("members.listed", body=body.id, found=found, **asked), 303)


def _asked(body: Body) -> queries.Asked:
    """Return what the address asks for, and the words that were typed before it."""
    sought = visit.get(SOUGHT, {})
    typed = sought.get("words", "") if sought.get("body") == str(body.id) else ""
    return queries.Asked(
        words=typed if request.args.get("found") else "",
        standing=request.args.get("standing", ""),
        sort=request.args.get("sort", "name"),
        page=request.args.get("page", 1, type=int),
    )


def taken(body: Body) -> Response:
    """Give out the register as a file, as it was narrowed down."""
    if asked_ending() not in ENDINGS:
        abort(404)
    found = queries.whole_register(session(), body, _asked(body), by=person_asking())
    title = _("Register of members: %(body)s", body=body.name)
    rows = [line(number, one) for number, one in enumerate(found, start=1)]
    if asked_ending() == "pdf" and len(rows) > PRINTED:
        abort(404)
    columns = [str(label) for _name, label in COLUMNS]
    return list_file(Sheet(title, columns, rows), "so-danh-sach")


def register(pages: Pages) -> None:
    """Add the routes of the register."""
    at = "/bodies/<uuid:body>/members"
    needs = Permission.MEMBER_LIST
    pages.get("/members", needs=Permission.MEMBERS_READ)(registers)
    pages.get(at, needs=needs)(listed)
    pages.post(f"{at}/search", needs=needs, writes=False)(narrow)
    pages.get(f"{at}/file", needs=needs)(taken)
