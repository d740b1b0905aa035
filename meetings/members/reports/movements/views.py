"""Form 1 of a body: its lines, who explains each of them, and the file for the superior body."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from meetings import clock
from meetings.members.life.movements import GAINS, LOSSES, Line
from meetings.members.records.forms import KIND_NAMES
from meetings.members.reports.movements import queries
from meetings.members.reports.movements.forms import LINES, SPANS, SpanForm, spans
from meetings.members.reports.movements.queries import Ledger
from meetings.members.reports.sheets.services import Part, Report, Row
from meetings.members.reports.sheets.views import SHOWN, report_file
from meetings.models import Body
from meetings.paging import leaf
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

DAY = timedelta(days=1)


def movements(body: Body) -> str:
    """Show gains and losses between two days; of one line also who they are."""
    form, (since, until) = _asked()
    ledger = _ledger(body, since, until)
    line = _asked_line()
    told = leaf(ledger.told_of(line) if line else (), request.args.get("page", 1, type=int))
    return render_template(
        "members/reports/movements.html",
        body=body,
        form=form,
        since=since,
        until=until,
        report=report_of(body, ledger),
        spans={SPANS[name]: span for name, span in spans(clock.today()).items()},
        line=line,
        lines=LINES,
        kinds=KIND_NAMES,
        leaf=told,
        named=queries.named(session(), told.rows, by=person_asking()),
        **SHOWN,
    )


def taken(body: Body) -> Response:
    """Give out form 1 as a file."""
    form, (since, until) = _asked()
    if form.errors:
        abort(404)
    report = report_of(body, _ledger(body, since, until))
    return report_file(report, body, f"tang-giam-dang-vien-{until:%d-%m-%Y}")


def report_of(body: Body, ledger: Ledger) -> Report:
    """Return form 1 as a report."""
    days = {"since": f"{ledger.first + DAY:%d/%m/%Y}", "until": f"{ledger.last:%d/%m/%Y}"}
    about = _("gains and losses of members from %(since)s to %(until)s", **days)
    title = _("Gains and losses of members: %(body)s", body=body.name)
    part = Part(title, (_("Line"), _("Number")), _rows(ledger))
    return Report(_("Form 1"), about, (part,))


def _rows(ledger: Ledger) -> list[Row]:
    return [
        Row(_("There at the beginning"), (ledger.opening,), total=True),
        *_lines(ledger, GAINS, _("Gains")),
        *_lines(ledger, LOSSES, _("Losses")),
        Row(_("There at the end"), (ledger.closing,), total=True),
    ]


def _lines(ledger: Ledger, lines: Sequence[Line], name: str) -> list[Row]:
    counts = ledger.counts
    every = sum(counts[line] for line in lines)
    listed = [Row(str(LINES[line]), (counts[line],), key=line.value) for line in lines]
    return [Row(name, (every,), total=True), *listed]


def _ledger(body: Body, since: date, until: date) -> Ledger:
    """Return the ledger of whole days: the first one counts, too."""
    return queries.ledger_of(session(), body, since - DAY, until, by=person_asking())


def _asked() -> tuple[SpanForm, tuple[date, date]]:
    """Return the days that are asked for, this quarter where none are or they cannot be."""
    usual = spans(clock.today())["quarter"]
    if not {"since", "until"} & set(request.args):
        return SpanForm(None, data={"since": usual[0], "until": usual[1]}), usual
    form = SpanForm(request.args)
    if form.validate() and form.since.data and form.until.data:
        return form, (form.since.data, form.until.data)
    return form, usual


def _asked_line() -> Line | None:
    asked = request.args.get("line", "")
    return Line(asked) if asked in set(Line) else None


def register(pages: Pages) -> None:
    """Add the routes of form 1."""
    at, needs = "/bodies/<uuid:body>/members/movements", Permission.MEMBER_LIST
    pages.get(at, needs=needs)(movements)
    pages.get(f"{at}/file", needs=needs, endpoint="movements_taken")(taken)
