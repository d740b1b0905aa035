"""Where one may comment, the paragraphs of a page, and the comments that a person may see."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func
from sqlalchemy.orm import Session, joinedload

from meetings import clock, policy
from meetings.documents.queries import current_version, page_text, pages_of
from meetings.installation import Installation
from meetings.models import (
    AgendaPaper,
    CommentRound,
    DocumentVersion,
    PaperComment,
)
from meetings.models.prepared import Prepared, settled
from meetings.paging import ROWS, Leaf, place
from meetings.policy import Asker, Permission, commentable_papers, facts, readable_comments

SHORT = 0.7
"""Of the longest line: a shorter one ends its paragraph."""
ITEM = re.compile(r"([-–+•*]|\d{1,2}[.)]|[a-zđ][.)]|[IVX]{1,5}[.\-–]|Điều|Chương|Mục|Phần)(\s|$)")
ENDS = (".", ":", ";", "!", "?", "…")
NUMBER = re.compile(r"[-–\s]*\d{1,4}[-–\s]*")
LONGEST_QUOTE = 500

_OPENED = Prepared(
    commentable_papers()
    .join(CommentRound, CommentRound.paper_id == AgendaPaper.id)
    .where(
        AgendaPaper.document_id == bindparam("read", type_=AgendaPaper.document_id.type),
        CommentRound.opens_at <= bindparam("begun", type_=CommentRound.opens_at.type),
    )
    .order_by(CommentRound.closes_at.desc())
    .with_only_columns(AgendaPaper.id)
)


class Obstacle(Enum):
    """Why nothing is written or changed."""

    NOT_OPENED = auto()
    NOT_BEGUN = auto()
    OVER = auto()
    RECALLED = auto()
    ANSWERED = auto()


@dataclass(frozen=True)
class Spot:
    """A page of the version that is read now, to be commented on."""

    version: DocumentVersion
    number: int
    paragraphs: Sequence[str]

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return max(self.version.page_count, 1)


@dataclass(frozen=True)
class Told:
    """A comment as somebody may see it now."""

    comment: PaperComment
    is_out: bool
    """Whether its paper lies before them, so that its words may be quoted."""

    @property
    def quote(self) -> str:
        """Return the words on the page that it is about."""
        return self.comment.quote if self.is_out else ""

    @cached_property
    def earlier(self) -> int | None:
        """Return the number of the version it was on, where that is read no longer."""
        version = self.comment.version
        return version.number if version and version.superseded_at else None


def paper_open_for_comments(
    session: Session, document: UUID, paper: AgendaPaper | None, *, by: Asker
) -> UUID | None:
    """Return the paper on which somebody who reads a document comments, rather that they opened."""
    rows = _OPENED.all(settled(session), facts(by) | {"read": document, "begun": clock.now()})
    papers = [row[0] for row in rows]
    if paper and paper.id in papers:
        return paper.id
    return papers[0] if papers else None


def round_of(session: Session, paper: AgendaPaper) -> CommentRound | None:
    """Return when a paper is open for comments, if the office said so."""
    return session.get(CommentRound, paper.id)


def obstacle_to_writing(round_: CommentRound | None) -> Obstacle | None:
    """Return why nobody comments on a paper now."""
    if round_ is None:
        return Obstacle.NOT_OPENED
    if round_.opens_at > clock.now():
        return Obstacle.NOT_BEGUN
    return Obstacle.OVER if round_.closes_at <= clock.now() else None


def obstacle_to_change(session: Session, comment: PaperComment, *, by: Asker) -> Obstacle | None:
    """Return why somebody does not change their comment any more."""
    if comment.verdict:
        return Obstacle.ANSWERED
    if not policy.allows(session, by, Permission.COMMENT_WRITE, comment.paper):
        return Obstacle.RECALLED
    return obstacle_to_writing(round_of(session, comment.paper))


def spot_of(
    session: Session, installation: Installation, paper: AgendaPaper, number: int
) -> Spot | None:
    """Return a page of a paper, or the nearest there is; nothing while it has no version."""
    version = current_version(session, paper.document)
    if version is None:
        return None
    number = min(max(number, 1), max(version.page_count, 1))
    page = next((one for one in pages_of(session, version) if one.number == number), None)
    text = page_text(installation, page) if page else ""
    return Spot(version, number, paragraphs_of(text))


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a page's text; the number of the page is none."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    while lines and (not lines[-1] or NUMBER.fullmatch(lines[-1])):
        lines.pop()
    if lines and NUMBER.fullmatch(lines[0]):
        lines[0] = ""
    longest = max(map(len, lines), default=0)
    found: list[str] = []
    before = ""
    for line in lines:
        ended = not before or before.endswith(ENDS) or len(before) < longest * SHORT
        if line and (ended or ITEM.match(line)):
            found.append(line)
        elif line:
            found[-1] += f" {line}"
        before = line
    return [_shortened(paragraph) for paragraph in found]


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[:LONGEST_QUOTE].rpartition(" ")[0] + " …"


def own_comments(session: Session, paper: AgendaPaper, *, by: Asker) -> list[Told]:
    """Return what a person wrote on a paper that lies before them, in the order of its pages."""
    return _on(session, paper, by, PaperComment.person_id == by.person_id)


def shared_comments(session: Session, paper: AgendaPaper, *, by: Asker) -> list[Told]:
    """Return what the others wrote, where the office lets them see it."""
    round_ = round_of(session, paper)
    if round_ is None or not round_.shared:
        return []
    return _on(session, paper, by, PaperComment.person_id != by.person_id)


def _on(session: Session, paper: AgendaPaper, by: Asker, among: Any) -> list[Told]:
    query = readable_comments(by).where(PaperComment.paper_id == paper.id, among)
    ordered = query.options(*PARTS).order_by(*IN_ORDER)
    return [Told(comment, is_out=True) for comment in session.scalars(ordered)]


PARTS = (joinedload(PaperComment.person), joinedload(PaperComment.version))
IN_ORDER = (PaperComment.page, func.coalesce(PaperComment.paragraph, 0), PaperComment.id)


def all_own_comments(session: Session, page: int, *, by: Asker) -> Leaf[Told]:
    """Return a page of all that a person wrote, the newest first, also on recalled papers."""
    query = readable_comments(by).where(PaperComment.person_id == by.person_id)
    total = session.scalar(query.with_only_columns(func.count())) or 0
    page, pages = place(total, page)
    whole = joinedload(PaperComment.paper)
    parts = (whole.joinedload(AgendaPaper.document), whole.joinedload(AgendaPaper.item), *PARTS)
    ordered = query.options(*parts).order_by(PaperComment.id.desc())
    comments = session.scalars(ordered.limit(ROWS).offset((page - 1) * ROWS)).all()
    out = _out(session, {comment.paper_id for comment in comments}, by)
    told = [Told(comment, is_out=comment.paper_id in out) for comment in comments]
    return Leaf(told, page, pages, total)


def _out(session: Session, papers: Collection[UUID], by: Asker) -> set[UUID]:
    query = commentable_papers(by).where(AgendaPaper.id.in_(papers))
    return set(session.scalars(query.with_only_columns(AgendaPaper.id)))
