"""Sending messages: each is tried for hours, then given up in sight of the office."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.carriers import Refused, Unreachable, carriers
from meetings.messages.queries import contact_of
from meetings.messages.services import SEND, order
from meetings.models import Message, MessageState

MOST_TRIES = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


@jobs.handles(SEND)
def send(run: jobs.Run) -> None:
    """Send a message; one whose sending was cut off is sent twice rather than never."""
    installation = run.installation
    with installation.database.reading() as session:
        message = session.get(Message, UUID(run.payload["message"]))
        if message is None or message.state is not MessageState.WAITING:
            return
        contact = contact_of(session, message.person_id)
        address = contact.address(message.way) if contact else ""
    carrier = carriers(installation.settings).get(message.way)
    state = MessageState.FAILED
    if carrier and address:
        try:
            carrier.send(address, message.kind)
            state = MessageState.SENT
        except Unreachable:
            state = MessageState.WAITING
        except Refused:
            state = MessageState.FAILED

    installation.database.write(lambda session: _settle(session, message.id, state))


def _settle(session: Session, identity: UUID, state: MessageState) -> None:
    message = session.get(Message, identity)
    if message is None or message.state is not MessageState.WAITING:
        return
    message.tries += 1
    if state is MessageState.WAITING and message.tries < MOST_TRIES:
        pause = min(FIRST_PAUSE * 2 ** (message.tries - 1), LONGEST_PAUSE)
        order(session, message, clock.now() + pause)
    elif state is MessageState.SENT:
        message.state, message.sent_at = state, clock.now()
    else:
        message.state = MessageState.FAILED
