"""A commune with two cells, its keeper of records and a cell secretary, the register on."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from meetings import vault
from meetings.installation import Installation
from meetings.members.records import services
from meetings.members.records.services import Draft
from meetings.models import Body, BodyKind, EventKind, Member, Role, User
from tests import factories

FACTS = {"full_name": "Lò Thị Ánh", "birth_date": "1966-11-25", "sex": "female"}


@dataclass
class Commune:
    """The commune of the tests."""

    commune: Body
    cell: Body
    other_cell: Body
    keeper: User
    secretary: User
    key: bytes


@dataclass
class Entering:
    """Enters members into the register, as the keeper does."""

    session: Session
    commune: Commune

    def __call__(self, *more: Draft, cell: Body | None = None, **facts: str) -> Member:
        body = (cell or self.commune.cell).id
        first = Draft(EventKind.REGISTERED, date(2020, 1, 6), body, facts=FACTS | facts)
        drafts = [first, *more]
        return services.enter(self.session, self.commune.key, drafts, by=self.commune.keeper)


def admitted(on: date = date(1990, 5, 19)) -> Draft:
    return Draft(EventKind.ADMITTED, on, decision="12-QĐ/HU")


def official(on: date = date(1991, 5, 19)) -> Draft:
    return Draft(EventKind.MADE_OFFICIAL, on, decision="15-QĐ/HU")


@pytest.fixture
def commune(session: Session, installation: Installation, world) -> Commune:
    factories.members_on(session, installation.keys)
    cells = [
        factories.body(session, world.commune, kind=BodyKind.CELL, name=f"Chi bộ bản {name}")
        for name in ("Nà Lốc", "Phiêng Ban")
    ]
    made = Commune(
        commune=world.commune,
        cell=cells[0],
        other_cell=cells[1],
        keeper=factories.user(session, (Role.RECORD_KEEPER, world.commune)),
        secretary=factories.user(session, (Role.SECRETARY, cells[0])),
        key=vault.members_key(session, installation.keys),
    )
    session.commit()
    return made


@pytest.fixture
def enter(session: Session, commune: Commune) -> Entering:
    return Entering(session, commune)
