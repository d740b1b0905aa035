"""Carry out what a clerk decides of two documents that look the same."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from meetings import clock, vault
from meetings.agenda.access.services import wish_paper
from meetings.agenda.papers.services import is_commented
from meetings.agenda.services import take_back
from meetings.documents import services as documents
from meetings.documents.destruction.services import StillReleased, put_in_bin
from meetings.documents.queries import current_version
from meetings.installation import Installation
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    DocumentVersion,
    ReadingPosition,
    SameChoice,
    Sameness,
    TrayFile,
)
from meetings.policy import Asker


class StillCommented(Exception):
    """Words of others stand at a paper that would be taken off the agenda."""


def decide(
    session: Session,
    installation: Installation,
    newer: Document,
    older: Document,
    choice: SameChoice,
    *,
    by: Asker,
) -> Document | None:
    """Do with a newer document what was chosen; return the one that stays, if one does.

    Raises StillReleased where it already lies before participants, StillCommented where somebody
    commented on what would go.
    """
    _refuse(session, newer, older, choice)
    _note(session, newer, older, choice)
    if choice is SameChoice.VERSION:
        _become_version(session, installation, newer, older)
        return older
    if choice is SameChoice.REPLACE:
        _take_its_place(session, newer, older, by=by)
        return newer
    if choice is SameChoice.CANCEL:
        _leave(session, newer)
        put_in_bin(session, newer)
        return None
    return newer


def _refuse(session: Session, newer: Document, older: Document, choice: SameChoice) -> None:
    going = [] if choice is SameChoice.BOTH else list(_papers(session, newer))
    if any(paper.is_out for paper in going):
        raise StillReleased
    going += _papers(session, older) if choice is SameChoice.REPLACE else ()
    if any(is_commented(session, paper) for paper in going):
        raise StillCommented


def _note(session: Session, newer: Document, older: Document, choice: SameChoice) -> None:
    pair = Sameness.document_id == newer.id, Sameness.other_id == older.id
    session.execute(update(Sameness).where(*pair).values(choice=choice))


def _become_version(
    session: Session, installation: Installation, newer: Document, older: Document
) -> None:
    """Hang the newer file to the older document; the newer document is no more."""
    level = max(newer.access_level, older.access_level)
    documents.change_level(session, installation, older, level)
    version, before = current_version(session, newer), current_version(session, older)
    if before:
        before.superseded_at = clock.now()
    if version:
        place = vault.open_compartment(session, installation.keys, older.body_id, level)
        vault.move(installation.keys, version, place)
        session.flush()
        version.document_id, version.number = older.id, _last_number(session, older) + 1
        session.flush()
    for paper in _papers(session, newer):
        _hand_over(session, paper, older)
    _hand_over_files(session, newer, older)
    session.execute(delete(ReadingPosition).where(ReadingPosition.document_id == newer.id))
    session.flush()
    session.execute(delete(Document).where(Document.id == newer.id))
    documents.find_anew(session, newer)
    documents.renew_agendas(session, older)
    documents.find_anew(session, older)


def _last_number(session: Session, document: Document) -> int:
    query = select(func.max(DocumentVersion.number))
    return session.scalar(query.where(DocumentVersion.document_id == document.id)) or 0


def _hand_over(session: Session, paper: AgendaPaper, document: Document) -> None:
    laid = select(AgendaPaper.id).where(
        AgendaPaper.item_id == paper.item_id, AgendaPaper.document_id == document.id
    )
    if session.scalar(laid):
        take_back(session, paper)
    else:
        paper.document_id = document.id


def _hand_over_files(session: Session, newer: Document, older: Document) -> None:
    """Point the trays to the document that stays, each once."""
    known = set(_meetings(session, older))
    for file in session.scalars(select(TrayFile).where(TrayFile.document_id == newer.id)).all():
        if file.meeting_id in known:
            session.delete(file)
        else:
            file.document_id = older.id
            known.add(file.meeting_id)
    session.flush()


def _meetings(session: Session, document: Document) -> Sequence[UUID]:
    query = select(TrayFile.meeting_id).where(TrayFile.document_id == document.id)
    return session.scalars(query).all()


def _take_its_place(session: Session, newer: Document, older: Document, *, by: Asker) -> None:
    """Lay the newer document wherever the older one lies, and put that into the bin."""
    for paper in _papers(session, older):
        item = session.get_one(AgendaItem, paper.item_id)
        position = paper.position
        take_back(session, paper)
        laid = wish_paper(session, item, newer, by=by)
        if laid is not None:
            laid.position = position
    session.execute(delete(TrayFile).where(TrayFile.document_id == older.id))
    put_in_bin(session, older)


def _leave(session: Session, document: Document) -> None:
    for paper in _papers(session, document):
        take_back(session, paper)
    session.execute(delete(TrayFile).where(TrayFile.document_id == document.id))


def _papers(session: Session, document: Document) -> Sequence[AgendaPaper]:
    query = select(AgendaPaper).where(AgendaPaper.document_id == document.id)
    return session.scalars(query).all()
