"""The badges that are due at the next days of award: on a page, and as a file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from meetings import clock
from meetings.members.badges import queries
from meetings.members.badges.queries import Due
from meetings.members.life.party_age import LEVELS, days_of_award
from meetings.models import Body
from meetings.paging import leaf
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session
from meetings.web.exports import asked_ending, list_file
from meetings.web.pages import Pages

ENDINGS = ("xlsx", "csv", "pdf")
LENGTH, ROW = 380, 40
"""The longest bar of the chart, and the height of a row."""


@dataclass(frozen=True)
class Bar:
    """A row of the chart: a badge and to how many it is due."""

    level: int
    count: int
    y: int
    width: int


def badges(body: Body) -> str:
    """Show whom a badge is due on a day of award, or who may have it early."""
    days, day = _days()
    due = queries.due_on(session(), body, days, by=person_asking())
    is_early = _is_early()
    found = queries.early_on(session(), body, day, by=person_asking()) if is_early else due[day]
    counts = Counter(one.badge.level for one in found)
    return render_template(
        "members/badges.html",
        body=body,
        day=day,
        days={one: len(due[one]) for one in days},
        early=is_early,
        leaf=leaf(found, request.args.get("page", 1, type=int)),
        bars=_bars(counts),
        endings=ENDINGS,
    )


def taken(body: Body) -> Response:
    """Give out the badges of a day of award as a file."""
    if asked_ending() not in ENDINGS:
        abort(404)
    _every, day = _days()
    named = {"day": f"{day:%d/%m/%Y}", "body": body.name}
    title = (
        _("Party badges that may be given early on %(day)s: %(body)s", **named)
        if _is_early()
        else _("Party badges on %(day)s: %(body)s", **named)
    )
    columns = [
        _("No."),
        _("Full name in use"),
        _("Body"),
        _("Admitted on"),
        _("Counted from"),
        _("Badge (years)"),
        _("Years full on"),
    ]
    found = _asked(body, day)
    rows = [_line(number, one) for number, one in enumerate(found, start=1)]
    return list_file(Sheet(title, columns, rows), f"huy-hieu-dang-{day:%d-%m-%Y}")


def _line(number: int, due: Due) -> list[str]:
    days = [due.member.admitted_on, due.member.since, due.badge.on]
    admitted, since, on = (f"{day:%d/%m/%Y}" if day else "" for day in days)
    who = [str(number), due.member.full_name, due.member.body]
    return [*who, admitted, since, str(due.badge.level), on]


def _asked(body: Body, day: date) -> Sequence[Due]:
    if _is_early():
        return queries.early_on(session(), body, day, by=person_asking())
    return queries.due_on(session(), body, [day], by=person_asking())[day]


def _is_early() -> bool:
    return request.args.get("early") == "1"


def _days() -> tuple[list[date], date]:
    """Return the next days of award and the one that is asked for, the first where none is."""
    days = days_of_award(clock.today())
    asked = request.args.get("day", "")
    return days, next((day for day in days if day.isoformat() == asked), days[0])


def _bars(counts: Mapping[int, int]) -> list[Bar]:
    most = max(counts.values(), default=1)
    shown = [level for level in LEVELS if level in counts]
    return [
        Bar(level, counts[level], ROW * row, max(2, LENGTH * counts[level] // most))
        for row, level in enumerate(shown)
    ]


def register(pages: Pages) -> None:
    """Add the routes of the badges."""
    at, needs = "/bodies/<uuid:body>/badges", Permission.MEMBER_LIST
    pages.get(at, needs=needs)(badges)
    pages.get(f"{at}/file", needs=needs, endpoint="badges_taken")(taken)
