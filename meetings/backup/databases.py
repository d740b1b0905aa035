"""The databases that are backed up: each becomes a SQLite file in the run, and comes back from it.

A run made of one can therefore be restored into the other.
"""

from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from meetings.backup import file_database, server_database
from meetings.models import Database
from meetings.settings import Settings


class Place(Protocol):
    """Where a database lives."""

    def is_there(self, settings: Settings) -> bool:
        """Tell whether an installation has its database here."""

    def snapshot(self, live: Database, target: Path) -> None:
        """Copy a database while it is in use, without sign-ins, into one packed file."""

    def refuse_occupied(self, settings: Settings) -> None:
        """Raise BackupError where a database would be overwritten."""

    def settle(self, copy: Path, settings: Settings) -> None:
        """Bring the copy to its place: a restore that was killed before left nothing there."""


PLACES: dict[str, Place] = {"sqlite": file_database, "postgresql": server_database}


def place_of(settings: Settings) -> Place:
    """Return the place that the settings name."""
    return PLACES[make_url(settings.database_url).get_backend_name()]
