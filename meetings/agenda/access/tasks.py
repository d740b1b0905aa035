"""What the clock does to papers."""

from uuid import UUID

from sqlalchemy.orm import Session

from meetings import jobs
from meetings.agenda.access import services
from meetings.models import AgendaPaper


@jobs.handles("agenda.window", jobs.Urgency.SOMEBODY_WAITS)
def turn(run: jobs.Run) -> None:
    """Open or close a paper whose moment has come; one that is gone stays gone."""

    def change(session: Session) -> None:
        paper = session.get(AgendaPaper, UUID(run.payload["paper"]))
        if paper:
            services.turn(session, paper)

    run.installation.database.write(change)
