"""The page on which a body confirms a quarter, and sees which bodies below it did."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import clock
from meetings.members.records.forms import KIND_NAMES
from meetings.members.reports.agreement import queries, services
from meetings.members.reports.agreement.forms import ConfirmForm, figures_of
from meetings.members.reports.movements.forms import LINES, quarter
from meetings.members.reports.movements.queries import Ledger, ledger_of
from meetings.models import Body, MemberStatement
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

DAY = timedelta(days=1)
QUARTERS = 5
"""Quarters that may be chosen, the latest first."""


@dataclass(frozen=True)
class Compared:
    """A line of form 1 as it is now, and as it was confirmed."""

    label: str
    now: int
    then: int | None

    @property
    def differs(self) -> bool:
        """Tell whether it changed after it was confirmed."""
        return self.then is not None and self.then != self.now


def agreement(body: Body) -> str:
    """Show a quarter of a body: its figures, who confirmed them, what changed, the bodies below."""
    who, (begins_on, ends_on) = person_asking(), _asked_quarter()
    ledger = _ledger(body, begins_on, ends_on)
    statement = queries.statement_of(session(), body, begins_on)
    since = queries.recorded_since(session(), statement, body, ends_on, by=who) if statement else []
    return render_template(
        "members/reports/agreement.html",
        body=body,
        begins_on=begins_on,
        ends_on=ends_on,
        over=ends_on < clock.today(),
        quarters=_quarters(),
        form=ConfirmForm(None, data={"seen": figures_of(ledger)}),
        statement=statement,
        lines=_compared(ledger, statement),
        since=since,
        below=queries.bodies_below(session(), body, begins_on, ends_on, by=who),
        kinds=KIND_NAMES,
        today=clock.today(),
    )


def confirm(body: Body) -> ResponseReturnValue:
    """Confirm the figures of a quarter as they stood on the page."""
    begins_on, ends_on = _asked_quarter()
    form, ledger = ConfirmForm(), _ledger(body, begins_on, ends_on)
    if ends_on >= clock.today():
        flash(_("This quarter is not over yet. It can be confirmed from its end on."), "warn")
    elif not form.validate_on_submit() or form.seen.data != figures_of(ledger):
        flash(_("The figures changed meanwhile. Please look at them again."), "warn")
    else:
        services.confirm(session(), body, ledger, begins_on=begins_on, by=person_asking())
        flash(_("Confirmed. The body above sees it at once."), "success")
    at = url_for("members.agreement", body=body.id, quarter=begins_on.isoformat())
    return redirect(at, 303)


def _ledger(body: Body, begins_on: date, ends_on: date) -> Ledger:
    last = min(ends_on, clock.today())
    return ledger_of(session(), body, begins_on - DAY, last, by=person_asking())


def _compared(ledger: Ledger, statement: MemberStatement | None) -> list[Compared]:
    counts = ledger.counts.items()
    words = [_("There at the beginning"), *(str(LINES[line]) for line, _count in counts)]
    words.append(_("There at the end"))
    now = [ledger.opening, *(count for _line, count in counts), ledger.closing]
    if statement is None:
        return [Compared(*line, None) for line in zip(words, now, strict=True)]
    told = [statement.counts.get(line.value, 0) for line, _count in counts]
    then = [statement.opening, *told, statement.closing]
    return [Compared(*line) for line in zip(words, now, then, strict=True)]


def _quarters() -> list[tuple[date, date]]:
    found = [quarter(clock.today())]
    while len(found) < QUARTERS:
        found.append(quarter(found[-1][0] - DAY))
    return found


def _asked_quarter() -> tuple[date, date]:
    """Return the quarter that is asked for, the last one that is over where none is."""
    known = _quarters()
    asked = request.args.get("quarter", "")
    return next((one for one in known if one[0].isoformat() == asked), known[1])


def register(pages: Pages) -> None:
    """Add the routes of the quarters."""
    at = "/bodies/<uuid:body>/members/agreement"
    pages.get(at, needs=Permission.MEMBER_LIST)(agreement)
    pages.post(f"{at}/confirm", needs=Permission.MEMBER_CONFIRM)(confirm)
