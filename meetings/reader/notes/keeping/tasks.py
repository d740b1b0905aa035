"""Emptying, each night, the notes that a body lets go."""

from datetime import timedelta

from sqlalchemy.orm import Session

from meetings import jobs, periodic
from meetings.reader.notes.keeping.queries import empties_any
from meetings.reader.notes.keeping.services import purge
from meetings.settings import Settings

KIND = "notes.purge"


def _is_wanted(session: Session, _settings: Settings) -> bool:
    return empties_any(session)


periodic.declare(KIND, periodic.Nightly(timedelta(hours=30), _is_wanted))


@jobs.handles(KIND, jobs.Urgency.WHEN_IDLE)
def empty(run: jobs.Run) -> None:
    """Empty the notes whose time has come."""
    run.installation.database.write(purge)
