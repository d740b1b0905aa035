"""Writing down how a tablet did."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Meeting, TabletTrial
from meetings.policy import Asker
from meetings.reader.trial.queries import Part, State

LONGEST_NAME = 80


class Unreadable(ValueError):
    """What a tablet told is no result of a trial."""


def found_in(told: str) -> dict[str, str]:
    """Return how each part did, as a tablet told; raise Unreadable if something else came."""
    try:
        given = json.loads(told)
        found = {part.value: State(given[part.value]).value for part in Part}
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise Unreadable from error
    return found


def note_trial(
    session: Session, meeting: Meeting, found: dict[str, str], *, tablet: str, by: Asker
) -> None:
    """Keep the newest trial of a tablet for a meeting."""
    name = tablet[:LONGEST_NAME]
    query = select(TabletTrial).where(
        TabletTrial.meeting_id == meeting.id,
        TabletTrial.user_id == by.id,
        TabletTrial.tablet == name,
    )
    trial = session.scalar(query)
    if trial is None:
        trial = TabletTrial(meeting_id=meeting.id, user_id=by.id, tablet=name)
        session.add(trial)
    trial.found, trial.tried_at = found, clock.now()
    session.flush()
