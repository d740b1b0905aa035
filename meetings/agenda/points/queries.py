"""The bridge points of a meeting, and the one of whoever asks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meetings import policy
from meetings.collation import collation_key, name_key
from meetings.models import BridgePoint, Meeting, Participant, Person, PointParticipant
from meetings.policy import Asker


def points_of(session: Session, meeting: Meeting) -> list[BridgePoint]:
    """Return the bridge points of a meeting by name."""
    query = select(BridgePoint).where(BridgePoint.meeting_id == meeting.id)
    found = session.scalars(query.options(joinedload(BridgePoint.person)))
    return sorted(found, key=lambda point: collation_key(point.name))


def places_of_people(session: Session, meeting: Meeting) -> dict[UUID, UUID]:
    """Return the point of each participant who takes part from one."""
    query = select(PointParticipant).join(
        Participant, Participant.id == PointParticipant.participant_id
    )
    found = session.scalars(query.where(Participant.meeting_id == meeting.id))
    return {one.participant_id: one.point_id for one in found}


def own_point(session: Session, meeting: Meeting, *, by: Asker) -> BridgePoint | None:
    """Return the bridge point from which whoever asks takes part."""
    query = (
        select(BridgePoint)
        .join(PointParticipant, PointParticipant.point_id == BridgePoint.id)
        .join(Participant, Participant.id == PointParticipant.participant_id)
        .where(Participant.meeting_id == meeting.id, Participant.person_id == by.person_id)
    )
    return session.scalar(query.options(joinedload(BridgePoint.person)))


def people_in_charge(session: Session, *, by: Asker) -> Sequence[Person]:
    """Return whom a bridge point may be entrusted to, by name."""
    people = session.scalars(policy.readable_people(by)).all()
    return sorted(people, key=lambda person: name_key(person.full_name))
