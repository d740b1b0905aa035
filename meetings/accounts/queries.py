"""What is known about accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meetings import clock
from meetings.collation import name_key
from meetings.models import Person, RoleAssignment, SignIn, User
from meetings.policy import Asker, readable_sign_ins, readable_users
from search_index import fold


def users(session: Session, *, by: Asker, words: str = "") -> list[User]:
    """Return the accounts in protocol order; words narrow them down, with or without accents."""
    found = session.scalars(
        readable_users(by).options(selectinload(User.roles).joinedload(RoleAssignment.body))
    )
    sought = fold(words)
    chosen = [user for user in found if sought in fold(f"{user.person.full_name} {user.username}")]
    return sorted(chosen, key=lambda u: (u.person.protocol_rank, name_key(u.person.full_name)))


def account_of(session: Session, person: Person, *, by: Asker) -> User | None:
    """Return the account of a person, if there is one."""
    return session.scalar(readable_users(by).where(User.person_id == person.id))


def roles_of(session: Session, user: User) -> Sequence[RoleAssignment]:
    """Return the roles of an account."""
    query = select(RoleAssignment).where(RoleAssignment.user_id == user.id)
    in_order = query.order_by(RoleAssignment.created_at).options(joinedload(RoleAssignment.body))
    return session.scalars(in_order).all()


def assignment(session: Session, identity: UUID) -> RoleAssignment | None:
    """Return a held role."""
    return session.get(RoleAssignment, identity)


def open_sign_ins(session: Session, *, by: Asker) -> Sequence[SignIn]:
    """Return a person's own sign-ins that still open something, newest first."""
    query = readable_sign_ins(by).where(SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
    return session.scalars(query.order_by(SignIn.created_at.desc())).all()
