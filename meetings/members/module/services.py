"""The register of members is switched on by an approval, and off; what it holds stays."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, vault
from meetings.accounts import services as accounts
from meetings.members.module import queries
from meetings.models import MemberApproval, Role, RoleAssignment, User
from meetings.policy import Asker
from storage import KeyFolder

USERS = (Role.SECRETARY, Role.RECORD_KEEPER)
"""The roles that the register is for."""


def switch_on(
    session: Session, keys: KeyFolder, *, number: str, decided_on: date, by: Asker
) -> MemberApproval:
    """Switch the register on by an approval, with a key of its own at the first time."""
    known = queries.approval(session)
    if known is not None:
        return known
    vault.open_members(session, keys)
    approval = MemberApproval(
        number=number, decided_on=decided_on, opened_at=clock.now(), opened_by=by.id
    )
    session.add(approval)
    session.flush()
    _tell(session)
    return approval


def switch_off(session: Session, *, by: Asker) -> None:
    """Switch the register off: nobody reaches it, nothing of it is lost."""
    approval = queries.approval(session)
    if approval is not None:
        approval.closed_at, approval.closed_by = clock.now(), by.id
        session.flush()
        _tell(session)


def _tell(session: Session) -> None:
    """Have the menu of those whom it concerns be made anew."""
    concerned = select(RoleAssignment.user_id).where(RoleAssignment.role.in_(USERS))
    for account in session.scalars(select(User).where(User.id.in_(concerned))):
        accounts.tell_of_change(session, account)
