"""Each night, lists that nobody entered are forgotten."""

from datetime import timedelta

from meetings import jobs, periodic
from meetings.members.lists import services

KIND = "members.forget-lists"
OVERDUE = timedelta(days=3)

periodic.declare(KIND, periodic.Nightly(OVERDUE))


@jobs.handles(KIND, jobs.Urgency.WHEN_IDLE)
def forget(run: jobs.Run) -> None:
    """Remove the lists that waited for too long."""
    run.installation.database.write(services.forget)
