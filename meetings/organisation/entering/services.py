"""A table of people and posts is entered: every row of it, or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from meetings import audit
from meetings.models import Person
from meetings.organisation.entering.queries import Line, plan_of
from meetings.organisation.keeping.services import add_person, end_post, give_post
from meetings.organisation.rosters.queries import Change, ChangedMeanwhileError, name_in
from meetings.policy import Asker, Permission


@dataclass(frozen=True)
class Wish:
    """A table, what was chosen for its rows, and the mark of what was seen."""

    text: str
    choices: Mapping[int, str]
    seen: str


def enter(session: Session, wish: Wish, *, by: Asker) -> dict[Change, int]:
    """Enter a table; raise ChangedMeanwhileError and change nothing if it is not what was seen.

    New rows of one name are one person.
    """
    plan = plan_of(session, wish.text, wish.choices, by=by)
    if plan.mark != wish.seen or not plan.is_ready:
        raise ChangedMeanwhileError
    new: dict[str, Person] = {}
    for line in plan.taken:
        person = line.person or _new(session, line, new)
        _enter(session, person, line)
    counts = {change: len(plan.of(change)) for change in Change}
    deed = audit.Deed(
        action=Permission.ORGANISATION_KEEP.value,
        actor_id=by.id,
        detail={"rows": {change.value: count for change, count in counts.items()}},
    )
    audit.record(session, deed)
    return counts


def _new(session: Session, line: Line, new: dict[str, Person]) -> Person:
    name = line.said["name"]
    key = name_in(name)
    if key not in new:
        new[key] = add_person(session, full_name=name, honorific="", protocol_rank=line.rank)
    return new[key]


def _enter(session: Session, person: Person, line: Line) -> None:
    post = line.post
    if post is None and line.body and line.since:
        rank, since = line.rank, line.since
        post = give_post(
            session, person, line.body, title=line.title, since=since, protocol_rank=rank
        )
    if post and line.until:
        end_post(session, post, until=line.until)
