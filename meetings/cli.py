"""The `meetings` command."""

import os
import sys
import time
from typing import NoReturn

import click

from meetings.settings import Settings, SettingsError
from meetings.supervisor import die_with_parent


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
    installation = Installation(chosen).prepare()
    text = _load_demo(installation) if demo else ""
    installation.close()
    started = os.environ.get("NGHI_SU_STARTED", str(time.time()))
    arguments = ["-m", "meetings.supervisor", f"http://{chosen.bind}", text, started]
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own program, no shell


def _load_demo(installation: object) -> str:
    from meetings.demo import services

    return services.load(installation)


@main.command()
def serve() -> None:
    """Run the web server alone."""
    from meetings.server import Server

    die_with_parent()
    Server(settings()).run()


@main.command()
def work() -> None:
    """Run the worker alone."""
    from meetings import worker

    die_with_parent()
    worker.work(settings())
