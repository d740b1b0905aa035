"""The command `meetings archive`: an old archive, from a folder and a list."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetings.settings import Settings, SettingsError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from meetings.archive.imports.queries import Row
    from meetings.installation import Installation
    from meetings.models import Body, User


@click.group()
def archive() -> None:
    """Take an old archive in."""


@archive.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("list_", metavar="LIST", type=click.Path(exists=True, path_type=Path))
@click.option("--body", "body_name", required=True, help="The body whose papers they are.")
@click.option("--as", "account", required=True, help="The clerk's account that takes them in.")
@click.option("--column", "columns", multiple=True, help='A field and its head: symbol="Số".')
@click.option("--dry-run", is_flag=True, help="Only report what is wrong, row by row.")
def take_in(
    folder: Path,
    list_: Path,
    body_name: str,
    account: str,
    columns: tuple[str, ...],
    *,
    dry_run: bool,
) -> None:
    """Take in the files of FOLDER as the workbook LIST describes them; order again to go on."""
    from meetings.archive.imports import queries, services
    from meetings.intake.workbook import workbook_rows

    lines, given = workbook_rows(list_), dict(_pair(column) for column in columns)
    with _installed() as installation:

        def change(session: "Session") -> tuple[list["Row"], int]:
            body, by = _clerk(session, body_name, account)
            rows = queries.rows_in(session, lines, folder, given, by=by)
            new = 0 if dry_run else services.order(session, folder, rows, body=body, by=by)
            return rows, new

        rows, new = installation.database.write(change)
    _report(rows, new)


@archive.command()
def progress() -> None:
    """Print how far the rows are, and what could not be taken in."""
    from meetings.archive.imports import services

    with _installed() as installation, installation.database.reading() as session:
        for state, count in sorted(services.standing(session).items()):
            click.echo(f"{state.value:<10} {count}")
        for file, problem in services.refusals(session):
            click.echo(f"{file}: {problem}")


@archive.command()
def cancel() -> None:
    """Take out of the queue what was not begun; ordering again goes on from there."""
    from meetings.archive.imports import services

    with _installed() as installation:
        count = installation.database.write(services.break_off)
    click.echo(f"{count} rows were taken out of the queue.")


@archive.command()
@click.argument("body_name", metavar="BODY")
@click.argument("day", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]))
def term(body_name: str, day: "datetime") -> None:
    """Say that a term of BODY begins on DAY: from then on its numbers begin anew."""
    from meetings.archive.imports import services

    with _installed() as installation:
        known = installation.database.write(
            lambda session: services.begin_term(session, body_name, day.date())
        )
    if not known:
        message = f"There is no body “{body_name}”."
        raise click.ClickException(message)
    click.echo(f"A term of “{body_name}” begins on {day:%d/%m/%Y}.")


def _pair(column: str) -> tuple[str, str]:
    from meetings.archive.imports.queries import COLUMNS

    name, separator, head = column.partition("=")
    if not separator or name not in COLUMNS:
        message = f"--column takes one of {', '.join(COLUMNS)}, then = and a head of the list."
        raise click.ClickException(message)
    return name, head


def _clerk(session: "Session", body_name: str, account: str) -> tuple["Body", "User"]:
    """Return the body and the account, if that account may take in papers there."""
    from sqlalchemy import select

    from meetings import policy
    from meetings.models import Body, User

    body = session.scalar(select(Body).where(Body.name == body_name))
    user = session.scalar(select(User).where(User.username == account))
    allowed = body and user and policy.allows(session, user, policy.Permission.ARCHIVE_IMPORT, body)
    if not (body and user and allowed):
        message = f"“{account}” is no clerk of “{body_name}”."
        raise click.ClickException(message)
    return body, user


def _report(rows: Sequence["Row"], new: int) -> None:
    wrong = [row for row in rows if row.problems]
    for row in wrong:
        click.echo(f"row {row.number}: {row.file}: {', '.join(row.problems)}")
    click.echo(f"{len(rows)} rows, {len(wrong)} with problems, {new} queued.")
    if wrong:
        sys.exit(1)


@contextmanager
def _installed() -> Iterator["Installation"]:
    from meetings.installation import Installation

    try:
        settings = Settings.load()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    with closing(Installation(settings)) as installation:
        yield installation
