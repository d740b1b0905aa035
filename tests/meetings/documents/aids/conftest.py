from collections.abc import Callable

import pytest

from meetings.documents.aids import tasks
from meetings.models import Document
from tests.meetings.documents.aids import cheap


@pytest.fixture
def child(monkeypatch) -> pytest.MonkeyPatch:
    """Put a cheap child in place, and return what puts another there."""
    monkeypatch.setattr(tasks, "lighten_pictures", cheap.lightened)
    monkeypatch.setattr(tasks, "contents_of", lambda _file: cheap.TOLD)
    return monkeypatch


@pytest.fixture
def lay(installation, session, world, child) -> Callable[[], Document]:
    """Return what keeps a paper of two pages as it was kept before there were light pictures."""
    return lambda: cheap.laid(installation, session, world.office)
