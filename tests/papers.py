"""Real papers for tests: a small PDF, taken in and prepared by the real steps."""

import io

import pypdfium2
from PIL import Image
from pypdf import PdfReader, PdfWriter
from sqlalchemy.orm import Session

from meetings import jobs, vault
from meetings.archive import tasks as archive_tasks
from meetings.documents import services
from meetings.documents import tasks as documents_tasks
from meetings.documents.destruction import tasks as destruction_tasks
from meetings.documents.pages import tasks as page_tasks
from meetings.documents.pages.services import follow
from meetings.documents.quarantine.services import Received, examine, let_go, quarantine
from meetings.documents.queries import current_version
from meetings.documents.reading import tasks as reading_tasks
from meetings.documents.signatures import tasks as signature_tasks
from meetings.installation import Installation
from meetings.models import AccessLevel, Body, Document, User, VersionState
from meetings.press.pdf import typeset
from meetings.reader.notes import tasks as note_tasks
from tests import factories

# importing them registers their handlers
HANDLERS = (
    documents_tasks,
    page_tasks,
    reading_tasks,
    signature_tasks,
    destruction_tasks,
    archive_tasks,
    note_tasks,
)
TEXTS = (
    "Nghị quyết số 03-NQ/TU về cải cách hành chính",
    "Kết luận 436-KL/TU về phòng họp không giấy tờ",
    "Phụ lục: biểu số liệu",
)
FILM = b"\0\0\0\x10ftypisom" + bytes(4) + b"\0\0\0\x08moov" + b"\0\0\0\x18mdat" + bytes(range(16))
_MADE: dict[tuple[str, ...], bytes] = {}


def pdf(*texts: str) -> bytes:
    """Return a PDF with a page for each text."""
    if texts not in _MADE:
        pages = "".join(f'<p style="break-after: page">{text}</p>' for text in texts)
        _MADE[texts] = typeset(f"<html lang=vi><title>Thử</title><body>{pages}</body></html>")
    return _MADE[texts]


def drawn(content: bytes, *, quarters: int = 0) -> bytes:
    """Return the first page of a PDF as a picture only, as a scanner makes it."""
    page = pypdfium2.PdfDocument(content)[0]
    picture: Image.Image = page.render(scale=200 / 72).to_pil().convert("RGB")
    target = io.BytesIO()
    picture.rotate(-90 * quarters, expand=True).save(target, "PDF", resolution=200)
    return target.getvalue()


def joined(*contents: bytes) -> bytes:
    """Return one PDF with the pages of several."""
    writer = PdfWriter()
    for content in contents:
        writer.append(io.BytesIO(content))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def changed(content: bytes, number: int) -> bytes:
    """Return the same pages with other bytes."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_metadata({"/Subject": str(number)})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def received(installation: Installation, content: bytes, name: str = "báo cáo.pdf") -> Received:
    """Return a file in quarantine."""
    folder = installation.settings.quarantine_folder
    return quarantine(io.BytesIO(content), name, folder, 50 * 1024 * 1024)


def taken_in(
    installation: Installation,
    body: Body,
    *,
    by: User | None = None,
    content: bytes | None = None,
    level: AccessLevel = AccessLevel.NORMAL,
    topic: str = "",
) -> Document:
    """Return a document that was taken in and waits for its preparation."""
    file = received(installation, content or pdf(*TEXTS))
    verdict = examine(file)

    def change(session: Session) -> Document:
        place = session.get_one(Body, body.id)
        return services.receive(
            session, installation, file, verdict,
            body=place, access_level=level, by=by, topic=topic,
        )  # fmt: skip

    try:
        return installation.database.write(change)
    finally:
        let_go(file)


def laid_out(
    session: Session, installation: Installation, body: Body, **changes: object
) -> Document:
    """Return a document with its pages as they are kept, without the steps that make them."""
    document = factories.document(session, body, **changes)
    keys, store, content = installation.keys, installation.store, pdf(*TEXTS)
    version = factories.version(session, keys, store, document, content, page_count=len(TEXTS))
    version.viewing = store.put_bytes(content, key=vault.reading_key(keys, version)).digest
    for number, text in enumerate(TEXTS, 1):
        factories.page(
            session,
            version,
            number=number,
            words=store.put_bytes(b"[]", key=vault.reading_key(keys, version)).digest,
            text=store.put_bytes(text.encode(), key=vault.storage_key(keys, version)).digest,
        )
    return document


def work(installation: Installation) -> None:
    """Do every job that is due."""
    while jobs.run_next(installation, "test"):
        pass


def replaced(installation: Installation, document: Document, content: bytes) -> None:
    """Let another file take the place of a document's, and prepare it."""

    def change(session: Session) -> None:
        of = session.get_one(Document, document.id)
        before = current_version(session, of)
        keys, store = installation.keys, installation.store
        state = VersionState.RECEIVED
        after = factories.version(
            session, keys, store, of, content, page_count=0, state=state, number=99
        )
        follow(session, before, after)

    installation.database.write(change)
    work(installation)


def prepared(installation: Installation, body: Body, **options: object) -> Document:
    """Return a document that was taken in, prepared and indexed."""
    document = taken_in(installation, body, **options)
    work(installation)
    return document
