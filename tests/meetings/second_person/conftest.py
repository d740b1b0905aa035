"""A restricted paper with a list and a time, two clerks cleared for it, and noise."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from meetings import clock
from meetings.models import AccessLevel, AgendaPaper, ItemReader, PaperReader, Role, User
from tests import factories


@dataclass
class Office:
    """Who prepares, and what."""

    asker: User
    second: User
    paper: AgendaPaper
    other: AgendaPaper


@pytest.fixture
def office(session, installation, world) -> Office:
    clerks = [
        factories.user(session, (Role.CLERK, world.province), clearance=AccessLevel.RESTRICTED)
        for _ in range(2)
    ]
    world.delegate.clearance = world.other_delegate.clearance = AccessLevel.RESTRICTED
    papers = []
    for title in ("Phương án nhân sự", "Kết quả kiểm tra"):
        document = factories.document(
            session, world.office, title=title, access_level=AccessLevel.RESTRICTED
        )
        factories.version(session, installation.keys, installation.store, document, b"%PDF")
        papers.append(factories.paper(session, world.item, document))
    for paper in papers:
        paper.readable_from = clock.now() + timedelta(hours=9)
        named = PaperReader(paper_id=paper.id, person_id=world.delegate.person_id)
        factories.add(session, named)
    factories.add(session, ItemReader(item_id=world.item.id, person_id=world.delegate.person_id))
    session.commit()
    return Office(*clerks, *papers)
