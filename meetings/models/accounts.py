"""Tables of accounts: users, the roles they hold, their sign-ins."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.base import AccessLevel, Base, Dated, Identified
from meetings.models.organisation import Body, Person


class Role(StrEnum):
    """What a user may be in a body and everything below it."""

    ADMINISTRATOR = "administrator"
    CLERK = "clerk"
    RESEARCHER = "researcher"
    SECRETARY = "secretary"
    RECORD_KEEPER = "record_keeper"


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
    idle_until: Mapped[datetime]
    """Pushed ahead by what the person does; past it the sign-in opens nothing."""
    idle_seconds: Mapped[int]
    confirmed_at: Mapped[datetime | None]
    """When the second factor was given, or at once where none is asked for."""
    ended_at: Mapped[datetime | None]
    device_id: Mapped[UUID | None] = mapped_column(ForeignKey("device.id"))
    """The enrolled tablet that it was opened on with the PIN."""
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


class Throttle(Base):
    """How often an account was tried in vain, from a device it knows or from all others together.

    Both names are digests: what is typed in the place of a name may be a password.
    """

    __tablename__ = "throttle"

    account: Mapped[str] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
    blocked_until: Mapped[datetime]


class SecondFactor(Identified, Dated, Base):
    """The secret that an account shares with an authenticator app (RFC 6238), encrypted."""

    __tablename__ = "second_factor"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), unique=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)
    """The time step of the last code taken: no code is taken twice."""


class RecoveryCode(Identified, Dated, Base):
    """A code that stands in for the authenticator app, once."""

    __tablename__ = "recovery_code"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]
