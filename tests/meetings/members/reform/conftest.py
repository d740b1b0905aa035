"""A district with three cells and an office, of which some members are old, new or gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from meetings import clock
from meetings.members.records.services import Draft
from meetings.members.reform import queries, services
from meetings.members.reform.queries import Choice, Plan
from meetings.models import Body, BodyKind, Dissolution, EventKind, Member, Post, User
from tests import factories
from tests.meetings.members.conftest import admitted, official


@dataclass
class District:
    """What is dissolved, and the two communes that take over."""

    session: Session
    body: Body
    cells: list[Body]
    lower: Body
    first: Body
    second: Body
    members: dict[str, Member]
    post: Post
    administrator: User

    def plan(self, choices: Mapping[Body, Choice] | None = None, day: date | None = None) -> Plan:
        """Return what dissolving it does."""
        return queries.plan(
            self.session,
            self.body,
            day or clock.today(),
            {body.id: choice for body, choice in (choices or {}).items()},
            self.first.id,
            by=self.administrator,
        )

    def dissolve(self, plan: Plan, day: date | None = None) -> Dissolution:
        """Dissolve it, as an administrator does."""
        return services.dissolve(
            self.session,
            self.body,
            plan,
            decision="99-NQ/TU",
            day=day or clock.today(),
            by=self.administrator,
        )


@pytest.fixture
def district(session, world, commune, enter) -> District:
    body = factories.body(session, kind=BodyKind.PARTY_COMMITTEE, name="Huyện ủy Mường Khoa")
    cells = [
        factories.body(session, body, kind=BodyKind.CELL, name=f"Chi bộ {name}")
        for name in ("Nậm Sơ", "Tà Hốc", "Pá Ma")
    ]
    lower = factories.body(session, cells[0], kind=BodyKind.CELL, name="Tổ đảng Nậm Sơ")
    communes = [
        factories.body(session, kind=BodyKind.COMMUNE_COMMITTEE, name=f"Đảng bộ xã {name}")
        for name in ("Chiềng Lạn", "Bó Sại")
    ]
    died = Draft(EventKind.DIED, date(2022, 1, 1))
    members = {
        "in a cell": enter(admitted(), official(), cell=cells[0], full_name="Lò Văn Một"),
        "new in a cell": enter(admitted(), cell=cells[0], full_name="Lò Văn Mới"),
        "applicant": enter(cell=cells[0], full_name="Lò Văn Xin"),
        "gone": enter(admitted(), died, cell=cells[0], full_name="Lò Văn Mất"),
        "of the district": enter(admitted(), cell=body, full_name="Lò Văn Huyện"),
        "elsewhere": enter(admitted(), cell=cells[2], full_name="Lò Văn Ba"),
        "stranger": enter(admitted(), full_name="Người nơi khác"),
    }
    post = factories.post(session, factories.person(session), body)
    session.commit()
    return District(
        session=session,
        body=body,
        cells=cells,
        lower=lower,
        first=communes[0],
        second=communes[1],
        members=members,
        post=post,
        administrator=world.administrator,
    )
