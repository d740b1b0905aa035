"""How far documents go, to whom one might go, and which drafts became which document."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.documents.queries import current_version
from meetings.intake import recipients
from meetings.intake.fold import words_of
from meetings.models import (
    Body,
    Document,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    Person,
    Reach,
)
from meetings.policy import Asker, readable_bodies, readable_documents, readable_people

DRAFTS_OFFERED = 12
ALIKE = 3
"""Words that the titles of a draft and of what became of it have in common."""


@dataclass(frozen=True)
class Circulation:
    """To whom a document goes; which list counts is what the reach says."""

    reach: Reach = Reach.ARCHIVISTS
    bodies: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()

    def covers(self, other: "Circulation") -> bool:
        """Tell whether surely nobody is in the other circulation who is not in this one."""
        if other.reach is Reach.ARCHIVISTS or self.reach is Reach.PARTY is other.reach:
            return True
        if self.reach is not other.reach:
            return False
        return other.bodies <= self.bodies and other.people <= self.people

    def told(self) -> dict[str, object]:
        """Return the circulation as JSON."""
        lists = {"bodies": self.bodies, "people": self.people}
        told = {name: sorted(map(str, ids)) for name, ids in lists.items()}
        return {"reach": self.reach.value, **told}

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Circulation":
        """Return the circulation that was told."""
        bodies, people = (frozenset(map(UUID, told[name])) for name in ("bodies", "people"))
        return cls(Reach(told["reach"]), bodies, people)


def issue_of(session: Session, document: Document) -> Issue | None:
    """Return the issuing of a document."""
    return session.scalar(select(Issue).where(Issue.document_id == document.id))


def circulation_of(session: Session, document: Document) -> Circulation | None:
    """Return to whom a document goes; None if it was not issued."""
    issue = issue_of(session, document)
    if issue is None:
        return None
    bodies = session.scalars(select(IssueBody.body_id).where(IssueBody.issue_id == issue.id))
    people = session.scalars(select(IssueReader.person_id).where(IssueReader.issue_id == issue.id))
    return Circulation(issue.reach, frozenset(bodies), frozenset(people))


def proposed_circulation(session: Session, document: Document, *, by: Asker) -> Circulation:
    """Return what the lines under "Nơi nhận" propose; where they say nothing, nobody."""
    said = recipients_read(session, document)
    bodies = session.scalars(readable_bodies(by)).all()
    known = [recipients.Addressee(str(body.id), body.kind.value, body.name) for body in bodies]
    found = recipients.circulation_of(said, known)
    if found.everybody:
        return Circulation(Reach.PARTY)
    if not found.bodies:
        return Circulation()
    return Circulation(Reach.BODIES, frozenset(map(UUID, found.bodies)))


def recipients_read(session: Session, document: Document) -> list[str]:
    """Return the lines under "Nơi nhận" as they were read in the document."""
    version = current_version(session, document)
    said = ((version and version.header) or {}).get("metadata", {}).get("recipients") or ""
    return [line.lstrip("-–+ ") for line in said.splitlines()]


def bodies_to_choose(session: Session, *, by: Asker) -> Sequence[Body]:
    """Return the bodies that a circulation may name, as the organisation arranges them."""
    return session.scalars(readable_bodies(by).order_by(Body.position, Body.name)).all()


def people_to_choose(session: Session, *, by: Asker) -> Sequence[Person]:
    """Return the people whom a circulation may name, by rank."""
    order = Person.protocol_rank, Person.full_name
    return session.scalars(readable_people(by).order_by(*order)).all()


def drafts_of(session: Session, document: Document, *, by: Asker) -> Sequence[Document]:
    """Return the drafts of an issued document that a person may read."""
    issue = issue_of(session, document)
    if issue is None:
        return ()
    drafts = select(IssueDraft.draft_id).where(IssueDraft.issue_id == issue.id)
    return session.scalars(readable_documents(by).where(Document.id.in_(drafts))).all()


def drafts_to_choose(session: Session, document: Document, *, by: Asker) -> Sequence[Document]:
    """Return what may be a draft of a document: papers of a like title, nearest first."""
    taken = select(IssueDraft.draft_id).where(
        IssueDraft.issue_id.not_in(select(Issue.id).where(Issue.document_id == document.id))
    )
    issued = select(Issue.document_id)
    wanted = readable_documents(by).where(
        Document.body_id == document.body_id,
        Document.id != document.id,
        Document.id.not_in(taken),
        Document.id.not_in(issued),
    )
    words = _words(document)
    alike = [(len(words & _words(other)), other) for other in session.scalars(wanted)]
    near = sorted((a for a in alike if a[0] >= ALIKE), key=lambda a: (-a[0], a[1].id))
    return [other for _, other in near[:DRAFTS_OFFERED]]


def became(session: Session, documents: Collection[UUID], *, by: Asker) -> dict[UUID, Document]:
    """Return what became of drafts, as far as a person may read it, by the draft's id."""
    pairs = session.execute(
        select(IssueDraft.draft_id, Issue.document_id)
        .join(Issue, Issue.id == IssueDraft.issue_id)
        .where(IssueDraft.draft_id.in_(documents))
    ).all()
    if not pairs:
        return {}
    wanted = readable_documents(by).where(Document.id.in_([issued for _, issued in pairs]))
    readable = {document.id: document for document in session.scalars(wanted)}
    return {draft: readable[issued] for draft, issued in pairs if issued in readable}


def _words(document: Document) -> set[str]:
    return set(words_of(document.title).split())
