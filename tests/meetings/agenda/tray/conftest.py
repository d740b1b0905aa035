"""A meeting with an agenda, and files that come into its tray."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from meetings.agenda.tray import services
from meetings.documents.quarantine.services import examine
from meetings.installation import Installation
from meetings.models import AgendaItem, TrayFile
from tests import factories, papers

TITLES = (
    "Báo cáo sơ kết thực hiện Nghị quyết 03 về cải cách hành chính",
    "Tờ trình về dự toán ngân sách năm sau",
    "Kế hoạch bảo vệ rừng mùa khô",
)


@pytest.fixture
def items(session: Session, world) -> list[AgendaItem]:
    """Three items of the planned meeting, before the one it has."""
    made = [
        factories.item(session, world.planned_meeting, title=title, position=place)
        for place, title in enumerate(TITLES, start=-3)
    ]
    session.commit()
    return made


@pytest.fixture
def drop(session: Session, installation: Installation, world) -> Callable[..., TrayFile]:
    """Return what lets a file come into the tray of the planned meeting."""

    def take(name: str, text: str = "Nội dung", **options) -> TrayFile:
        received = papers.received(installation, papers.pdf(text), name)
        verdict = examine(received)
        values = {"meeting": world.planned_meeting, "by": world.clerk} | options
        return services.keep(session, installation, received, verdict, **values)

    return take
