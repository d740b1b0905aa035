"""The page on which a table of people and posts is looked at and entered."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.organisation.entering import queries, services
from meetings.organisation.entering.forms import FIELDS, NEEDED, WORDS, told
from meetings.organisation.entering.queries import Line
from meetings.organisation.entering.services import Wish
from meetings.organisation.rosters.queries import TAKEN, ChangedMeanwhileError, Rows
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session, write_apart
from meetings.web.pages import Pages
from meetings.web.tables import KEEP, REPORT, TableForm, choices_sent, workbook

INVALID = 422
EXAMPLE = ("Nguyễn Văn A", "Bí thư", "Đảng ủy xã B", "12", "01/07/2025", "")


def enter() -> ResponseReturnValue:
    """Show what a table of people would change, and do it when it was seen."""
    form = TableForm()
    valid = form.validate_on_submit() and form.table_in(queries.COLUMNS, NEEDED) is not None
    if valid and form.step.data == KEEP and _entered(form):
        return redirect(url_for("organisation.people"), 303)
    plan = None
    if valid:
        plan = queries.plan_of(session(), form.pasted, choices_sent(), by=person_asking())
        form.seen.data = plan.mark
    if plan and form.step.data == REPORT:
        return _report(plan)
    page = render_template("organisation/enter_people.html", form=form, plan=plan, words=WORDS)
    return page, INVALID if form.is_submitted() and not valid else 200


def sample() -> Response:
    """Give out a workbook with the right headings and an example."""
    head = [str(name) for name in FIELDS.values()]
    return workbook(Sheet(_("People"), head, [EXAMPLE]), "nhan-su.xlsx")


def _entered(form: TableForm) -> bool:
    """Enter a table; tell where it cannot be, as something is another than what was seen."""
    wish, by = Wish(form.pasted, choices_sent(), form.seen.data or ""), person_asking()
    try:
        counts = write_apart(lambda writing: services.enter(writing, wish, by=by))
    except ChangedMeanwhileError:
        flash(_("Nothing was saved yet. Please look at the rows once more and save then."), "warn")
        return False
    done = sum(count for change, count in counts.items() if change in TAKEN)
    flash(ngettext("%(num)d row was entered.", "%(num)d rows were entered.", done), "success")
    return True


def _report(plan: Rows[Line]) -> Response:
    """Give out the rows that cannot be entered, as a workbook to put right."""
    rows = [
        [
            *(line.said.get(name, "") for name in FIELDS),
            " ".join(told(line)) or _("Please choose the person"),
        ]
        for line in plan.unsettled
    ]
    head = [*(str(name) for name in FIELDS.values()), _("What to do")]
    return workbook(Sheet(_("To put right"), head, rows), "can-sua.xlsx")


def register(pages: Pages) -> None:
    """Add the routes of tables of people."""
    keeps = Permission.ORGANISATION_KEEP
    pages.form("/people/table", needs=keeps, writes=False, endpoint="enter_people")(enter)
    pages.get("/people/table/sample", needs=keeps, endpoint="people_sample")(sample)
