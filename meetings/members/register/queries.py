"""The members of a body and of those below it, as the register lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from meetings.models import Body, BodyKind, Member, Standing
from meetings.paging import ROWS, Leaf, place
from meetings.policy import Asker, listed_bodies, members_counted, members_listed, readable_bodies
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
FEW = 1_000
"""So many members are found before they are ordered; of more, those of a page in their order."""


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

    id: UUID
    name: str
    count: int


def register_of(session: Session, body: Body, asked: Asked, *, by: Asker) -> Leaf[Member]:
    """Return a page of the members of a body and of those below it."""
    tree = members_listed(by, body.id, most=bool(asked.words))
    found = _found(tree, asked).with_only_columns(Member.id)
    order = SORTS.get(asked.sort, SORTS["name"])
    total = session.scalar(found.with_only_columns(func.count())) or 0
    page, pages = place(total, asked.page, ROWS)
    on_page, first = found, (page - 1) * ROWS
    if total > FEW:
        found = _found(members_listed(by, body.id, most=True), asked).with_only_columns(Member.id)
        on_page, first = found.order_by(*order).offset(first).limit(ROWS), 0
    shown = members_listed(by, body.id).where(Member.id.in_(session.scalars(on_page).all()))
    shown = shown.order_by(*order).offset(first).limit(ROWS).options(joinedload(Member.body))
    return Leaf(session.scalars(shown).all(), page, pages, total)


def whole_register(session: Session, body: Body, asked: Asked, *, by: Asker) -> Iterator[Any]:
    """Yield what the lines of a file tell of the members of a body and of those below it."""
    found = _found(members_listed(by, body.id, most=True), asked).with_only_columns(
        Member.facts, Member.present, Member.standing, Member.admitted_on, Member.official_on
    )
    order = SORTS.get(asked.sort, SORTS["name"])
    yield from session.execute(found.order_by(*order), execution_options={"yield_per": ROWS})


def registers(session: Session, *, by: Asker, words: str = "") -> list[Register]:
    """Return the bodies whose register a person may open and that have members, with their number.

    A body counts those of the bodies below it too; the largest come first.
    """
    counts = dict(session.execute(members_counted(by)).all())
    every = readable_bodies(by).with_only_columns(Body.id, Body.parent_id)
    parents = dict(session.execute(every).all())
    sums: dict[UUID, int] = {}
    for identity, count in counts.items():
        above: UUID | None = identity
        while above is not None:
            sums[above] = sums.get(above, 0) + count
            above = parents.get(above)
    mine = listed_bodies(by).with_only_columns(Body.id, Body.name, Body.kind).order_by(Body.name)
    sought = fold(words).split()
    listed = [
        Register(identity, name, sums.get(identity, 0))
        for identity, name, kind in session.execute(mine)
        if identity in sums or kind in REGISTERED
    ]
    fitting = [one for one in listed if all(word in fold(one.name) for word in sought)]
    return sorted(fitting, key=lambda one: -one.count)


def _found(found: Select[Member], asked: Asked) -> Select[Member]:
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
