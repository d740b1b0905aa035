"""The `meetings` command."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from meetings.api.commands import api
from meetings.archive.imports.commands import archive
from meetings.backup.commands import backup
from meetings.intake.command import intake
from meetings.settings import Settings, SettingsError
from meetings.supervisor import die_with_parent, handed_over
from meetings.tls.commands import tls

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from meetings.installation import Installation
    from meetings.models import Body, User

COLOURS = {"red": "red", "amber": "yellow", "green": "green"}


def settings() -> Settings:
    """Return the settings, or end with the sentence that says which one is wrong."""
    try:
        return Settings.load()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


@click.group()
def main() -> None:
    """Nghị Sự: meetings without paper."""


@main.command()
@click.option("--demo", is_flag=True, help="Load the fictional province first.")
def run(*, demo: bool) -> NoReturn:
    """Prepare the installation, then run web and worker until Ctrl-C."""
    from meetings.installation import Installation

    chosen = settings()
    _refuse_root(chosen)
    _refuse_taken(chosen.bind)
    with closing(Installation(chosen).prepare()) as installation:
        _refuse_demo(installation)
        text = _demo_greeting(installation) if demo else ""
    started = os.environ.get("NGHI_SU_STARTED", str(time.time()))
    arguments = ["-m", "meetings.supervisor", f"http://{chosen.bind}", handed_over(text), started]
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own program, no shell


def _refuse_demo(installation: "Installation") -> None:
    try:
        installation.refuse_demo()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def _refuse_root(chosen: Settings) -> None:
    """End with a sentence where a fault of the program would be a fault of the whole machine."""
    if chosen.production and os.geteuid() == 0:
        message = "production does not run as root; start it as a user of its own"
        raise click.ClickException(message)


def _refuse_taken(bind: str) -> None:
    """End with a sentence when another program, perhaps ourselves, listens there already."""
    host, _, port = bind.rpartition(":")
    with socket.socket() as probe:
        if probe.connect_ex((host, int(port))) == 0:
            message = f"{bind} is taken; stop what runs there, or choose MEETINGS_BIND"
            raise click.ClickException(message)


def _demo_greeting(installation: "Installation") -> str:
    from meetings.demo import services

    try:
        return services.load(installation)
    except services.NotADemo as refusal:
        return str(refusal)


@main.command()
def serve() -> None:
    """Run the web server alone."""
    die_with_parent()
    from meetings.server import Server

    _refuse_root(settings())
    with installed() as installation:
        _refuse_demo(installation)
    Server(settings()).run()


@main.command()
def work() -> None:
    """Run the worker alone."""
    die_with_parent()
    from meetings import worker

    chosen = settings()
    _refuse_root(chosen)
    if chosen.production:
        with installed() as installation:
            _refuse_demo(installation)
    worker.work(chosen)


@contextmanager
def installed() -> Iterator["Installation"]:
    """Open the prepared installation and let go of it again."""
    from meetings.installation import Installation
    from meetings.schema import UpgradeFailed

    try:
        installation = Installation(settings()).prepare()
    except UpgradeFailed as error:
        raise click.ClickException(str(error)) from error
    with closing(installation):
        yield installation


@main.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to this version of the program."""
    with installed():
        click.echo("The database is up to date.")


@main.group()
def user() -> None:
    """Look after accounts."""


@user.command("add-admin")
@click.argument("username")
@click.argument("full_name")
def add_admin(username: str, full_name: str) -> None:
    """Make an administrator and print the secret with which they set a password."""
    with installed() as installation:
        secret = installation.database.write(
            lambda session: _add_admin(session, installation, username, full_name)
        )
    click.echo(f"One-time secret for {username}, valid for three days: {secret}")
    click.echo("Set the password at /activate.")


def _add_admin(
    session: "Session", installation: "Installation", username: str, full_name: str
) -> str:
    from sqlalchemy import select

    from meetings.accounts.services import add_user, issue_secret
    from meetings.models import AccessLevel, Person, Role, User

    if session.scalar(select(User.id).where(User.username == username)):
        message = f"There is an account named {username} already."
        raise click.ClickException(message)
    person = Person(full_name=full_name)
    session.add(person)
    session.flush()
    account = add_user(
        session,
        installation.keys,
        username=username,
        person=person,
        clearance=AccessLevel.NORMAL,
        roles=[(Role.ADMINISTRATOR, _root_body(session))],
    )
    return issue_secret(session, account)


def _root_body(session: "Session") -> "Body":
    from sqlalchemy import select

    from meetings.models import Body, BodyKind

    known = session.scalar(select(Body).where(Body.parent_id.is_(None)).order_by(Body.id).limit(1))
    body = known or Body(kind=BodyKind.PROVINCIAL_COMMITTEE, name="Tỉnh ủy")
    session.add(body)
    session.flush()
    return body


@main.group()
def index() -> None:
    """Look after the full-text index."""


@index.command()
def rebuild() -> None:
    """Make a new index beside the one in use, then put it in its place; again if broken off."""
    from meetings.archive.tasks import rebuild as made
    from search_index import IndexBusy

    with installed() as installation:
        try:
            for done, total in made(installation):
                click.echo(f"{done} of {total}")
        except IndexBusy as error:
            raise click.ClickException(str(error)) from error
    click.echo("The new index is in use.")


@main.group()
def store() -> None:
    """Look after the encrypted files."""


