"""Pages on which the keeper of a register enters members from a list."""

from typing import cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import vault
from meetings.documents.quarantine.services import Draft, TooLarge, infection
from meetings.documents.uploads.forms import NO_SPACE, REFUSALS, TOO_LARGE
from meetings.intake import Reason
from meetings.intake.workbook import table_rows
from meetings.members.life.days import day_text
from meetings.members.life.headings import ADMITTED_ON, OFFICIAL_ON
from meetings.members.life.lines import Verdict
from meetings.members.lists import queries, services
from meetings.members.lists.forms import (
    NAMES,
    UNFIT,
    VERDICTS,
    ColumnsForm,
    ListForm,
    columns_form,
    said,
)
from meetings.members.lists.queries import Roll
from meetings.members.lists.services import Changed, Unfit
from meetings.models import Body, MemberList
from meetings.paging import leaf
from meetings.policy import Permission
from meetings.press.tables import Sheet, xlsx
from meetings.web.context import installation, person_asking, session, stop_reading, write_apart
from meetings.web.files import never_kept
from meetings.web.pages import Pages
from storage import NoSpace

INVALID = 422
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAYS = ("birth_date", ADMITTED_ON, OFFICIAL_ON)
SHOWN = (*DAYS, "card_number")


class Refused(Exception):
    """A file is not taken; the text says what to do."""


def give(body: Body) -> ResponseReturnValue:
    """Take a list from the keeper; nothing of it is entered yet."""
    form = ListForm()
    identity, by, key = body.id, person_asking(), _key()
    if form.validate_on_submit():
        try:
            rows = _read()
            write_apart(
                lambda writing: services.keep(
                    writing, key, rows, body=writing.get_one(Body, identity), by=by
                )
            )
            return redirect(url_for("members.list_columns", body=identity), 303)
        except Refused as refused:
            form.files.errors = [str(refused)]
        except Unfit as unfit:
            form.files.errors = [str(UNFIT[type(unfit)])]
    kept = queries.waiting(session(), body)
    page = render_template("members/lists/give.html", body=body, form=form, waiting=kept)
    return page, INVALID if form.is_submitted() else 200


def _read() -> list[list[str]]:
    """Return the rows of the file that was sent; raise Refused. No plain byte comes to a disk."""
    stop_reading()
    sent = request.files.get("files")
    if sent is None or not sent.filename:
        raise Refused(_("Please choose a file."))
    draft = cast("Draft", sent.stream)
    try:
        received = draft.received("list")
        if infection(received, installation().settings.clamav):
            raise Refused(str(REFUSALS[Reason.INFECTED]))
        with received.laid_out() as path:
            return table_rows(path)
    except TooLarge:
        raise Refused(str(TOO_LARGE)) from None
    except (NoSpace, MemoryError):
        raise Refused(str(NO_SPACE)) from None
    finally:
        draft.close()


def match(body: Body) -> ResponseReturnValue:
    """Ask what each column of the list holds; what its heading says is proposed."""
    kept = _waiting(body)
    rows = queries.rows_of(_key(), kept)
    named = {number: name for name, number in kept.columns.items()}
    known = {f"column_{number}": name for number, name in named.items()}
    shape = columns_form(rows, kept.heading)
    form: ColumnsForm = shape(data={"true_on": kept.true_on, "encoding": kept.encoding, **known})
    if form.validate_on_submit() and form.is_whole() and form.true_on.data:
        services.match(
            session(),
            kept,
            columns=form.columns(),
            encoding=form.encoding.data,
            true_on=form.true_on.data,
        )
        return redirect(url_for("members.list_preview", body=body.id), 303)
    page = render_template("members/lists/columns.html", body=body, form=form, waiting=kept)
    return page, INVALID if form.is_submitted() else 200


