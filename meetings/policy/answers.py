"""Whether a person may do something, to a row or at all, and which row it is."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Uuid

from meetings import clock
from meetings.models import AccessLevel
from meetings.models.base import Identified
from meetings.models.prepared import Prepared, settled
from meetings.policy.permissions import Permission
from meetings.policy.predicates import CLEARANCE, NOW, PERSON, TODAY, USER
from meetings.policy.rules import RULES

ROW = bindparam("row_in_question", type_=Uuid())


class Asker(Protocol):
    """Whoever asks: an account, or what a request knows of one."""

    @property
    def id(self) -> UUID:
        """Return the account's id."""

    @property
    def person_id(self) -> UUID:
        """Return the person's id."""

    @property
    def clearance(self) -> AccessLevel:
        """Return how far papers may travel to them."""

    @property
    def active(self) -> bool:
        """Tell whether the account is open."""


def facts(user: Asker) -> dict[str, Any]:
    """Return what the predicates need to know; whose account is closed is nobody."""
    moment = {NOW.key: clock.now(), TODAY.key: clock.today()}
    if not user.active:
        return {USER.key: None, PERSON.key: None, CLEARANCE.key: -1} | moment
    known = {USER.key: user.id, PERSON.key: user.person_id, CLEARANCE.key: int(user.clearance)}
    return known | moment


def allows(
    session: Session, user: Asker, permission: Permission, row: Identified | None = None
) -> bool:
    """Tell whether a person may do something, to a row or at all; deny what no rule opens."""
    if (row is None) != (RULES[permission].table is None):
        return False
    asked = facts(user) if row is None else facts(user) | {ROW.key: row.id}
    return bool(session.scalar(_question(permission), asked))


def permitted(session: Session, user: Asker, permission: Permission, row: UUID) -> Any | None:
    """Return the row with an id if the person may do this to it: one statement for both."""
    found = session.scalars(_permitted(permission), facts(user) | {ROW.key: row})
    return found.unique().one_or_none()


def glimpse(
    session: Session, user: Asker, permission: Permission, row: UUID, *columns: Any
) -> tuple[Any, ...] | None:
    """Return some columns of the row with an id if the person may do this to it, at little cost."""
    asked = facts(user) | {ROW.key: row}
    return _glimpse(permission, columns).one_or_none(session.connection(), asked)


def allowed(
    session: Session,
    user: Asker,
    permissions: Sequence[Permission],
    row: Identified | None = None,
) -> frozenset[Permission]:
    """Return those of some permissions that a person has, all to a row or all without one."""
    asked = facts(user) if row is None else facts(user) | {ROW.key: row.id}
    [answers] = _questions(tuple(permissions)).all(settled(session), asked)
    return frozenset(p for p, answer in zip(permissions, answers, strict=True) if answer)


# Statements are made once and given their facts when they run: making one costs more than running.
@cache
def _question(permission: Permission) -> Select[bool]:
    return select(_answer(permission))


@cache
def _questions(permissions: tuple[Permission, ...]) -> Prepared:
    return Prepared(select(*(_answer(permission) for permission in permissions)))


def _answer(permission: Permission) -> ColumnElement[bool]:
    rule = RULES[permission]
    if rule.table is None:
        return rule.condition
    return exists().where(rule.table.id == ROW, rule.condition)


@cache
def _glimpse(permission: Permission, columns: tuple[Any, ...]) -> Prepared:
    rule = RULES[permission]
    table: Any = rule.table
    return Prepared(select(*columns).where(table.id == ROW, rule.condition))


@cache
def _permitted(permission: Permission) -> Select[Any]:
    rule = RULES[permission]
    table: Any = rule.table
    return select(table).where(table.id == ROW, rule.condition)
