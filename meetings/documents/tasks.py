"""Preparing a version: its pages become pictures, words and text."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import events, jobs, vault
from meetings.documents.queries import named_files, pages_of
from meetings.documents.services import (
    discard,
    files_of,
    find_anew,
    order_moving,
)
from meetings.installation import Installation
from meetings.intake import (
    SCANNED,
    SHARP,
    PreparedPage,
    Reason,
    Source,
    inspect_file,
    pack_words,
    prepare_pages,
    rendition_name,
    viewing_copy,
)
from meetings.intake.copies import VIEWING, clean_file
from meetings.intake.kinds import BY_MEDIA_TYPE, KINDS, Family
from meetings.models import DocumentVersion, Job, Page, VersionState
from storage import new_key

PDF = "application/pdf"
FIRST = 3  # pages of every file that are made before the rest of any
FINISH = "documents.finish"
READ, RECOGNISE = "documents.describe", "documents.read"
UNPAGED = {kind.media_type for kind in KINDS if kind.family is Family.FILM}


@dataclass(frozen=True)
class Shown:
    """The PDF that is shown, and what was taken out of it so that it only shows."""

    path: Path
    removed: dict[str, Any] | None


class Withdrawn(Exception):
    """The reading key was taken away while pages were made under it; they are made again."""


@dataclass(frozen=True)
class Made:
    """What a preparation made: some pages, how many there are to be, the copy that is shown."""

    pages: list[Page]
    count: int
    state: VersionState
    viewing: str | None
    shown: Shown | None

    @property
    def files(self) -> list[str]:
        """Return the names of the files."""
        return [*files_of(self.pages), *([self.viewing] if self.viewing else [])]


@jobs.handles("documents.prepare", jobs.Urgency.SOMEBODY_WAITS)
def prepare(run: jobs.Run) -> None:
    """Make the first pages of a version, so that of many files none waits for another's last."""
    _prepare(run, first=FIRST)


@jobs.handles(FINISH)
def finish(run: jobs.Run) -> None:
    """Make the pages of a version that are missing yet."""
    _prepare(run)


def _prepare(run: jobs.Run, *, first: int | None = None) -> None:
    """Make the missing pages of a version, or those of its first; a page is made once."""
    installation = run.installation
    with installation.database.reading() as session:
        version = session.get(DocumentVersion, UUID(run.payload["version"]))
        if version is None:  # it was destroyed meanwhile
            return
        _ = version.compartment
        known = {page.number for page in pages_of(session, version)}
    reading = _reading_key(installation, version)
    made = _made(run, version, reading, known, first)

    def settle(session: Session) -> bool:
        current = session.get(DocumentVersion, version.id)
        if current is None:
            discard(session, made.files)
            return True
        given = _give_key(installation, current, reading, fresh=version.reading_key is None)
        if given:
            _settle(session, run, current, made)
        else:
            discard(session, made.files)
        return given

    if not installation.database.write(settle):
        raise Withdrawn


def _made(
    run: jobs.Run, version: DocumentVersion, reading: bytes, known: set[int], first: int | None
) -> Made:
    with shown_copy(run.installation, version, reading) as shown:
        count = _count(version, shown)
        wanted = [n for n in range(1, count + 1)[:first] if n not in known]
        pages = list(_pages(run, version, reading, shown.path, wanted, count)) if shown else []
        viewing = version.viewing
        if shown and not viewing:
            viewing = _kept_copy(run.installation, shown, reading)
    is_film = shown is None and version.media_type in UNPAGED
    if len(known) + len(pages) == count and (count > 0 or is_film):
        state = VersionState.READY
    elif first is not None and count > first:
        state = VersionState.BEGUN
    else:
        state = VersionState.FAILED
    return Made(pages, count, state, viewing, shown)


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
def laid_out(installation: Installation, version: DocumentVersion) -> Iterator[Path]:
    """Lay the original out in a private folder for as long as the sandbox needs it."""
    key = vault.storage_key(installation.keys, version)
    with tempfile.TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        file = Path(folder) / "original"
        with installation.store.open(version.blob, key=key) as reader, file.open("wb") as target:
            copyfileobj(reader, target)
        yield file


@contextmanager
def shown_copy(
    installation: Installation, version: DocumentVersion, reading: bytes
) -> Iterator[Shown | None]:
    """Lay out the PDF that is shown: the copy that was kept, else one that is made now."""
    if version.viewing is None:
        with laid_out(installation, version) as file:
            yield shown_of(version, file)
        return
    with tempfile.TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        file = Path(folder) / VIEWING
        with (
            installation.store.open(version.viewing, key=reading) as reader,
            file.open("wb") as target,
        ):
            copyfileobj(reader, target)
        yield Shown(file, version.removed)


