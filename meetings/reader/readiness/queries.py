"""How far people are with their papers: one's own pages, and for the office no more than a word."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from meetings.agenda.queries import agenda_of
from meetings.collation import name_key
from meetings.documents.queries import current_versions
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    DocumentVersion,
    Meeting,
    Participant,
    Person,
    ReadPages,
    User,
)
from meetings.models.prepared import Prepared, settled
from meetings.policy import Asker, readable_papers, readable_people

_MARKS = Prepared(
    select(ReadPages.pages, ReadPages.turns).where(
        ReadPages.user_id == bindparam("reader"), ReadPages.version_id == bindparam("read")
    )
)


class Progress(StrEnum):
    """How far somebody is with a paper; which pages they saw is nobody else's business."""

    UNOPENED = "unopened"
    OPENED = "opened"
    ENDED = "ended"


@dataclass(frozen=True)
class Reader:
    """A participant, and how far they are with each paper that they may read."""

    name: str
    progress: Mapping[UUID, Progress]
    person_id: UUID
    user_id: UUID

    @property
    def counts(self) -> Mapping[Progress, int]:
        """Return how many papers they have not opened, opened, and seen to the end."""
        return Counter(self.progress.values())


@dataclass(frozen=True)
class Readiness:
    """The papers that are out at a meeting, and their readers."""

    documents: Sequence[Document]
    readers: Sequence[Reader]

    def counts(self, document: Document) -> Mapping[Progress, int]:
        """Return how many of its readers have not opened a paper, opened it, and seen it all."""
        found = (reader.progress.get(document.id) for reader in self.readers)
        return Counter(one for one in found if one)


@dataclass(frozen=True)
class Marks:
    """The pages of a version that a person had in view, and by how many quarters turned which."""

    seen: frozenset[int]
    turns: Mapping[str, int]


def marks_of(session: Session, version: DocumentVersion | None, *, by: Asker) -> Marks:
    """Return what the person asking left on a version by reading it."""
    asked = {"reader": by.id, "read": version.id} if version else {}
    pages, turns = (asked and _MARKS.one_or_none(settled(session), asked)) or ((), None)
    return Marks(frozenset(pages), turns or {})


def at_meeting(session: Session, meeting: Meeting, *, by: Asker) -> Readiness:
    """Return how far the participants of a meeting are with the papers that are out."""
    papers = _out(by).where(AgendaItem.meeting_id == meeting.id)
    laid = session.scalars(papers).all()
    documents = {paper.document_id: paper.document for paper in laid}
    lines = agenda_of(session, meeting, user=by)
    order = dict.fromkeys(paper.document_id for line in lines for paper in line.papers)
    found = [documents[one] for one in order if one in documents]
    return Readiness(found, _readers(session, laid, by))


def of_document(session: Session, document: Document, *, by: Asker) -> Sequence[Reader]:
    """Return how far the participants are before whom a document lies."""
    query = _out(by).where(AgendaPaper.document_id == document.id)
    return _readers(session, session.scalars(query).all(), by)


def _out(by: Asker) -> Select[AgendaPaper]:
    return (
        readable_papers(by)
        .join(AgendaPaper.item)
        .where(AgendaPaper.released_at.is_not(None), AgendaPaper.recalled_at.is_(None))
    )


def _readers(session: Session, papers: Sequence[AgendaPaper], by: Asker) -> Sequence[Reader]:
    known = {paper.id for paper in papers}
    marks = _marks(session, {paper.document_id: paper.document for paper in papers}.values())
    found = []
    for name, account in _accounts(session, {paper.item.meeting_id for paper in papers}, by):
        mine = readable_papers(account).where(AgendaPaper.id.in_(known))
        documents = session.scalars(mine.with_only_columns(AgendaPaper.document_id)).all()
        progress = {one: marks.get((account.id, one), Progress.UNOPENED) for one in documents}
        if progress:
            found.append(Reader(name, progress, account.person_id, account.id))
    return sorted(found, key=lambda reader: name_key(reader.name))


def _accounts(session: Session, meetings: Iterable[UUID], by: Asker) -> list[tuple[str, User]]:
    query = (
        readable_people(by)
        .join(User, User.person_id == Person.id)
        .where(User.active)
        .where(
            Person.id.in_(
                select(Participant.person_id).where(Participant.meeting_id.in_(list(meetings)))
            )
        )
        .with_only_columns(Person.full_name, User)
    )
    rows: Any = session.execute(query)
    return [tuple(row) for row in rows]


def _marks(session: Session, documents: Iterable[Document]) -> dict[tuple[UUID, UUID], Progress]:
    versions = current_versions(session, list(documents)).values()
    query = (
        select(ReadPages.user_id, DocumentVersion.document_id, ReadPages.ended_at)
        .join(DocumentVersion, DocumentVersion.id == ReadPages.version_id)
        .where(ReadPages.version_id.in_([version.id for version in versions]))
    )
    rows: Any = session.execute(query)
    return {
        (user, document): Progress.ENDED if ended else Progress.OPENED
        for user, document, ended in rows
    }
