"""What people tell those who run the system."""

from sqlalchemy.orm import Session

from meetings.models import Feedback
from meetings.policy import Asker


def send_feedback(session: Session, text: str, *, page: str, by: Asker) -> Feedback:
    """Keep what a person wrote, for the administrator to read."""
    feedback = Feedback(user_id=by.id, page=page, text=text)
    session.add(feedback)
    session.flush()
    return feedback