def shown_of(version: DocumentVersion, file: Path) -> Shown | None:
    """Return the PDF that is shown for an original; None for a film and where none can be made."""
    output, cleaned = file.with_name("shown"), file.with_name("cleaned")
    output.mkdir()
    cleaned.mkdir()
    shown = viewing_copy(file, version.media_type, output)
    if shown is None or isinstance(shown, Reason):
        return None
    removed = clean_file(shown, cleaned)
    if isinstance(removed, Reason):
        return None
    return Shown(cleaned / VIEWING, removed.to_json()["removed"])


def _kept_copy(installation: Installation, shown: Shown, reading: bytes) -> str:
    with shown.path.open("rb") as file:
        return installation.store.put(file, key=reading).digest


def _count(version: DocumentVersion, shown: Shown | None) -> int:
    """Return how many pages are shown; of office files this is known only now."""
    if shown is None:
        return 0
    return version.page_count or inspect_file(shown.path, shown.path.name).pages


def _pages(
    run: jobs.Run,
    version: DocumentVersion,
    reading: bytes,
    shown: Path,
    wanted: Sequence[int],
    count: int,
) -> Iterator[Page]:
    output = shown.with_name("pages")
    output.mkdir()
    for page in prepare_pages(shown, output, wanted):
        if page.reason is None:
            yield _stored(run.installation, version, reading, page, output)
        run.progress(page.number, count)


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

    return Page(
        version_id=version.id,
        number=page.number,
        **shown_as(installation, reading, page, output),
        words=kept(pack_words(words), reading),
        text=kept(page.text.encode(), storage),
        source=source_of(version, page),
    )


def source_of(version: DocumentVersion, page: PreparedPage) -> Source:
    """Tell where a page's text comes from; NONE where its picture is still to be read."""
    is_scan = BY_MEDIA_TYPE[version.media_type].family in SCANNED
    return Source.NONE if is_scan and not page.legible else Source.LAYER


def shown_as(
    installation: Installation, reading: bytes, page: PreparedPage, output: Path
) -> dict[str, Any]:
    """Keep a page's first pictures, and return what its row says of how it looks."""
    small = picture_kept(installation, reading, output / rendition_name(page.number, "1200"))
    return {
        "width": page.width,
        "height": page.height,
        "crop": [page.crop.x, page.crop.y, page.crop.w, page.crop.h],
        "small_image": small,
        "large_image": small,
        "thumbnail": picture_kept(
            installation, reading, output / rendition_name(page.number, "thumb")
        ),
    }


def sharp_in(output: Path, number: int) -> Path:
    """Return where a child leaves the sharp picture of a page."""
    return output / rendition_name(number, SHARP)


def picture_kept(installation: Installation, reading: bytes, file: Path) -> str:
    """Keep a picture that a child left, and return its name."""
    digest = installation.store.put_bytes(file.read_bytes(), key=reading).digest
    file.unlink()
    return digest


def _settle(session: Session, run: jobs.Run, version: DocumentVersion, made: Made) -> None:
    session.add_all(made.pages)
    version.page_count, version.state = made.count, made.state
    version.viewing, version.removed = made.viewing, made.shown.removed if made.shown else None
    job = session.get_one(Job, run.job_id)
    if made.state is VersionState.BEGUN:
        jobs.hand_on(session, run, FINISH)
    else:
        _order_reading(session, version, topic=job.topic)
    events.publish(session, events.document_topic(version.document_id), "version")
    if job.topic:
        document, state = str(version.document_id), made.state.value
        events.publish(session, job.topic, "paper", document=document, state=state)


def _order_reading(session: Session, version: DocumentVersion, *, topic: str) -> None:
    """Queue what is done with a version once all its pages are there.

    What is read at once is found after that; what waits for its turn is found by its title first.
    """
    order_moving(session, version.document_id)
    order = {"version": str(version.id)}
    if version.media_type == PDF and version.signatures is None:
        jobs.enqueue(session, "documents.verify", order, key=f"verify:{version.document_id}")
    recognises = any(page.source is Source.NONE for page in pages_of(session, version))
    if recognises or not version.page_count or version.state is not VersionState.READY:
        find_anew(session, version.document)
    if version.page_count:
        kind, key = RECOGNISE if recognises else READ, f"read:{version.document_id}"
        jobs.enqueue(session, kind, order, key=key, topic=topic)
