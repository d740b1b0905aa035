"""A received file becomes a paper before an item."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from meetings import events
from meetings.agenda.access.services import wish_paper
from meetings.agenda.services import announce
from meetings.documents import services as documents
from meetings.documents.quarantine.services import Received
from meetings.installation import Installation
from meetings.intake.verdict import Verdict
from meetings.models import AccessLevel, AgendaItem, AgendaPaper, Document, PaperComment, User
from meetings.policy import Asker


class Laid(NamedTuple):
    """A document, its paper unless that waits, and whether its body had that very file."""

    document: Document
    paper: AgendaPaper | None
    known: bool


def lay_received(
    session: Session,
    installation: Installation,
    received: Received,
    verdict: Verdict,
    *,
    item: AgendaItem,
    by: Asker,
) -> Laid:
    """Lay a received file before an item, or have that wait for a second person."""
    body = item.meeting.body
    doubles = documents.duplicates_of(session, received.sha256, by=by)
    known: Document | None = next((d for d in doubles if d.body_id == body.id), None)
    document = known or documents.receive(
        session,
        installation,
        received,
        verdict,
        body=body,
        access_level=min(AccessLevel.INTERNAL, by.clearance),
        by=by,
        topic=events.office_topic(item.meeting_id),
    )
    return Laid(document, wish_paper(session, item, document, by=by), known is not None)


def attach(session: Session, paper: AgendaPaper, main: AgendaPaper | None) -> None:
    """File a paper as an appendix of another of its item, or as one of its own again.

    What hung to it hangs to that other paper from then on: an appendix has none.
    """
    paper.appendix_of = main.id if main else None
    if main:
        session.execute(
            update(AgendaPaper)
            .where(AgendaPaper.appendix_of == paper.id)
            .values(appendix_of=main.id)
        )
    announce(session, paper.item.meeting)


def take_in(
    installation: Installation, received: Received, verdict: Verdict, *, item: UUID, by: UUID
) -> Laid:
    """Lay a received file before an item in a short transaction of its own."""

    def change(session: Session) -> Laid:
        return lay_received(
            session,
            installation,
            received,
            verdict,
            item=session.get_one(AgendaItem, item),
            by=session.get_one(User, by),
        )

    return installation.database.write(change)


def is_commented(session: Session, paper: AgendaPaper) -> bool:
    """Tell whether somebody commented on a paper; taken away, it would take their words along."""
    return bool(session.scalar(select(exists().where(PaperComment.paper_id == paper.id))))


def has_commented_papers(session: Session, item: AgendaItem) -> bool:
    """Tell whether somebody commented on a paper of an item or of one below it."""
    below = select(AgendaItem.id).where(AgendaItem.id == item.id).cte("below", recursive=True)
    below = below.union(select(AgendaItem.id).where(AgendaItem.parent_id == below.c.id))
    commented = select(PaperComment.id).join(PaperComment.paper)
    laid_there = commented.where(AgendaPaper.item_id.in_(select(below.c.id)))
    return session.scalar(laid_there.limit(1)) is not None
