"""The page on which a table of participants is looked at and taken in."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from meetings.agenda.forms import PARTICIPANT_ROLES
from meetings.agenda.rosters import queries, services
from meetings.agenda.rosters.forms import CHANGES, FIELDS, RosterForm, told
from meetings.agenda.rosters.queries import Plan
from meetings.agenda.rosters.services import Taken, Wish
from meetings.documents.forms import WAITS
from meetings.models import Meeting
from meetings.organisation.rosters.forms import CERTAINTIES
from meetings.organisation.rosters.queries import ChangedMeanwhileError
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session, write_apart
from meetings.web.pages import Pages
from meetings.web.tables import KEEP, REPORT, choices_sent, workbook

INVALID = 422
EXAMPLE = ("Nguyễn Văn A", "Bí thư", "Đảng ủy xã B", "Đại biểu chính thức", "")
WORDS = {"fields": FIELDS, "changes": CHANGES, "certainties": CERTAINTIES, "told": told}
NEEDED = {"name": FIELDS["name"]}


def roster(meeting: Meeting) -> ResponseReturnValue:
    """Show what a table of participants would change, and do it when it was seen."""
    form = RosterForm()
    valid = form.validate_on_submit() and form.table_in(queries.COLUMNS, NEEDED) is not None
    if valid and form.step.data == KEEP and _taken_in(meeting.id, form):
        return redirect(url_for("agenda.prepare", meeting=meeting.id, _anchor="participants"), 303)
    plan = _plan(meeting, form) if valid else None
    if plan and form.step.data == REPORT:
        return _report(plan)
    if plan:
        form.seen.data = plan.mark
    page = render_template(
        "agenda/roster.html",
        meeting=meeting,
        form=form,
        plan=plan,
        words=WORDS,
        roles=PARTICIPANT_ROLES,
    )
    return page, INVALID if form.is_submitted() and not valid else 200


def sample(meeting: Meeting) -> Response:
    """Give out a workbook with the right headings and those who take part already."""
    rows = [
        (one.name, one.post, one.body, str(PARTICIPANT_ROLES[one.role]), ", ".join(one.numbers))
        for one in queries.present(session(), meeting, by=person_asking())
    ]
    head = [str(name) for name in FIELDS.values()]
    return workbook(Sheet(_("Participants"), head, rows or [EXAMPLE]), "thanh-phan.xlsx")


def _plan(meeting: Meeting, form: RosterForm) -> Plan:
    return queries.plan_of(
        session(),
        meeting,
        form.pasted,
        choices_sent(),
        by=person_asking(),
        otherwise=form.otherwise.data,
    )


def _taken_in(meeting: UUID, form: RosterForm) -> bool:
    """Take a table in; tell where it cannot be, as something is another than what was seen."""
    by = person_asking()
    wish = Wish(form.pasted, choices_sent(), form.otherwise.data, form.seen.data or "")

    def change(writing: Session) -> Taken:
        return services.take_in(writing, writing.get_one(Meeting, meeting), wish, by=by)

    try:
        taken = write_apart(change)
    except ChangedMeanwhileError:
        flash(_("Nothing was saved yet. Please look at the rows once more and save then."), "warn")
        return False
    _tell(taken)
    return True


def _tell(taken: Taken) -> None:
    added, changed = len(taken.added), len(taken.changed)
    if added:
        flash(
            ngettext("%(num)d person was added.", "%(num)d persons were added.", added), "success"
        )
    if changed:
        said = ngettext("%(num)d part was changed.", "%(num)d parts were changed.", changed)
        flash(said, "success")
    if taken.waiting:
        flash(WAITS, "success")


def _report(plan: Plan) -> Response:
    """Give out the rows that cannot be taken in, as a workbook to put right."""
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
    """Add the routes of tables of participants."""
    at, prepares = "/meetings/<uuid:meeting>/participants/table", Permission.MEETING_PREPARE
    pages.form(at, needs=prepares, writes=False, endpoint="roster")(roster)
    pages.get(f"{at}/sample", needs=prepares, endpoint="roster_sample")(sample)
