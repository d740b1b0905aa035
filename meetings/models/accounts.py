"""Tables of accounts: users, the roles they hold, their sign-ins."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.base import AccessLevel, Base, Dated, Identified
from meetings.models.organisation import Body, Person


class Role(StrEnum):
    """What a user may be in a body and everything below it."""

    ADMINISTRATOR = "administrator"
    CLERK = "clerk"
    RESEARCHER = "researcher"


class User(Identified, Dated, Base):
    """An account of a person."""

    __tablename__ = "user"

    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str] = mapped_column(default="")
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    clearance: Mapped[AccessLevel] = mapped_column(default=AccessLevel.NORMAL)
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes of what the account may see, so that kept pages are known to be old."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    roles: Mapped[list["RoleAssignment"]] = relationship(lazy="raise")


class RoleAssignment(Identified, Dated, Base):
    """A role that a user holds in a body."""

    __tablename__ = "role_assignment"
    constraints = (UniqueConstraint("user_id", "role", "body_id"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    role: Mapped[Role]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)

    body: Mapped[Body] = relationship()


class SignIn(Identified, Dated, Base):
    """A server-side sign-in; the browser holds the token, this row only its hash."""

    __tablename__ = "sign_in"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class OneTimeSecret(Identified, Dated, Base):
    """A secret with which a person sets the first password, once."""

    __tablename__ = "one_time_secret"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
