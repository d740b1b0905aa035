from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from meetings.models import AgendaPaper, DocumentVersion, PaperComment
from tests import factories, papers

TITLE = "Dự thảo Nghị quyết về chuyển đổi số trong các cơ quan Đảng"
NOISE = "Ý kiến về tài liệu khác"


@pytest.fixture
def paper(session, installation, world) -> AgendaPaper:
    """A released paper of three pages, open for comments; beside it another with a comment."""
    document = papers.laid_out(session, installation, world.office, title=TITLE)
    paper = factories.paper(session, world.item, document)
    factories.comment_round(session, paper)
    beside = factories.paper(session, world.item, factories.document(session, world.office))
    factories.comment_round(session, beside)
    factories.comment(session, beside, world.other_delegate, text=NOISE)
    session.commit()
    return paper


@pytest.fixture
def address(paper: AgendaPaper) -> str:
    return f"/papers/{paper.id}/comment"


@pytest.fixture
def version(session, paper: AgendaPaper) -> UUID:
    """The version that is read now, as the form carries it."""
    query = select(DocumentVersion.id).where(DocumentVersion.document_id == paper.document_id)
    found = session.scalars(query).one()
    session.commit()
    return found


@pytest.fixture
def kept(installation, paper: AgendaPaper) -> Callable[[], list[PaperComment]]:
    """Return the comments on the paper, read anew."""

    def look() -> list[PaperComment]:
        with installation.database.reading() as reading:
            query = select(PaperComment).where(PaperComment.paper_id == paper.id)
            return list(reading.scalars(query.order_by(PaperComment.id)))

    return look


@pytest.fixture
def change(session) -> Callable[..., None]:
    """Change columns of a row, and let go of the database."""

    def make(table: type, key: UUID, **values: object) -> None:
        row = session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()

    return make
