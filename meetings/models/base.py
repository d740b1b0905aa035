"""What every table shares: keys, time, enumerations and SQLite's strict types."""

import enum
import os
import time
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, Enum, Integer, MetaData, String, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import BigInteger, Boolean, Date, Double, Float, LargeBinary, Numeric, Uuid

from meetings import clock

STRICT_TYPES = {
    "TEXT": (String, Text, Uuid, DateTime, Date, Enum, JSON),
    "INTEGER": (Integer, BigInteger, Boolean),
    "REAL": (Double, Float, Numeric),
    "BLOB": (LargeBinary,),
}


def _declare_strict_types() -> None:
    """Spell every column type as one of the five that a STRICT table accepts."""
    for name, kinds in STRICT_TYPES.items():
        for kind in kinds:
            compiles(kind, "sqlite")(lambda *_args, _name=name, **_options: _name)


_declare_strict_types()


def new_id() -> UUID:
    """Return a UUID of version 7 (RFC 9562): time to a quarter microsecond, then chance."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    chance = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | chance)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone in Python, UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC; refuse one without a zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a stored moment its zone back."""
        del dialect
        return value.replace(tzinfo=UTC) if value else None


class ForeignName(TypeDecorator[str]):
    """A name that somebody else chose, as it came: also with NUL, which PostgreSQL cannot keep."""

    impl = Text
    cache_ok = True
    stand_in = "\uffff"
    """No character (Unicode 23.7), so that no honest name has it."""

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Put the stand-in where the database needs one."""
        needed = value and dialect.name == "postgresql"
        return value.replace("\0", self.stand_in) if value and needed else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give the name back as it came."""
        needed = value and dialect.name == "postgresql"
        return value.replace(self.stand_in, "\0") if value and needed else value


class AccessLevel(enum.IntEnum):
    """How far a paper may travel (phạm vi tiếp cận); no grade of state secrecy."""

    NORMAL = 0
    INTERNAL = 1
    RESTRICTED = 2


class AccessLevelType(TypeDecorator[AccessLevel]):
    """An access level kept as a number, so that the database can compare."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: AccessLevel | None, dialect: Dialect) -> int | None:
        """Return the number of a level."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> AccessLevel | None:
        """Return the level of a number."""
        del dialect
        return None if value is None else AccessLevel(value)


def _values(kind: type[enum.Enum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        str: Text,
        AccessLevel: AccessLevelType,
        enum.Enum: Enum(enum.Enum, native_enum=False, values_callable=_values),
        dict[str, Any]: JSON,
        list[float]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }
    constraints: ClassVar[tuple[SchemaItem, ...]] = ()

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Make every SQLite table STRICT, with the table's own constraints."""
        return (*cls.constraints, {"sqlite_strict": True})


class Identified:
    """A row with a key that tells nothing but its age."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


class Dated:
    """A row that knows when it was made."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now)
