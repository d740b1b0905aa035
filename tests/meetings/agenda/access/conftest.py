"""A released paper of the world's meeting beside another that is always there."""

from datetime import datetime, timedelta

import pytest

from meetings import clock
from meetings.models import AccessLevel, AgendaPaper, Role, User
from tests import factories


@pytest.fixture
def hour() -> timedelta:
    return timedelta(hours=1)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    """The time, which a test moves."""
    moved = Clock(clock.now())
    monkeypatch.setattr(clock, "now", lambda: moved.time)
    return moved


class Clock:
    def __init__(self, time: datetime) -> None:
        self.time = time

    def pass_by(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def laid(session, installation, world):
    """Return what lays a document with a file before the world's item."""

    def lay(title: str, level: AccessLevel = AccessLevel.NORMAL, **changes) -> AgendaPaper:
        document = factories.document(session, world.office, title=title, access_level=level)
        document.archived_at = clock.now()
        factories.version(session, installation.keys, installation.store, document, b"%PDF")
        return factories.paper(session, world.item, document, **changes)

    return lay


@pytest.fixture
def paper(session, laid) -> AgendaPaper:
    paper = laid("Phương án nhân sự")
    laid("Chương trình làm việc")
    session.commit()
    return paper


@pytest.fixture
def cleared_clerk(session, world) -> User:
    clerk = factories.user(session, (Role.CLERK, world.province), clearance=AccessLevel.RESTRICTED)
    session.commit()
    return clerk
