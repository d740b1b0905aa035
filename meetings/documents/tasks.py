"""Preparing a version: its pages become pictures, words and text."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from meetings import events, jobs, vault
from meetings.documents.services import find_anew
from meetings.installation import Installation
from meetings.intake import PreparedPage, prepare_pages, rendition_name
from meetings.models import DocumentVersion, Job, Page, VersionState


@jobs.handles("documents.prepare")
def prepare(run: jobs.Run) -> None:
    """Make the pages of a version; doing it again makes the same rows."""
    installation = run.installation
    with installation.database.reading() as session:
        version = session.get_one(DocumentVersion, UUID(run.payload["version"]))
        _ = version.compartment
    try:
        with _original(installation, version) as file:
            pages = list(_pages(run, version, file))
    except vault.Recalled as recalled:
        message = "the version was recalled"
        raise jobs.Unrepairable(message) from recalled
    complete = len(pages) == version.page_count
    state = VersionState.READY if complete else VersionState.FAILED
    installation.database.write(lambda session: _settle(session, run, version, pages, state))


@contextmanager
def _original(installation: Installation, version: DocumentVersion) -> Iterator[Path]:
    """Lay the original out in a private folder for as long as the sandbox needs it."""
    key = vault.storage_key(installation.keys, version)
    with tempfile.TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        file = Path(folder) / "original"
        with installation.store.open(version.blob, key=key) as reader, file.open("wb") as target:
            copyfileobj(reader, target)
        yield file


def _pages(run: jobs.Run, version: DocumentVersion, file: Path) -> Iterator[Page]:
    output = file.with_name("pages")
    output.mkdir()
    numbers = range(1, version.page_count + 1)
    for page in prepare_pages(file, output, numbers):
        if page.reason is None:
            yield _stored(run.installation, version, page, output)
        run.progress(page.number, version.page_count)


def _stored(
    installation: Installation, version: DocumentVersion, page: PreparedPage, output: Path
) -> Page:
    reading = vault.reading_key(installation.keys, version)
    storage = vault.storage_key(installation.keys, version)
    words = json.dumps([word._asdict() for word in page.words], ensure_ascii=False)

    def kept(content: bytes, key: bytes) -> str:
        return installation.store.put_bytes(content, key=key).digest

    def picture(rendition: str) -> str:
        file = output / rendition_name(page.number, rendition)
        digest = kept(file.read_bytes(), reading)
        file.unlink()
        return digest

    return Page(
        version_id=version.id,
        number=page.number,
        width=page.width,
        height=page.height,
        crop=[page.crop.x, page.crop.y, page.crop.w, page.crop.h],
        small_image=picture("1200"),
        large_image=picture("1600"),
        thumbnail=picture("thumb"),
        words=kept(words.encode(), reading),
        text=kept(page.text.encode(), storage),
    )


def _settle(
    session: Session,
    run: jobs.Run,
    version: DocumentVersion,
    pages: list[Page],
    state: VersionState,
) -> None:
    current = session.get_one(DocumentVersion, version.id)
    session.execute(delete(Page).where(Page.version_id == version.id))
    session.add_all(pages)
    current.state = state
    find_anew(session, current.document)
    topic = session.get_one(Job, run.job_id).topic
    if topic:
        document = str(version.document_id)
        events.publish(session, topic, "paper", document=document, state=state.value)
