"""A member whose dossier goes from a cell of one commune to a cell of another one."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from meetings.members.custody import services
from meetings.models import Body, BodyKind, Custody, Member, Role, User
from tests import factories
from tests.meetings.members.conftest import admitted, official

PAPERS = ["Lý lịch đảng viên", "Quyết định kết nạp 12-QĐ/HU", "Phiếu đảng viên"]


@dataclass
class Journey:
    """The member, the other commune, and who keeps its records."""

    session: Session
    member: Member
    there: Body
    receiver: User
    sender: User

    def sealed(self, to: Body | None = None) -> Custody:
        """Seal the dossier, as the keeper does."""
        return services.start(
            self.session,
            self.member,
            to or self.there,
            reference="DVC-118",
            papers=PAPERS,
            by=self.sender,
        )

    def sent(self) -> Custody:
        """Seal the dossier and send it off."""
        custody = self.sealed()
        services.send(self.session, custody)
        self.session.commit()
        return custody


@pytest.fixture
def journey(session, commune, enter) -> Journey:
    other = factories.body(session, kind=BodyKind.COMMUNE_COMMITTEE, name="Đảng bộ xã Mường Khoa")
    there = factories.body(session, other, kind=BodyKind.CELL, name="Chi bộ bản Nậm Sơ")
    made = Journey(
        session=session,
        member=enter(admitted(), official()),
        there=there,
        receiver=factories.user(session, (Role.RECORD_KEEPER, other)),
        sender=commune.keeper,
    )
    session.commit()
    return made
