"""Pages on which an administrator dissolves a body, step by step, and undoes or confirms it."""

from datetime import date
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import clock
from meetings.members.reform import queries, services
from meetings.members.reform.forms import PlanForm, plan_form
from meetings.members.reform.queries import Plan
from meetings.members.reform.services import Blocked, Ended
from meetings.models import Body, Dissolution, DissolutionStep
from meetings.paging import leaf
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session
from meetings.web.exports import asked_ending, list_file
from meetings.web.pages import Pages

INVALID = 422
ENDINGS = ("xlsx", "csv", "pdf")


def dissolve(body: Body) -> ResponseReturnValue:
    """Ask who takes over, then where each body goes; show what that does, and do it."""
    if body.closed_on is not None:
        abort(404)
    chosen = queries.chosen(session(), body, _asked(), clock.today(), by=person_asking())
    if not chosen or "q" in request.args:
        return _choose(body, chosen)
    below = queries.right_below(session(), body, clock.today(), by=person_asking())
    form = plan_form(below, chosen)(data={"day": clock.today()})
    plan = _plan(body, form) if form.validate_on_submit() else None
    if plan is not None and "do" in request.form and (done := _done(body, form, plan)):
        flash(_("Done. Look it through; until you confirm it all can be put back."), "success")
        return redirect(url_for("members.dissolution", dissolution=done.id), 303)
    page = render_template(
        "members/reform/plan.html",
        body=body,
        form=form,
        chosen=chosen,
        plan=plan,
        back=list(chosen),
    )
    return page, INVALID if form.errors or (plan is not None and "do" in request.form) else 200


def _choose(body: Body, chosen: object) -> str:
    words = request.args.get("q", "").strip()
    found = queries.successors(session(), body, words, clock.today(), by=person_asking())
    return render_template(
        "members/reform/successors.html", body=body, chosen=chosen, found=found, words=words
    )


def _asked() -> list[UUID]:
    """Return the successors in the address; what is no id is none."""
    found = []
    for text in request.args.getlist("to"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _plan(body: Body, form: PlanForm) -> Plan:
    day, default = form.day.data or clock.today(), UUID(form.default.data)
    return queries.plan(session(), body, day, form.choices(), default, by=person_asking())


def _done(body: Body, form: PlanForm, plan: Plan) -> Dissolution | None:
    day: date = form.day.data or clock.today()
    decision = form.decision.data or ""
    try:
        return services.dissolve(
            session(), body, plan, decision=decision, day=day, by=person_asking()
        )
    except Blocked:
        return None


def dissolution(dissolution: Dissolution) -> str:
    """Show the ledger of what a dissolution moved."""
    steps = queries.steps_of(session(), dissolution)
    return render_template(
        "members/reform/ledger.html",
        done=dissolution,
        leaf=leaf(steps, request.args.get("page", 1, type=int)),
        moved=sum(len(step.moved) for step in steps),
        endings=ENDINGS,
    )


def taken(dissolution: Dissolution) -> Response:
    """Give out the ledger as a file."""
    if asked_ending() not in ENDINGS:
        abort(404)
    steps = queries.steps_of(session(), dissolution)
    title = _("What the dissolution moved: %(body)s", body=dissolution.body.name)
    columns = [_("No."), _("Body"), _("What became of it"), _("To body"), _("Members moved")]
    rows = [_line(number, step) for number, step in enumerate(steps, start=1)]
    return list_file(Sheet(title, columns, rows), "so-chuyen-to-chuc")


def _line(number: int, step: DissolutionStep) -> list[str]:
    became = _("Closed, merged") if step.closes else _("Went under it unchanged")
    return [str(number), step.body.name, became, step.to.name, str(len(step.moved))]


def undo(dissolution: Dissolution) -> ResponseReturnValue:
    """Put all back that nobody changed since."""
    decision = _("Undone: %(decision)s", decision=dissolution.decision)
    try:
        count = services.undo(session(), dissolution, decision=decision, by=person_asking())
        said = ngettext(
            "Undone. %(num)d member is back.", "Undone. %(num)d members are back.", count
        )
        flash(said, "success")
    except Ended:
        _tell_of_end()
    return redirect(url_for("members.dissolution", dissolution=dissolution.id), 303)


def confirm(dissolution: Dissolution) -> ResponseReturnValue:
    """Confirm a dissolution, after which it stays."""
    try:
        services.confirm(session(), dissolution)
        flash(_("Confirmed."), "success")
    except Ended:
        _tell_of_end()
    return redirect(url_for("members.dissolution", dissolution=dissolution.id), 303)


def _tell_of_end() -> None:
    flash(_("Somebody was faster. This is how it stands now."), "warn")


def register(pages: Pages) -> None:
    """Add the routes of dissolutions."""
    at, keeps = "/dissolutions/<uuid:dissolution>", Permission.DISSOLUTION_KEEP
    pages.form("/bodies/<uuid:body>/dissolve", needs=Permission.BODY_DISSOLVE)(dissolve)
    pages.get(at, needs=keeps)(dissolution)
    pages.get(f"{at}/file", needs=keeps, endpoint="dissolution_taken")(taken)
    pages.post(f"{at}/undo", needs=keeps, endpoint="dissolution_undo")(undo)
    pages.post(f"{at}/confirm", needs=keeps, endpoint="dissolution_confirm")(confirm)
