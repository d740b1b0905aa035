"""`meetings intake inspect`: what the product makes of some files, without an installation."""

import gettext
import json
from pathlib import Path

import click

from meetings.intake.reading import Reading, read_file
from meetings.intake.refusals import SENTENCES
from meetings.intake.verdict import Reason, Verdict

CATALOGUES = Path(__file__).parents[1] / "translations"


@click.group()
def intake() -> None:
    """Look into files as the intake does."""


@intake.command()
@click.option("--text", "with_text", is_flag=True, help="Give the whole text too.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def inspect(files: tuple[Path, ...], *, with_text: bool) -> None:
    """Print one JSON object a file, in their order, whatever the files hold."""
    translate = gettext.translation("messages", CATALOGUES, ["vi"], fallback=True).gettext
    for file in files:
        reading = _read(file)
        answer = reading.to_json(with_text=with_text)
        if reading.verdict.reason:
            answer["message"] = translate(SENTENCES[reading.verdict.reason])
        click.echo(json.dumps({"file": str(file), **answer}, ensure_ascii=False))


def _read(file: Path) -> Reading:
    try:
        return read_file(file, file.name)
    except OSError:
        return Reading(verdict=Verdict(reason=Reason.DAMAGED))
