"""A comment is written, changed and deleted by its author; the office hears of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import events
from meetings.models import AgendaPaper, PaperComment
from meetings.policy import Asker


@dataclass(frozen=True)
class Place:
    """What a comment is about: a page of a version, or a paragraph there in its words."""

    version_id: UUID
    page: int
    paragraph: int | None = None
    quote: str = ""


def write(
    session: Session, paper: AgendaPaper, place: Place, text: str, *, by: Asker
) -> PaperComment:
    """Keep what somebody says about a place in a paper."""
    row = PaperComment(paper_id=paper.id, person_id=by.person_id, text=text, **vars(place))
    session.add(row)
    session.flush()
    _tell(session, paper)
    return row


def rewrite(session: Session, comment: PaperComment, text: str) -> None:
    """Take the new words of a comment; it stays where it stands."""
    comment.text = text
    session.flush()
    _tell(session, comment.paper)


def delete(session: Session, comment: PaperComment) -> None:
    """Remove a comment for good."""
    paper = comment.paper
    session.delete(comment)
    session.flush()
    _tell(session, paper)


def _tell(session: Session, paper: AgendaPaper) -> None:
    topic = events.office_topic(paper.item.meeting_id)
    events.publish(session, topic, "comment", paper=str(paper.id))
