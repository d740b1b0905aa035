"""The lists of what waits, on a page and as files."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetings.members.reports.attention import queries
from meetings.members.reports.attention.queries import Matter, Waiting
from meetings.models import Body
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session
from meetings.web.exports import asked_ending, list_file
from meetings.web.pages import Pages

ENDINGS = ("xlsx", "csv", "pdf")
EVERYBODY = 1_000_000
MATTERS: Mapping[Matter, Any] = {
    Matter.PROBATION: lazy_gettext("Probation ending"),
    Matter.SENT: lazy_gettext("Sent and received nowhere yet"),
    Matter.SUPPLEMENT: lazy_gettext("Record not supplemented for a year"),
}
DAYS: Mapping[Matter, Any] = {
    Matter.PROBATION: lazy_gettext("Twelve months are over on"),
    Matter.SENT: lazy_gettext("Sent on"),
    Matter.SUPPLEMENT: lazy_gettext("Last supplemented on"),
}
RULES: Mapping[Matter, Any] = {
    Matter.PROBATION: lazy_gettext(
        "Probationary members whose twelve months end within 60 days or ended already. They go"
        " from the list once their recognition, or their striking off, is recorded."
    ),
    Matter.SENT: lazy_gettext(
        "Members who were sent elsewhere and whom no body received. They go from the list once a"
        " body of the register receives them, or the answer of the other committee is recorded."
    ),
    Matter.SUPPLEMENT: lazy_gettext(
        "Members whose record was neither entered nor supplemented in the last twelve months."
    ),
}


def attention(body: Body) -> str:
    """Show the members that a matter is about."""
    matter, who = _asked_matter(), person_asking()
    page = request.args.get("page", 1, type=int)
    return render_template(
        "members/reports/attention.html",
        body=body,
        matter=matter,
        matters=MATTERS,
        day=DAYS[matter],
        rule=RULES[matter],
        counts=queries.counts(session(), body, by=who),
        leaf=queries.waiting(session(), body, matter, page, by=who),
        endings=ENDINGS,
    )


def taken(body: Body) -> Response:
    """Give out the members that a matter is about as a file."""
    if asked_ending() not in ENDINGS:
        abort(404)
    matter = _asked_matter()
    found = queries.waiting(session(), body, matter, 1, by=person_asking(), size=EVERYBODY)
    title = f"{MATTERS[matter]}: {body.name}"
    columns = [_("No."), _("Full name in use"), _("Body"), str(DAYS[matter])]
    rows = [_line(number, one) for number, one in enumerate(found.rows, start=1)]
    return list_file(Sheet(title, columns, rows), f"can-xu-ly-{matter.value}")


def _line(number: int, one: Waiting) -> list[str]:
    day = f"{one.day:%d/%m/%Y}" if one.day else ""
    return [str(number), one.member.full_name, one.member.body.name, day]


def _asked_matter() -> Matter:
    asked = request.args.get("about", "")
    return Matter(asked) if asked in set(Matter) else Matter.PROBATION


def register(pages: Pages) -> None:
    """Add the routes of what waits."""
    at, needs = "/bodies/<uuid:body>/members/attention", Permission.MEMBER_LIST
    pages.get(at, needs=needs)(attention)
    pages.get(f"{at}/file", needs=needs, endpoint="attention_taken")(taken)
