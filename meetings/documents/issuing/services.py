"""Issue a document, decide to whom it goes, and link it with its drafts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from meetings import clock
from meetings.documents.issuing.queries import Circulation, circulation_of, issue_of
from meetings.documents.relations.services import propose
from meetings.documents.services import find_anew, renew_agendas
from meetings.models import (
    AccessLevel,
    Document,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    Reach,
    WideningKind,
)
from meetings.policy import Asker
from meetings.widenings import services as widenings


@dataclass(frozen=True)
class Facts:
    """What makes a paper a document: its number, its day, and who signed it."""

    symbol: str
    issued_on: date | None
    signer: str


def issue(
    session: Session,
    document: Document,
    facts: Facts,
    circulation: Circulation,
    *,
    drafts: Collection[UUID] = (),
    by: Asker,
) -> bool:
    """Issue a document; tell whether its circulation waits for a second person.

    It goes into the archive; what was laid before the meeting stays with the meeting's people.
    """
    document.symbol, document.signer = facts.symbol, facts.signer
    document.issued_on = facts.issued_on
    known = issue_of(session, document)
    if known is None:
        known = Issue(document_id=document.id, issued_by=by.id)
        session.add(known)
        session.flush()
    session.execute(delete(IssueDraft).where(IssueDraft.issue_id == known.id))
    session.add_all(IssueDraft(issue_id=known.id, draft_id=draft) for draft in set(drafts))
    document.archived_at = document.archived_at or clock.now()
    propose(session, document)
    find_anew(session, document)
    renew_agendas(session, document)
    return wish_circulation(session, document, circulation, by=by)


def wish_circulation(
    session: Session, document: Document, circulation: Circulation, *, by: Asker
) -> bool:
    """Circulate an issued document; tell whether a wider circle waits for a second person."""
    old = circulation_of(session, document) or Circulation()
    waits = document.access_level is AccessLevel.RESTRICTED and not old.covers(circulation)
    if waits:
        what, body = circulation.told(), document.body_id
        widenings.ask(session, document, WideningKind.REACH, what, body=body, by=by)
    else:
        widenings.supersede(session, document, WideningKind.REACH, by=by)
        circulate(session, document, circulation)
    return waits


def circulate(session: Session, document: Document, circulation: Circulation) -> None:
    """Let an issued document go to those in a circulation, and to no one else."""
    issued = issue_of(session, document)
    if issued is None:
        raise LookupError(document.id)
    issued.reach = circulation.reach
    session.execute(delete(IssueBody).where(IssueBody.issue_id == issued.id))
    session.execute(delete(IssueReader).where(IssueReader.issue_id == issued.id))
    if circulation.reach is Reach.BODIES:
        rows = [IssueBody(issue_id=issued.id, body_id=body) for body in circulation.bodies]
        session.add_all(rows)
    if circulation.reach is Reach.PEOPLE:
        named = [IssueReader(issue_id=issued.id, person_id=one) for one in circulation.people]
        session.add_all(named)
    session.flush()
