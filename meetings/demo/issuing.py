"""What became of the demo's papers: issued documents, and what they do to each other."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.demo.furnishing import COPIES_APART
from meetings.demo.papers import Paper
from meetings.documents.issuing import services as issuing
from meetings.documents.issuing.queries import Circulation
from meetings.documents.issuing.services import Facts
from meetings.documents.relations import services as relations
from meetings.documents.relations.queries import BINDING
from meetings.models import Body, BodyKind, Document, DocumentType, Reach, RelationKind, User

PROVINCE = (
    BodyKind.EXECUTIVE_COMMITTEE,
    BodyKind.STANDING_COMMITTEE,
    BodyKind.STANDING_MEMBERS,
    BodyKind.PARTY_OFFICE,
    BodyKind.ADVISORY_BODY,
    BodyKind.INSPECTION_COMMISSION,
)


def settle(
    session: Session, papers: Mapping[str, Paper], paper: Paper, document: Document, by: User
) -> None:
    """Issue a paper of the archive to the province's bodies, and relate it to those that are in."""
    if not paper.meeting and paper.number and _is_issued(paper):
        facts = Facts(document.symbol, document.issued_on, document.signer)
        issuing.issue(session, document, facts, _province(session), by=by)
    for source, kind, target in _pairs(papers, paper):
        ends = [_brought_in(session, papers[key], paper, document) for key in (source, target)]
        if all(ends):
            newer, older = (end for end in ends if end)
            relations.relate(session, newer, older, RelationKind(kind), by=by)


def _is_issued(paper: Paper) -> bool:
    return DocumentType(paper.doc_type) in BINDING and not paper.issuer.is_state


def _province(session: Session) -> Circulation:
    bodies = session.scalars(select(Body.id).where(Body.kind.in_(PROVINCE)))
    return Circulation(Reach.BODIES, frozenset(bodies))


def _pairs(papers: Mapping[str, Paper], paper: Paper) -> list[tuple[str, str, str]]:
    """Return the relations that a paper has part in, as keys with the kind between them."""
    every = [(one.key, kind, key) for one in papers.values() for kind, key in one.relations]
    return [pair for pair in every if paper.key in {pair[0], pair[2]}]


def _brought_in(
    session: Session, wanted: Paper, paper: Paper, document: Document
) -> Document | None:
    """Return the document of a paper, if it came already; copies relate to their own kind."""
    if wanted.key == paper.key:
        return document
    copy = (paper.issued_on - (document.issued_on or paper.issued_on)) // COPIES_APART
    day = wanted.issued_on - timedelta(days=copy * COPIES_APART.days)
    title = f"{wanted.title} (đợt {copy})" if copy else wanted.title
    return session.scalar(
        select(Document).where(Document.title == title, Document.issued_on == day)
    )
