"""A dossier is sealed, sent, and received or refused; while it is sealed its record rests."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from meetings import clock
from meetings.members.records import services as records
from meetings.members.records.queries import is_sealed
from meetings.members.records.services import Draft, Sealed
from meetings.models import Body, Custody, EventKind, Member, Outcome
from meetings.organisation.queries import was_open
from meetings.policy import Asker


class Unfit(Exception):
    """A dossier cannot go that way."""


class Nowhere(Unfit):
    """The member belongs to no body whose dossier could be sent."""


class SameBody(Unfit):
    """The member is in that body already."""


class Closed(Unfit):
    """The body is closed."""


class Ended(Exception):
    """Somebody else ended the way of this dossier, or sent it, already."""


def start(
    session: Session, member: Member, to: Body, *, reference: str, papers: Sequence[str], by: Asker
) -> Custody:
    """Seal a dossier for another body; raise Unfit, or Sealed where it is on its way already."""
    session.refresh(member, with_for_update=True)  # two keepers seal one after the other
    if is_sealed(session, member):
        raise Sealed
    _check(member, to)
    custody = Custody(
        member_id=member.id,
        from_id=member.body_id,
        to_id=to.id,
        reference=reference,
        inventory=list(papers),
        started_by=by.id,
    )
    session.add(custody)
    session.flush()
    return custody


def _check(member: Member, to: Body) -> None:
    if not member.present:
        raise Nowhere
    if member.body_id == to.id:
        raise SameBody
    if not was_open(to, clock.today()):
        raise Closed


def send(session: Session, custody: Custody) -> None:
    """Send a sealed dossier off: from now on the receiver sees it."""
    _still(session, custody)
    if custody.sent_at is not None:
        raise Ended
    custody.sent_at = clock.now()
    session.flush()


def receive(session: Session, key: bytes, custody: Custody, *, by: Asker) -> None:
    """Receive a dossier whose papers are all there: the member moves; raise Ended or Unfit."""
    _still(session, custody)
    _check(custody.member, custody.receiver)
    _end(session, custody, Outcome.RECEIVED, by=by)
    moved = Draft(EventKind.MOVED, clock.today(), custody.to_id, custody.reference)
    records.record(session, key, custody.member, moved, by=by)


def refuse(session: Session, custody: Custody, reason: str, *, by: Asker) -> None:
    """Refuse a dossier: it stays with the sender, who may change the record again."""
    _still(session, custody)
    custody.reason = reason
    _end(session, custody, Outcome.REFUSED, by=by)


def withdraw(session: Session, custody: Custody, *, by: Asker) -> None:
    """Take a dossier back that nobody has received."""
    _still(session, custody)
    _end(session, custody, Outcome.WITHDRAWN, by=by)


def _still(session: Session, custody: Custody) -> None:
    session.refresh(custody, with_for_update=True)  # sender and receiver, one after the other
    if custody.closed_at is not None:
        raise Ended


def _end(session: Session, custody: Custody, outcome: Outcome, *, by: Asker) -> None:
    custody.outcome, custody.closed_at, custody.closed_by = outcome, clock.now(), by.id
    session.flush()
