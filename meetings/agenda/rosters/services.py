"""A table of participants is taken in: every row of it, or none."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import audit
from meetings.agenda.participants.services import Outcome, admit, change_part
from meetings.agenda.rosters.queries import Plan, plan_of
from meetings.models import Meeting, ParticipantRole, Person
from meetings.organisation.rosters.queries import Change, ChangedMeanwhileError
from meetings.policy import Asker, Permission


@dataclass(frozen=True)
class Wish:
    """A table, what was chosen for its rows, and the mark of what was seen."""

    text: str
    choices: Mapping[int, str]
    otherwise: ParticipantRole
    seen: str


@dataclass
class Taken(Outcome):
    """What became of the rows."""

    changed: list[str] = field(default_factory=list)


def take_in(session: Session, meeting: Meeting, wish: Wish, *, by: Asker) -> Taken:
    """Let those of a table take part as it says; raise ChangedMeanwhileError and change nothing."""
    plan = plan_of(session, meeting, wish.text, wish.choices, by=by, otherwise=wish.otherwise)
    if plan.mark != wish.seen or not plan.is_ready:
        raise ChangedMeanwhileError
    taken = Taken()
    _add(session, meeting, plan, taken, by=by)
    _change(session, plan, taken, by=by)
    counts = {change.value: len(plan.of(change)) for change in Change}
    deed = audit.Deed(
        action=Permission.MEETING_PREPARE.value,
        actor_id=by.id,
        subject_type="Meeting",
        subject_id=str(meeting.id),
        detail={"rows": counts},
    )
    audit.record(session, deed)
    return taken


def _add(session: Session, meeting: Meeting, plan: Plan, taken: Taken, *, by: Asker) -> None:
    alike: dict[tuple[ParticipantRole, frozenset[UUID] | None], list[Person]] = defaultdict(list)
    for line in plan.of(Change.ADDED):
        if line.person:
            alike[line.role, line.items].append(line.person)
    for (role, items), people in alike.items():
        some = admit(session, meeting, people, role, by=by, items=items)
        taken.added += some.added
        taken.waiting += some.waiting


def _change(session: Session, plan: Plan, taken: Taken, *, by: Asker) -> None:
    for line in plan.of(Change.CHANGED):
        if line.part and change_part(session, line.part, line.role, by=by, items=line.items):
            taken.waiting.append(line.part.person)
        elif line.part:
            taken.changed.append(line.part.person.full_name)
