"""Whether the register of members is switched on, and by which approvals it ever was."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.models import MemberApproval


def approval(session: Session) -> MemberApproval | None:
    """Return the approval under which the register is switched on, None where it is off."""
    return session.scalar(select(MemberApproval).where(MemberApproval.closed_at.is_(None)))


def approvals(session: Session) -> Sequence[MemberApproval]:
    """Return every approval under which the register was switched on, the latest first."""
    known = select(MemberApproval).order_by(MemberApproval.opened_at.desc())
    return session.scalars(known).all()
