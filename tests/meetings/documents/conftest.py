from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
import pytest
from sqlalchemy.orm import Session

from meetings.documents import services
from meetings.documents.quarantine.services import let_go, quarantine
from meetings.installation import Installation
from meetings.intake import Verdict
from meetings.models import AccessLevel, Document
from tests import papers
from tests.meetings.documents.office import Office, furnished

FONT = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica"}


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Return a maker of PDF bytes: a page for each line of text."""

    def make(*lines: str, **save) -> bytes:
        pdf, target = pikepdf.new(), BytesIO()
        for line in lines:
            page = pdf.add_blank_page(page_size=(595, 842))
            font = {name: pikepdf.Object.parse(f"{value}".encode()) for name, value in FONT.items()}
            page.obj.Resources = pikepdf.Dictionary(
                Font=pikepdf.Dictionary(F1=pikepdf.Dictionary(**font))
            )
            page.obj.Contents = pdf.make_stream(f"BT /F1 18 Tf 72 700 Td ({line}) Tj ET".encode())
        pdf.save(target, **save)
        return target.getvalue()

    return make


@pytest.fixture
def receive(session: Session, installation: Installation, world) -> Callable[..., Document]:
    """Return what takes bytes in as a document of the office, without the sandbox's verdict."""

    def take(content: bytes = b"%PDF", name: str = "Báo cáo.pdf", pages: int = 1, **options):
        folder = installation.settings.quarantine_folder
        received = quarantine(BytesIO(content), name, folder, 10**7)
        verdict = Verdict(
            media_type="application/pdf", pages=pages, title=options.pop("inside", "")
        )
        values = {"body": world.office, "access_level": AccessLevel.INTERNAL, "by": world.clerk}
        try:
            return services.receive(session, installation, received, verdict, **values | options)
        finally:
            let_go(received)

    return take


@pytest.fixture
def long_office(settings, world, monkeypatch) -> Iterator[Office]:
    """An office whose paper has more pages than are made at first."""
    texts = (*papers.TEXTS, "Phụ lục 2", "Phụ lục 3")
    yield from furnished(settings, world.office, monkeypatch, *texts)


@pytest.fixture
def office(settings, world, monkeypatch) -> Iterator[Office]:
    """The office, with the pages that the sandbox makes once handed out each time."""
    yield from furnished(settings, world.office, monkeypatch)
