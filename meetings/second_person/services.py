"""What a second person does with a request to widen access."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.agenda.access import services as access
from meetings.agenda.access.services import Window
from meetings.agenda.queries import items_of
from meetings.agenda.services import invite, lay_paper
from meetings.documents import services as documents
from meetings.documents.issuing.queries import Circulation
from meetings.documents.issuing.services import circulate
from meetings.installation import Installation
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Document,
    Meeting,
    ParticipantRole,
    Person,
    Widening,
    WideningDecision,
    WideningKind,
)
from meetings.policy import Asker
from meetings.widenings.services import decide


def agree(session: Session, installation: Installation, widening: Widening, *, by: Asker) -> None:
    """Widen access as it was asked for."""
    decide(session, widening, WideningDecision.AGREED, by=by)
    WIDEN[widening.kind](session, installation, widening)


def refuse(session: Session, widening: Widening, *, by: Asker) -> None:
    """Leave access as it is."""
    decide(session, widening, WideningDecision.REFUSED, by=by)


def _lower(session: Session, installation: Installation, widening: Widening) -> None:
    document = session.get_one(Document, widening.document_id)
    level = AccessLevel(widening.what["access_level"])
    documents.change_level(session, installation, document, level)


def _open(session: Session, _: Installation, widening: Widening) -> None:
    start, end = Window.read(widening.what)
    paper = session.get_one(AgendaPaper, widening.paper_id)
    access.set_window(session, paper, start=start, end=end)


def _admit(session: Session, _: Installation, widening: Widening) -> None:
    people = {UUID(person) for person in widening.what["readers"]}
    if widening.paper_id:
        paper = session.get_one(AgendaPaper, widening.paper_id)
        access.set_readers(session, paper, people)
    else:
        access.set_readers(session, session.get_one(AgendaItem, widening.item_id), people)


def _circulate(session: Session, _: Installation, widening: Widening) -> None:
    document = session.get_one(Document, widening.document_id)
    circulate(session, document, Circulation.read(widening.what))


def _lay(session: Session, _: Installation, widening: Widening) -> None:
    item = session.get(AgendaItem, UUID(widening.what["item"]))
    if item is not None:
        lay_paper(session, item, session.get_one(Document, widening.document_id))


def _invite(session: Session, _: Installation, widening: Widening) -> None:
    meeting = session.get_one(Meeting, UUID(widening.what["meeting"]))
    person = session.get_one(Person, UUID(widening.what["person"]))
    part = widening.what.get("items")  # what was asked for before there were parts is the whole
    items = (
        None
        if part is None
        else {item.id for item in items_of(session, meeting)} & set(map(UUID, part))
    )
    invite(session, meeting, person, ParticipantRole(widening.what["role"]), items=items)


WIDEN: Mapping[WideningKind, Callable[[Session, Installation, Widening], None]] = {
    WideningKind.LEVEL: _lower,
    WideningKind.WINDOW: _open,
    WideningKind.READERS: _admit,
    WideningKind.REACH: _circulate,
    WideningKind.LAID: _lay,
    WideningKind.INVITED: _invite,
}
