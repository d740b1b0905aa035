"""A body is dissolved, and until somebody confirms it all can be put back."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock
from meetings.members.moving import services as moving
from meetings.members.reform import queries
from meetings.members.reform.queries import Plan, Step
from meetings.models import Body, Dissolution, DissolutionStep
from meetings.organisation.keeping import services as keeping
from meetings.policy import Asker

DAY = timedelta(days=1)


class Blocked(Exception):
    """Something recorded already stands against the dissolution."""


class Ended(Exception):
    """The dissolution was confirmed or undone already."""


def dissolve(
    session: Session, body: Body, plan: Plan, *, decision: str, day: date, by: Asker
) -> Dissolution:
    """Dissolve a body from a day on as planned; raise Blocked and change nothing."""
    if plan.later or plan.underway:
        raise Blocked
    done = Dissolution(
        body_id=body.id, decision=decision, day=day, done_by=by.id, done_at=clock.now()
    )
    session.add(done)
    session.flush()
    closing = {step.body.id: step.choice.to for step in plan.steps if step.closes}
    went = moving.move(session, closing, on=day, decision=decision, at=done.done_at, by=by)
    for step in plan.steps:
        session.add(_gone(session, done, step, went.get(step.body.id, ())))
    session.flush()
    return done


def _gone(session: Session, done: Dissolution, step: Step, went: Sequence[UUID]) -> DissolutionStep:
    """Put one body where it goes, or close it; return the line of the ledger."""
    body, last = step.body, done.day - DAY
    noted = DissolutionStep(
        dissolution_id=done.id,
        body_id=body.id,
        from_id=body.parent_id,
        to_id=step.choice.to,
        closes=step.closes,
        moved=[str(member) for member in went],
    )
    if step.closes:
        ending = keeping.open_at(session, body, last)
        noted.posts = {str(post.id): post.until and post.until.isoformat() for post in ending}
        keeping.change_body(session, body, closed_on=last)
    else:
        keeping.change_body(session, body, parent_id=step.choice.to)
    return noted


def undo(session: Session, done: Dissolution, *, decision: str, by: Asker) -> int:
    """Put all back that nobody changed since; return how many members came back; raise Ended."""
    _still(session, done)
    steps = queries.steps_of(session, done)
    for step in steps:
        if step.closes:
            keeping.change_body(session, step.body, closed_on=None)
            keeping.give_back(session, _held(step))
        elif step.body.parent_id == step.to_id:
            keeping.change_body(session, step.body, parent_id=step.from_id)
    went = {step.body_id: [UUID(member) for member in step.moved] for step in steps}
    count = moving.move_back(
        session, went, on=done.day, decision=decision, moved_at=done.done_at, by=by
    )
    done.undone_at = clock.now()
    session.flush()
    return count


def _held(step: DissolutionStep) -> Mapping[UUID, date | None]:
    return {
        UUID(post): date.fromisoformat(until) if until else None
        for post, until in step.posts.items()
    }


def confirm(session: Session, done: Dissolution) -> None:
    """Confirm a dissolution, after which it is not undone; raise Ended."""
    _still(session, done)
    done.confirmed_at = clock.now()
    session.flush()


def _still(session: Session, done: Dissolution) -> None:
    session.refresh(done, with_for_update=True)
    if done.confirmed_at is not None or done.undone_at is not None:
        raise Ended
