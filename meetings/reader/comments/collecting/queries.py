"""All comments on a paper, for the office and for who answers for its content."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from meetings.agenda.queries import participants_of
from meetings.models import AgendaPaper, PaperComment, Person, Verdict
from meetings.paging import ROWS, Leaf, place
from meetings.policy import Asker, readable_comments
from meetings.reader.comments.queries import IN_ORDER, PARTS, Told


@dataclass(frozen=True)
class Tally:
    """How many comments there are, and how many of them were answered in which way."""

    verdicts: Counter[Verdict]
    waiting: int

    @property
    def total(self) -> int:
        """Return how many comments there are."""
        return self.waiting + self.verdicts.total()


def comments_on(
    session: Session, paper: AgendaPaper, page: int, *, waiting: bool, by: Asker
) -> Leaf[Told]:
    """Return a page of the comments on a paper, in the order of its pages, or those unanswered."""
    query = readable_comments(by).where(*_which(paper, waiting=waiting))
    total = session.scalar(query.with_only_columns(func.count())) or 0
    page, pages = place(total, page)
    ordered = query.options(*PARTS).order_by(*IN_ORDER)
    rows = session.scalars(ordered.limit(ROWS).offset((page - 1) * ROWS))
    return Leaf([Told(row, is_out=paper.is_out) for row in rows], page, pages, total)


def all_comments_on(session: Session, paper: AgendaPaper, *, by: Asker) -> Sequence[Told]:
    """Return every comment on a paper, in the order of its pages."""
    query = readable_comments(by).where(*_which(paper, waiting=False))
    rows = session.scalars(query.options(*PARTS).order_by(*IN_ORDER))
    return [Told(row, is_out=paper.is_out) for row in rows]


def _which(paper: AgendaPaper, *, waiting: bool) -> tuple[ColumnElement[bool], ...]:
    of_paper = PaperComment.paper_id == paper.id
    return (of_paper, PaperComment.verdict.is_(None)) if waiting else (of_paper,)


def tally(session: Session, paper: AgendaPaper, *, by: Asker) -> Tally:
    """Count the comments on a paper by what became of them."""
    query = readable_comments(by).where(*_which(paper, waiting=False))
    counted = query.with_only_columns(PaperComment.verdict, func.count())
    rows: Any = session.execute(counted.group_by(PaperComment.verdict))
    counts: dict[Verdict | None, int] = dict(rows.all())
    verdicts = Counter({one: counts[one] for one in Verdict if one in counts})
    return Tally(verdicts, counts.get(None, 0))


def who_may_answer(session: Session, paper: AgendaPaper) -> list[Person]:
    """Return those of a meeting who could answer for the content of a paper."""
    return [part.person for part in participants_of(session, paper.item.meeting)]
