"""A body confirms what a quarter came to; each confirmation is kept."""

from datetime import date

from sqlalchemy.orm import Session

from meetings.members.reports.movements.queries import Ledger
from meetings.models import Body, MemberStatement
from meetings.policy import Asker


def confirm(
    session: Session, body: Body, ledger: Ledger, *, begins_on: date, by: Asker
) -> MemberStatement:
    """Keep form 1 of a quarter as confirmed."""
    counts = {line.value: count for line, count in ledger.counts.items() if count}
    statement = MemberStatement(
        body_id=body.id,
        begins_on=begins_on,
        opening=ledger.opening,
        closing=ledger.closing,
        counts=counts,
        confirmed_by=by.id,
    )
    session.add(statement)
    session.flush()
    return statement
