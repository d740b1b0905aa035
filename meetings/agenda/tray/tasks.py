"""What the worker does for a large tray."""

from uuid import UUID

from sqlalchemy.orm import Session

from meetings import jobs, policy
from meetings.agenda.tray import services
from meetings.models import Meeting, User
from meetings.policy import Permission


@jobs.handles("agenda.sort", jobs.Urgency.SOMEBODY_WAITS)
def sort(run: jobs.Run) -> None:
    """Look at all files of a tray together, for one who may still do so."""

    def change(session: Session) -> None:
        meeting = session.get(Meeting, UUID(run.payload["meeting"]))
        by = session.get(User, UUID(run.payload["user"]))
        if meeting and by and policy.allows(session, by, Permission.MEETING_INTAKE, meeting):
            services.sort_anew(session, meeting, by=by)

    run.installation.database.write(change)
