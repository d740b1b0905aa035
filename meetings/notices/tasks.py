"""Each morning, who wishes so is told that something is new; what it is, only the page says."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, jobs, periodic
from meetings.messages.queries import last_sent
from meetings.messages.services import tell
from meetings.models import Contact, MessageKind, User
from meetings.notices.queries import notices_of
from meetings.settings import Settings

KIND = "notices.digest"
MORNING = range(6, 9)
DAILY = timedelta(hours=20)


@jobs.handles(KIND)
def digest(run: jobs.Run) -> None:
    """Tell everybody who wishes it and for whom something is new since they were told last."""
    installation = run.installation
    with installation.database.reading() as session:
        people = list(_to_tell(session))

    def send(session: Session) -> None:
        tell(session, installation.settings, people, MessageKind.NEWS)

    installation.database.write(send)


def _to_tell(session: Session) -> Iterator[UUID]:
    wishing = select(User).join(Contact, Contact.person_id == User.person_id)
    for user in session.scalars(wishing.where(Contact.digest, User.active)):
        told = last_sent(session, user.person_id, MessageKind.NEWS)
        news = notices_of(session, by=user)
        if news and (told is None or news[0].at > told):
            yield user.person_id


def in_the_morning(_session: Session, _settings: Settings) -> bool:
    """Tell whether people get up now."""
    return clock.local(clock.now()).hour in MORNING


periodic.declare(KIND, periodic.Every(DAILY, in_the_morning))
