"""A paper is opened for comments and closed, and each comment is answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import AgendaPaper, CommentRound, PaperComment, Verdict
from meetings.policy import Asker


@dataclass(frozen=True)
class Terms:
    """From when until when a paper is open for comments, who sees them, and who answers."""

    opens_at: datetime
    closes_at: datetime
    shared: bool = False
    answerer_id: UUID | None = None


def open_for_comments(session: Session, paper: AgendaPaper, terms: Terms) -> CommentRound:
    """Open a paper for comments, or change for how long and to whose eyes."""
    round_ = session.get(CommentRound, paper.id) or CommentRound(paper_id=paper.id)
    for name, value in vars(terms).items():
        setattr(round_, name, value)
    session.add(round_)
    session.flush()
    return round_


def close(session: Session, round_: CommentRound) -> None:
    """Take no more comments from now on."""
    round_.closes_at = min(round_.closes_at, clock.now())
    round_.opens_at = min(round_.opens_at, round_.closes_at)
    session.flush()


def answer(
    session: Session, comment: PaperComment, verdict: Verdict, text: str, *, by: Asker
) -> None:
    """Keep the answer to a comment, in the place of the one before; its author sees it."""
    comment.verdict, comment.answer = verdict, text
    comment.answered_at, comment.answered_by = clock.now(), by.id
    session.flush()