@store.command()
def scrub() -> None:
    """Read every file again; end with 1 and the names of those damaged or missing."""
    from meetings.doctor.queries import damaged_files

    with installed() as installation:
        count, problems = damaged_files(installation)
    _end(problems, f"{count} files are whole.")


@main.group()
def keys() -> None:
    """Look after the keys."""


@keys.command()
def rotate() -> None:
    """Exchange the root key for a new one; one that was broken off goes on."""
    from meetings import vault

    with installed() as installation:
        installation.keys.begin_exchange()
        count = installation.database.write(lambda s: vault.exchange_root(s, installation.keys))
        installation.keys.end_exchange()
    click.echo(f"{count} keys are wrapped anew. Keep a safe copy of the new root key.")


@main.group("audit")
def ledger() -> None:
    """Look after the audit ledger."""


@ledger.command("verify")
@click.option("--heads", type=click.Path(exists=True), help="A file of heads that was kept apart.")
@click.option("--key", help="The public key of the heads; default: this installation's.")
def verify_audit(heads: str | None, key: str | None) -> None:
    """Follow the chain; end with 1 and the number of the first line that breaks it."""
    from meetings import audit
    from meetings.audit import heads as signed

    with installed() as installation, installation.database.reading() as session:
        first = next(audit.broken(session), None)
        problems = [] if first is None else [f"The ledger is broken at line {first}."]
        public = bytes.fromhex(key) if key else signed.public_key(installation.keys.audit)
        kept = list(signed.read(Path(heads))) if heads else []
        against = next(signed.contradicted(session, kept, public), None)
    if against:
        problems.append(f"The ledger is not the one signed at line {against.seq}, {against.at}.")
    _end(problems, f"The ledger is whole and agrees with {len(kept)} signed heads.")


@ledger.command("public-key")
def show_public_key() -> None:
    """Print what checks the signatures of the heads; keep it where the heads are kept."""
    from meetings.audit import heads as signed

    with installed() as installation:
        click.echo(signed.public_key(installation.keys.audit).hex())


@ledger.command("export")
def export_head() -> None:
    """Sign the newest line and add it to the file of this month."""
    from meetings.audit import tasks

    with installed() as installation:
        tasks.keep_head(installation)
    click.echo(f"Kept in {installation.settings.heads_folder}.")


@main.command()
@click.argument("query")
@click.option("--as", "account", required=True, metavar="ACCOUNT", help="Whose documents.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of JSON objects.")
@click.option("--limit", default=10, type=click.IntRange(1, 100), help="How many at most.")
def search(query: str, account: str, limit: int, *, as_json: bool) -> None:
    """Search the archive as a person would on its page."""
    import json

    from meetings.archive.kept.facets import Filters
    from meetings.archive.queries import line_of
    from meetings.archive.queries import search as find

    with installed() as installation, installation.database.reading() as session:
        who = _open_account(session, account)
        found = find(session, installation, query, Filters(), by=who, page=1, per_page=limit)
        lines = [line_of(hit) for hit in found.found]
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False, indent=2))
        return
    if found.suggestion:
        click.echo(f"Did you mean: {found.suggestion}?")
    for line in lines:
        click.echo(f"{line['number']} {line['title']}, page {line['page']}".strip())
        click.echo(f"    {line['snippet']}".rstrip())
    click.echo(f"{found.total} documents{', the nearest ones' if found.nearest else ''}")


@main.command()
@click.argument("meeting", type=click.UUID)
@click.option("--as", "account", required=True, metavar="ACCOUNT", help="Whose papers.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The file to write.")
def pack(meeting: "UUID", account: str, output: str) -> None:
    """Bind the papers of MEETING that a person may take along as one PDF; MEETING is its id."""
    from meetings.reader.bundle.commands import write_pack

    with installed() as installation:
        count, code = write_pack(installation, meeting, account, Path(output))
    click.echo(f"{count} papers in {output}, code {code}.")


def _open_account(session: "Session", username: str) -> "User":
    from sqlalchemy import select

    from meetings.models import User

    account = session.scalar(select(User).where(User.username == username, User.active))
    if account is None:
        message = f"No open account is named {username}."
        raise click.ClickException(message)
    return account


main.add_command(api)
main.add_command(archive)
main.add_command(backup)
main.add_command(tls)
main.add_command(intake)


@main.group()
def demo() -> None:
    """Look after the fictional province."""


@demo.command("load")
@click.option("--scale", default=1, type=click.IntRange(1), help="How many times as much.")
@click.option("--province", is_flag=True, help="Also every body and member; takes minutes.")
@click.option("--members", default=100_000, type=click.IntRange(1), help="With --province.")
def load_demo(scale: int, members: int, *, province: bool) -> None:
    """Load the fictional province into an empty installation and print its accounts."""
    from meetings.demo import services

    with installed() as installation:
        try:
            text = services.load(installation, scale)
            text = services.load_crowd(installation, members) if province else text
        except services.NotADemo as error:
            raise click.ClickException(str(error)) from error
    click.echo(text)


@main.command()
def doctor() -> None:
    """Examine this machine; only what is red ends with 1."""
    from meetings.doctor.machine.services import Light
    from meetings.doctor.services import examine

    with installed() as installation:
        findings = examine(installation)
    for finding in reversed(findings):
        click.secho(f"{finding.light:<6} {finding}", fg=COLOURS[finding.light])
    if findings[0].light is Light.RED:
        sys.exit(1)


def _end(problems: list[str], all_is_well: str) -> None:
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo(all_is_well)
