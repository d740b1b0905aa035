"""What changed since a person looked, told from the rows themselves; only what they may see now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    DocumentVersion,
    Meeting,
    NoticeMark,
    VersionState,
)
from meetings.policy import Asker

LONGEST = timedelta(days=30)
"""What is older is news to nobody, also to those who never looked."""
MOST = 200


class NoticeKind(StrEnum):
    """What changed."""

    PAPER = "paper"
    VERSION = "version"
    RECALL = "recall"
    MOVE = "move"


@dataclass(frozen=True)
class Notice:
    """One change in a meeting, at an item or of the meeting itself."""

    kind: NoticeKind
    at: datetime
    meeting: Meeting
    item: str = ""
    title: str = ""
    document_id: UUID | None = None


def notices_of(session: Session, *, by: Asker) -> Sequence[Notice]:
    """Return what changed in the coming meetings of a person since they looked, newest first."""
    since = _since(session, by)
    meetings = {
        meeting.id: meeting
        for meeting in session.scalars(
            policy.readable_meetings(by).where(Meeting.ends_at > clock.now())
        )
    }
    if not meetings:
        return []
    found = [
        *_moves(meetings.values(), since),
        *_papers(session, meetings, since, by),
        *_recalls(session, meetings, since, by),
    ]
    return sorted(found, key=lambda notice: notice.at, reverse=True)[:MOST]


def _since(session: Session, by: Asker) -> datetime:
    mark = session.get(NoticeMark, by.id)
    earliest = clock.now() - LONGEST
    return max(mark.seen_at, earliest) if mark else earliest


def _moves(meetings: Iterable[Meeting], since: datetime) -> Iterator[Notice]:
    for meeting in meetings:
        if meeting.moved_at and meeting.moved_at > since:
            yield Notice(NoticeKind.MOVE, meeting.moved_at, meeting)


def _papers(
    session: Session, meetings: dict[UUID, Meeting], since: datetime, by: Asker
) -> Iterator[Notice]:
    """Yield papers that came before the person, and new versions of those that lay there."""
    query = (
        _at_items(policy.readable_papers(by), meetings)
        .join(AgendaPaper.document)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(
            AgendaPaper.released_at.is_not(None),
            AgendaPaper.recalled_at.is_(None),
            DocumentVersion.superseded_at.is_(None),
            DocumentVersion.state == VersionState.READY,
            or_(
                AgendaPaper.released_at > since,
                AgendaPaper.readable_from > since,
                DocumentVersion.created_at > since,
            ),
        )
        .with_only_columns(
            AgendaItem.meeting_id,
            AgendaItem.title,
            Document.title,
            Document.id,
            AgendaPaper.released_at,
            AgendaPaper.readable_from,
            DocumentVersion.created_at,
        )
    )
    rows: Any = session.execute(query)
    for meeting, item, title, document, released, opens, made in rows:
        came = max(released, opens or released)
        kind, at = (NoticeKind.PAPER, came) if came > since else (NoticeKind.VERSION, made)
        if at <= clock.now():
            yield Notice(kind, at, meetings[meeting], item, title, document)


def _recalls(
    session: Session, meetings: dict[UUID, Meeting], since: datetime, by: Asker
) -> Iterator[Notice]:
    """Yield that a paper was taken back, without its title, which is read no longer."""
    query = (
        _at_items(policy.recalled_papers(by), meetings)
        .where(AgendaPaper.recalled_at > since)
        .with_only_columns(AgendaItem.meeting_id, AgendaItem.title, AgendaPaper.recalled_at)
    )
    rows: Any = session.execute(query)
    for meeting, item, at in rows:
        yield Notice(NoticeKind.RECALL, at, meetings[meeting], item)


def _at_items(papers: Select[AgendaPaper], meetings: dict[UUID, Meeting]) -> Any:
    return papers.join(AgendaPaper.item).where(AgendaItem.meeting_id.in_(meetings))