def preview(body: Body) -> str:
    """Show row by row what would be entered and what would not, and why."""
    roll = _roll(body)
    counts, asked = roll.counts(), request.args.get("show", "")
    first = next((verdict for verdict in Verdict if verdict in counts), Verdict.READY)
    wanted = Verdict(asked) if asked in set(Verdict) else first
    return render_template(
        "members/lists/preview.html",
        body=body,
        roll=roll,
        counts=counts,
        verdict=wanted,
        verdicts=VERDICTS,
        leaf=leaf(roll.having(wanted), request.args.get("page", 1, type=int)),
        columns=[(name, NAMES[name]) for name in SHOWN if name in roll.waiting.columns],
        said=said,
        told=_told,
    )


def _told(name: str, value: str) -> str:
    """Return a fact as the page shows it; what could not be read stays as it was written."""
    return day_text(value) if name in DAYS else value


def apart(body: Body) -> ResponseReturnValue:
    """Note that a row is another person than whoever has the same name and birth."""
    number = request.form.get("row", 0, type=int)
    services.tell_apart(session(), _waiting(body), number)
    back = url_for("members.list_preview", body=body.id, show=Verdict.DOUBTFUL.value)
    return redirect(back, 303)


def enter(body: Body) -> ResponseReturnValue:
    """Enter all rows that are ready, in one transaction, as the preview showed them."""
    roll, by, identity = _roll(body), person_asking(), body.id
    back = redirect(url_for("members.list_preview", body=identity), 303)
    if request.form.get("mark") != roll.mark():
        flash(_("The list reads otherwise now. Please look it through once more."), "warn")
        return back
    members = services.made(_key(), roll, by=by)
    try:
        write_apart(
            lambda writing: services.enter(
                writing, roll, members, body=writing.get_one(Body, identity), by=by
            )
        )
    except Changed:
        flash(_("The register changed meanwhile. Please look the list through once more."), "warn")
        return back
    count = len(members)
    flash(ngettext("%(num)d member is entered.", "%(num)d members are entered.", count), "success")
    return redirect(url_for("members.listed", body=identity), 303)


def drop(body: Body) -> ResponseReturnValue:
    """Drop the list; nothing of it is entered."""
    services.drop(session(), body)
    flash(_("The list is dropped. Nothing of it was entered."), "success")
    return redirect(url_for("members.listed", body=body.id), 303)


def report(body: Body) -> Response:
    """Give out the rows that are not taken, as a workbook: row, field, what to do."""
    entries = [e for e in _roll(body).entries if e.verdict is not Verdict.READY]
    if not entries:
        abort(404)
    rows = [
        [str(entry.line.number), entry.line.facts.get("full_name", ""), " ".join(said(entry.line))]
        for entry in entries
    ]
    sheet = Sheet(_("Not taken"), [_("Row"), str(NAMES["full_name"]), _("What to do")], rows)
    return never_kept(Response(xlsx(sheet), mimetype=WORKBOOK), "chua-ghi.xlsx")


def _waiting(body: Body) -> MemberList:
    kept = queries.waiting(session(), body)
    if kept is None:
        abort(404)
    return kept


def _roll(body: Body) -> Roll:
    return queries.roll_of(session(), _key(), _waiting(body), body, by=person_asking())


def _key() -> bytes:
    return vault.members_key(session(), installation().keys)


def register(pages: Pages) -> None:
    """Add the routes of lists."""
    at, needs = "/bodies/<uuid:body>/members/list", Permission.MEMBER_ENTER
    pages.form(at, needs=needs, writes=False, endpoint="list_give")(give)
    pages.form(f"{at}/columns", needs=needs, endpoint="list_columns")(match)
    pages.get(f"{at}/rows", needs=needs, endpoint="list_preview")(preview)
    pages.post(f"{at}/rows/apart", needs=needs, endpoint="list_apart")(apart)
    pages.post(f"{at}/enter", needs=needs, writes=False, endpoint="list_enter")(enter)
    pages.post(f"{at}/drop", needs=needs, endpoint="list_drop")(drop)
    pages.get(f"{at}/refused", needs=needs, endpoint="list_report")(report)
