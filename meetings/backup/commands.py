"""The commands `meetings backup ...`."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from meetings.settings import Settings, SettingsError

FILE = click.Path(path_type=Path)
folder_argument = click.argument("folder", type=FILE)
run_option = click.option("--run", "name", help="A run other than the newest.")


@click.group()
def backup() -> None:
    """Make, verify and restore backups."""


@contextmanager
def _told() -> Iterator[None]:
    """End with 1 and the sentence that says what is wrong."""
    from meetings.backup.errors import BackupError

    try:
        yield
    except (BackupError, SettingsError) as error:
        raise click.ClickException(str(error)) from error


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise click.ClickException("\n".join(problems))


@backup.command("new-key")
@click.argument("file", type=FILE)
def new_key(file: Path) -> None:
    """Make a recovery key: its secret half goes to FILE and then to a safe."""
    from meetings.backup import recovery

    with _told():
        public = recovery.make_pair(file)
    click.echo(f"{file} opens every backup: print it, keep it in a safe, remove it from here.")
    click.echo(f'recovery_key = "{public}"')


@backup.command()
@click.argument("folder", type=FILE, required=False)
def create(folder: Path | None) -> None:
    """Make one run in FOLDER, by default the setting backup_folder."""
    from meetings.backup import services
    from meetings.installation import Installation

    with _told(), closing(Installation(Settings.load())) as installation:
        made = services.create(installation, folder or services.folder_of(installation.settings))
    click.echo(f"{made.run}: {made.files} files, {made.copied} of them new.")
    _refuse(made.problems)


@backup.command()
@folder_argument
@click.option("--identity", type=FILE, help="The secret half of the recovery key.")
@run_option
def verify(folder: Path, identity: Path | None, name: str | None) -> None:
    """Examine a run; end with 1 and the first problem."""
    from meetings.backup import checking

    with _told():
        found = checking.verify(folder, identity, name)
    click.echo(f"{found.run}: {found.files} files have their digests.")
    if found.originals is None:
        click.echo("Nobody looked inside; that takes --identity FILE.")
    else:
        click.echo(f"Database, keys and ledger are whole; {found.originals} originals open.")


@backup.command()
@folder_argument
@click.option("--identity", type=FILE, required=True, help="The secret half of the recovery key.")
@run_option
def restore(folder: Path, identity: Path, name: str | None) -> None:
    """Bring a run back into an empty instance."""
    from meetings.backup import restoring

    with _told():
        back = restoring.restore(Settings.load(), folder, identity, name)
    click.echo(f"{back.run} is back: {back.files} files, {back.queued} documents for the index.")
    _refuse(back.problems)
    click.echo("Now: meetings run. Everybody signs in anew.")
