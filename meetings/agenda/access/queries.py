"""Who is named to read a paper or the papers of an item, and who could be."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from meetings import policy
from meetings.agenda.queries import ITEMS, participants_of
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Document,
    ItemReader,
    Meeting,
    PaperReader,
    Participant,
    ParticipantItem,
    Person,
)
from meetings.policy import Asker
from meetings.policy.predicates import of, under

LISTS: dict[type[Any], tuple[type[Any], InstrumentedAttribute[UUID]]] = {
    AgendaItem: (ItemReader, ItemReader.item_id),
    AgendaPaper: (PaperReader, PaperReader.paper_id),
}


def reader_table(
    place: AgendaPaper | AgendaItem,
) -> tuple[type[Any], InstrumentedAttribute[UUID]]:
    """Return the table of a list's names, and the column that says whose list it is."""
    return LISTS[type(place)]


def readers_of(session: Session, place: AgendaPaper | AgendaItem) -> set[UUID]:
    """Return the persons named for a paper or an item."""
    table, owner = reader_table(place)
    return set(session.scalars(select(table.person_id).where(owner == place.id)))


def is_restricted(session: Session, place: AgendaPaper | AgendaItem) -> bool:
    """Tell whether a paper is restricted, or one of those before an item and below it."""
    if isinstance(place, AgendaPaper):
        return place.document.access_level is AccessLevel.RESTRICTED
    here = under("here", select(AgendaItem.id.label("item_id")).where(AgendaItem.id == place.id))
    restricted = Document.access_level == AccessLevel.RESTRICTED
    found = exists().where(here, of(AgendaPaper.document_id, Document, restricted))
    return bool(session.scalar(select(found)))


def lists_over(session: Session, place: AgendaPaper | AgendaItem) -> list[set[UUID]]:
    """Return the lists that a paper, its item and those above hold; each of them must name."""
    named = readers_of(session, place)
    closed = isinstance(place, AgendaItem) and place.closed
    lists = [named] if named or closed else []
    above = place.item_id if isinstance(place, AgendaPaper) else place.parent_id
    return lists + (lists_over(session, session.get_one(AgendaItem, above)) if above else [])


def reach_of(session: Session, place: AgendaPaper | AgendaItem) -> set[UUID]:
    """Return the persons who may read a paper once it is out, or any that lies before an item."""
    item = place.item if isinstance(place, AgendaPaper) else place
    invited_here = select(ParticipantItem.participant_id).where(
        ParticipantItem.item_id.in_(_item_and_above(session, item))
    )
    present = select(Participant.person_id).where(
        Participant.meeting_id == item.meeting_id,
        or_(Participant.whole, Participant.id.in_(invited_here)),
    )
    return set(session.scalars(present)).intersection(*lists_over(session, place))


def _item_and_above(session: Session, item: AgendaItem) -> list[UUID]:
    above = session.get_one(AgendaItem, item.parent_id) if item.parent_id else None
    return [item.id, *(_item_and_above(session, above) if above else ())]


def people_to_name(
    session: Session, meeting: Meeting, named: set[UUID], *, by: Asker
) -> Sequence[Person]:
    """Return the participants in protocol order, then those named who take part no longer."""
    present = [participant.person for participant in participants_of(session, meeting)]
    gone = named - {person.id for person in present}
    return [*present, *session.scalars(policy.readable_people(by).where(Person.id.in_(gone)))]


def limits_of_items(session: Session, meeting: Meeting) -> dict[UUID, int]:
    """Return how many persons are named for each item of a meeting that has a list."""
    items = ITEMS.with_only_columns(AgendaItem.id).order_by(None)
    query = (
        select(ItemReader.item_id, func.count())
        .where(ItemReader.item_id.in_(items))
        .group_by(ItemReader.item_id)
    )
    rows: Any = session.execute(query, {"meeting": meeting.id})
    return dict(rows.all())
