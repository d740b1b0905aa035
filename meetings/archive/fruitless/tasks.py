"""Each night, what was looked for in vain is forgotten once it is old."""

from datetime import timedelta

from meetings import jobs, periodic
from meetings.archive.fruitless import services

KIND = "archive.forget-searches"
OVERDUE = timedelta(days=3)

periodic.declare(KIND, periodic.Nightly(OVERDUE))


@jobs.handles(KIND, jobs.Urgency.WHEN_IDLE)
def forget(run: jobs.Run) -> None:
    """Remove what is older than it is kept."""
    run.installation.database.write(services.forget)
