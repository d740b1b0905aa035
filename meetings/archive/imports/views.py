"""Pages on which a clerk takes an old archive in: lists, what is wrong in one, how far it is."""

from dataclasses import dataclass
from pathlib import Path

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from meetings.archive.imports import queries, services
from meetings.archive.imports.forms import FIELDS, sentence
from meetings.documents.forms import ACCESS_LEVELS, REACHES
from meetings.intake.workbook import workbook_rows
from meetings.models import Body, JobState
from meetings.policy import Permission
from meetings.press.tables import Sheet, xlsx
from meetings.web.context import (
    installation,
    person_asking,
    session,
    stop_reading,
    write_apart,
)
from meetings.web.files import never_kept
from meetings.web.pages import Pages

SHOWN = 200
GOING = (JobState.WAITING, JobState.RUNNING)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Listed:
    """A list of an old archive: its name, the folder of its files, its lines."""

    name: str
    folder: Path
    lines: list[list[str]]


def lists(body: Body) -> str:
    """Show the lists in a body's folder and how far the taking in is."""
    folder = queries.folder_of(installation().settings.imports_folder, body)
    standing = services.standing(session(), body)
    refused = services.refusals(session(), body)
    going = sum(standing.get(state, 0) for state in GOING)
    done = standing.get(JobState.DONE, 0)
    return render_template(
        "archive/imports/lists.html",
        body=body,
        folder=folder,
        lists=queries.lists_in(folder) if folder else (),
        waiting=standing.get(JobState.WAITING, 0),
        going=going,
        done=done,
        total=done + going + len(refused),
        refused=[(file, sentence(problem)) for file, problem in refused[:SHOWN]],
        refused_count=len(refused),
    )


def preview(body: Body) -> str:
    """Show what a list says, row by row, and what is wrong in it; nothing is taken in yet."""
    listed = _listed(body, request.args.get("list", ""))
    rows = queries.rows_in(session(), listed.lines, listed.folder, {}, by=person_asking())
    new = services.fresh(session(), listed.folder, rows, body=body)
    wrong = [row for row in rows if row.problems]
    return render_template(
        "archive/imports/preview.html",
        body=body,
        name=listed.name,
        rows=rows,
        new=new,
        wrong=[(row, [sentence(one) for one in row.problems]) for row in wrong[:SHOWN]],
        wrong_count=len(wrong),
        known=len(rows) - len(wrong) - len(new),
        fields=FIELDS,
        levels=ACCESS_LEVELS,
        reaches=REACHES,
    )


def begin(body: Body) -> ResponseReturnValue:
    """Queue the rows of a list that have no problem; again, those that are not there yet."""
    listed, by, identity = _listed(body, request.form.get("list", "")), person_asking(), body.id

    def ordered(writing: Session) -> int:
        own = writing.get_one(Body, identity)
        rows = queries.rows_in(writing, listed.lines, listed.folder, {}, by=by)
        return services.order(writing, listed.folder, rows, body=own, by=by)

    count = write_apart(ordered)  # the list was read before, in no transaction
    said = ngettext("%(num)d document is queued.", "%(num)d documents are queued.", count)
    flash(said, "success")
    return redirect(url_for("archive.imports", body=identity), 303)


def stop(body: Body) -> ResponseReturnValue:
    """Take out of the queue what was not begun."""
    count = services.break_off(session(), body)
    said = ngettext("%(num)d document waits no longer.", "%(num)d documents wait no longer.", count)
    flash(said, "success")
    return redirect(url_for("archive.imports", body=body.id), 303)


def report(body: Body) -> Response:
    """Give out what could not be taken in, as a workbook to put right and to hand back."""
    refused = services.refusals(session(), body)
    if not refused:
        abort(404)
    rows = [[file, sentence(problem)] for file, problem in refused]
    sheet = Sheet(_("Not taken in"), [_("File"), _("What to do")], rows)
    return never_kept(Response(xlsx(sheet), mimetype=WORKBOOK), "chua-nhan.xlsx")


def _listed(body: Body, name: str) -> Listed:
    """Return the list that was chosen, one of those that the body's folder has."""
    folder = queries.folder_of(installation().settings.imports_folder, body)
    path = queries.path_in(folder, name) if folder and name in queries.lists_in(folder) else None
    if path is None:
        abort(404)
    stop_reading()
    return Listed(name, path.parent, workbook_rows(path))


def register(pages: Pages) -> None:
    """Add the routes of the taking in."""
    at, needs = "/bodies/<uuid:body>/imports", Permission.ARCHIVE_IMPORT
    pages.get(at, needs=needs, endpoint="imports")(lists)
    pages.get(f"{at}/list", needs=needs, endpoint="import_preview")(preview)
    pages.post(f"{at}/list", needs=needs, writes=False, endpoint="import_begin")(begin)
    pages.post(f"{at}/stop", needs=needs, endpoint="import_stop")(stop)
    pages.get(f"{at}/report", needs=needs, endpoint="import_report")(report)
