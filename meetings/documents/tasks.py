"""Preparing a version: its pages become pictures, words and text."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import events, jobs, vault
from meetings.documents.queries import named_files
from meetings.documents.services import discard, drop_pages, files_of, find_anew
from meetings.installation import Installation
from meetings.intake import PreparedPage, prepare_pages, rendition_name
from meetings.models import DocumentVersion, Job, Page, VersionState
from storage import new_key


class Withdrawn(Exception):
    """The reading key was taken away while pages were made under it; they are made again."""


@jobs.handles("documents.prepare", jobs.Urgency.SOMEBODY_WAITS)
def prepare(run: jobs.Run) -> None:
    """Make the pages of a version; doing it again makes the same rows."""
    installation = run.installation
    with installation.database.reading() as session:
        version = session.get(DocumentVersion, UUID(run.payload["version"]))
        if version is None:  # it was destroyed meanwhile
            return
        _ = version.compartment
    reading = _reading_key(installation, version)
    with _original(installation, version) as file:
        pages = list(_pages(run, version, reading, file))
    complete = len(pages) == version.page_count
    state = VersionState.READY if complete else VersionState.FAILED

    def settle(session: Session) -> bool:
        current = session.get(DocumentVersion, version.id)
        if current is None:
            discard(session, files_of(pages))
            return True
        given = _give_key(installation, current, reading, fresh=version.reading_key is None)
        if given:
            _settle(session, run, current, pages, state)
        else:
            discard(session, files_of(pages))
        return given

    if not installation.database.write(settle):
        raise Withdrawn


@jobs.handles("documents.discard", jobs.Urgency.WHEN_IDLE)
def remove_files(run: jobs.Run) -> None:
    """Remove files that no page names any more."""
    remove_unnamed(run.installation, run.payload["blobs"])


def remove_unnamed(installation: Installation, blobs: Iterable[str]) -> None:
    """Remove those of some files that no row names."""
    with installation.database.reading() as session:
        unnamed = set(blobs).difference(named_files(session))
    for digest in unnamed:
        installation.store.remove(digest)


def _reading_key(installation: Installation, version: DocumentVersion) -> bytes:
    """Return a version's reading key, or a fresh one where a recall took it away."""
    try:
        return vault.reading_key(installation.keys, version)
    except vault.Recalled:
        return new_key()


def _give_key(
    installation: Installation, version: DocumentVersion, key: bytes, *, fresh: bool
) -> bool:
    """Lock a fresh key for the version, or tell whether the known one is still its key."""
    if fresh and version.reading_key is None:
        vault.lock_reading_key(installation.keys, version, key)
        return True
    return version.reading_key is not None and key == vault.reading_key(installation.keys, version)


@contextmanager
def _original(installation: Installation, version: DocumentVersion) -> Iterator[Path]:
    """Lay the original out in a private folder for as long as the sandbox needs it."""
    key = vault.storage_key(installation.keys, version)
    with tempfile.TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        file = Path(folder) / "original"
        with installation.store.open(version.blob, key=key) as reader, file.open("wb") as target:
            copyfileobj(reader, target)
        yield file


def _pages(run: jobs.Run, version: DocumentVersion, reading: bytes, file: Path) -> Iterator[Page]:
    output = file.with_name("pages")
    output.mkdir()
    numbers = range(1, version.page_count + 1)
    for page in prepare_pages(file, output, numbers):
        if page.reason is None:
            yield _stored(run.installation, version, reading, page, output)
        run.progress(page.number, version.page_count)


def _stored(
    installation: Installation,
    version: DocumentVersion,
    reading: bytes,
    page: PreparedPage,
    output: Path,
) -> Page:
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
    drop_pages(session, version)
    session.add_all(pages)
    version.state = state
    find_anew(session, version.document)
    topic = session.get_one(Job, run.job_id).topic
    if topic:
        document = str(version.document_id)
        events.publish(session, topic, "paper", document=document, state=state.value)
