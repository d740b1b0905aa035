"""A reader before an archive of one plan, and what they keep."""

import pytest
from sqlalchemy import select

from meetings.models import DocumentType, SavedSearch
from tests.meetings.archive.own.hands import filed


@pytest.fixture
def saved(installation):
    """Return the searches that are kept or dropped, as they are now."""

    def rows() -> list[SavedSearch]:
        with installation.database.reading() as reading:
            return list(reading.scalars(select(SavedSearch).order_by(SavedSearch.id)))

    return rows


@pytest.fixture
def reader(sign_in, world, session):
    """The researcher, before an archive of one plan."""
    filed(session, world, "Kế hoạch đất đai", doc_type=DocumentType.PLAN, signer="Lò Thị Mai")
    session.commit()
    return sign_in(world.researcher)
