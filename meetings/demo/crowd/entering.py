"""A whole province of fictional members is entered once, in one transaction and one line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import audit, clock, vault
from meetings.accounts.services import add_user, set_password
from meetings.demo import province
from meetings.demo.crowd.bodies import AGENCIES, bodies
from meetings.demo.crowd.lives import GONE, Place, life
from meetings.demo.members import PROVINCE
from meetings.members.records import services as records
from meetings.models import AccessLevel, Body, BodyKind, Person, Role, User
from storage import KeyFolder

AT_ONCE = 1000
ACTION, USERNAME, NAME = "demo:crowd", "hoa.lt", "Lò Thị Hoa"
"""The account of a cell secretary, who sees the register of one cell."""


def is_there(session: Session) -> bool:
    """Tell whether the members of the whole province are entered already."""
    return session.scalar(select(Body.id).where(Body.name == AGENCIES[0])) is not None


def enter(session: Session, keys: KeyFolder, count: int) -> None:
    """Enter the bodies below the province, so many members in force, and those who have gone."""
    keeper = _keeper(session)
    above = session.scalars(select(Body).where(Body.name == province.bodies()[PROVINCE].name)).one()
    made = bodies(above.id)
    session.add_all(made)
    session.flush()
    key, today, cells = vault.members_key(session, keys), clock.today(), _places(made)
    for numbers in _batches(count):
        lives = (life(number, cells[number % len(cells)], today) for number in numbers)
        records.enter_made(session, [records.made(key, one, by=keeper) for one in lives])
    deed = audit.Deed(
        action=ACTION,
        actor_id=keeper.id,
        subject_type="Body",
        subject_id=str(above.id),
        detail={"bodies": len(made), "members": count},
    )
    audit.record(session, deed)


def give_account(session: Session, keys: KeyFolder, password: str) -> None:
    """Have the secretary of a cell sign in with a password."""
    user = session.scalar(select(User).where(User.username == USERNAME))
    if user is None:
        person = Person(full_name=NAME)
        session.add(person)
        session.flush()
        cell = session.scalars(
            select(Body).where(Body.kind == BodyKind.CELL).order_by(Body.id.desc()).limit(1)
        ).one()
        user = add_user(
            session,
            keys,
            username=USERNAME,
            person=person,
            clearance=AccessLevel.NORMAL,
            roles=[(Role.SECRETARY, cell)],
            demo=True,
        )
    set_password(session, keys, user, password)


def _keeper(session: Session) -> User:
    key = next(one.account for one in province.people().values() if one.persona == "secretary")
    return session.scalars(select(User).where(User.username == key)).one()


def _places(made: Sequence[Body]) -> list[Place]:
    beside: dict[UUID | None, list[UUID]] = defaultdict(list)
    cells = [body for body in made if body.kind is BodyKind.CELL]
    for cell in cells:
        beside[cell.parent_id].append(cell.id)
    return [
        Place(cell.id, [one for one in beside[cell.parent_id] if one != cell.id]) for cell in cells
    ]


def _numbers(count: int) -> Iterator[int]:
    """Yield the numbers of so many members in force, and of those who have gone among them."""
    number = left = 0
    while left < count:
        number += 1
        left += number % GONE != 0
        yield number


def _batches(count: int) -> Iterator[list[int]]:
    numbers = _numbers(count)
    while batch := list(islice(numbers, AT_ONCE)):
        yield batch
