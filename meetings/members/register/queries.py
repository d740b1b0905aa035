"""The members of a body and of those below it, as the register lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from meetings.collation import collation_key
from meetings.models import Body, BodyKind, Member, Standing
from meetings.paging import ROWS, Leaf, place
from meetings.policy import Asker, listed_bodies, readable_bodies, readable_members
from search_index import fold

IN_FORCE, GONE = "", "gone"
SORTS: Mapping[str, Sequence[Any]] = {
    "name": (Member.sort_name, Member.id),
    "admission": (Member.admitted_on, Member.sort_name, Member.id),
    "birth": (Member.birth_date, Member.sort_name, Member.id),
    "card": (Member.card_number, Member.sort_name, Member.id),
}
STANDINGS = (Standing.PROBATIONARY, Standing.FULL, Standing.EXEMPT, Standing.APPLICANT)
REGISTERED = (BodyKind.CELL, BodyKind.PARTY_COMMITTEE, BodyKind.COMMUNE_COMMITTEE)
"""Kinds of bodies that have members, also while none is entered."""
ALL = 20_000
"""Members in a file; more than any commune has."""


@dataclass(frozen=True)
class Asked:
    """What the register is asked for."""

    words: str = ""
    standing: str = IN_FORCE
    sort: str = "name"
    page: int = 1


@dataclass(frozen=True)
class Register:
    """A body whose register a person may open, with how many members are in it."""

    body: Body
    count: int


def register_of(
    session: Session, body: Body, asked: Asked, *, by: Asker, size: int = ROWS
) -> Leaf[Member]:
    """Return a page of the members of a body and of those below it."""
    found = _found(body, asked, by=by)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page, pages = place(total, asked.page, size)
    ordered = found.order_by(*SORTS.get(asked.sort, SORTS["name"]))
    shown = ordered.offset((page - 1) * size).limit(size).options(joinedload(Member.body))
    return Leaf(session.scalars(shown).all(), page, pages, total)


def registers(session: Session, *, by: Asker) -> list[Register]:
    """Return the bodies whose register a person may open and that have members, with their number.

    A body counts those of the bodies below it too.
    """
    counts = _counts(session, by=by)
    every = session.scalars(readable_bodies(by)).all()
    parents = {body.id: body.parent_id for body in every}
    sums: dict[UUID, int] = {}
    for identity, count in counts.items():
        above: UUID | None = identity
        while above is not None:
            sums[above] = sums.get(above, 0) + count
            above = parents.get(above)
    mine = session.scalars(listed_bodies(by)).all()
    listed = [Register(body, sums.get(body.id, 0)) for body in mine]
    return sorted(
        (one for one in listed if one.count or one.body.kind in REGISTERED),
        key=lambda one: (-one.count, collation_key(one.body.name)),
    )


def _counts(session: Session, *, by: Asker) -> dict[UUID, int]:
    mine = readable_members(by).where(Member.present).subquery()
    counted = select(mine.c.body_id, func.count()).group_by(mine.c.body_id)
    return dict(session.execute(counted).all())


def _found(body: Body, asked: Asked, *, by: Asker) -> Select[Member]:
    found = readable_members(by).where(Member.body_id.in_(below(body, by=by)))
    if asked.standing == GONE:
        found = found.where(~Member.present, Member.standing != Standing.APPLICANT)
    elif asked.standing == Standing.APPLICANT:
        found = found.where(Member.standing == Standing.APPLICANT)
    elif asked.standing in set(Standing):
        found = found.where(Member.present, Member.standing == Standing(asked.standing))
    else:
        found = found.where(Member.present)
    for word in fold(asked.words).split():
        sought = word if word.isdigit() else f" {word}"
        found = found.where(Member.words.contains(sought, autoescape=True))
    return found


def below(body: Body, *, by: Asker) -> Select[UUID]:
    """Select a body and those below it."""
    ids = readable_bodies(by).with_only_columns(Body.id)
    tree = ids.where(Body.id == body.id).cte("register", recursive=True)
    tree = tree.union(ids.where(Body.parent_id == tree.c.id))
    return select(tree.c.id)
