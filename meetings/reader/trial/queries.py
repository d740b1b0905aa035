"""How the tablets of a meeting's participants did, as the office reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.collation import name_key
from meetings.models import Meeting, Participant, Person, TabletTrial, User
from meetings.policy import Asker, readable_people


class Part(StrEnum):
    """What is tried."""

    STORE = "store"
    WORKER = "worker"
    STREAM = "stream"
    SPEED = "speed"
    CLOCK = "clock"
    LETTERS = "letters"


class State(StrEnum):
    """How a part did."""

    GOOD = "good"
    WEAK = "weak"
    BAD = "bad"


@dataclass(frozen=True)
class Tried:
    """A participant, and how one of their tablets did; without one, nothing was tried yet."""

    name: str
    tablet: str = ""
    found: Mapping[str, str] | None = None
    tried_at: datetime | None = None
    person_id: UUID | None = None

    @property
    def problems(self) -> Sequence[Part]:
        """Return the parts that did not do well."""
        found = self.found or {}
        return [part for part in Part if found.get(part.value, State.GOOD) != State.GOOD]


def trials_of(session: Session, meeting: Meeting, *, by: Asker) -> Sequence[Tried]:
    """Return the newest trials of each participant, in the order of their names."""
    query = (
        readable_people(by)
        .where(
            Person.id.in_(select(Participant.person_id).where(Participant.meeting_id == meeting.id))
        )
        .join(User, User.person_id == Person.id)
        .where(User.active)
        .outerjoin(
            TabletTrial,
            (TabletTrial.user_id == User.id) & (TabletTrial.meeting_id == meeting.id),
        )
        .with_only_columns(
            Person.full_name,
            TabletTrial.tablet,
            TabletTrial.found,
            TabletTrial.tried_at,
            Person.id,
        )
    )
    rows: Any = session.execute(query)
    return sorted((Tried(*row) for row in rows), key=lambda one: name_key(one.name))
