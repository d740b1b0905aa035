"""How fast a backup is made, verified and restored, beside copying and hashing the same files."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from meetings.backup import checking, recovery, restoring, services
from meetings.installation import Installation
from meetings.models import Body, BodyKind, Document, DocumentVersion, Page, new_id
from meetings.settings import Settings
from meetings.vault import new_keys, open_compartment

DOCUMENTS, PAGES, ORIGINAL = 80, 20, 2 << 20
# bytes of what one page of a typed paper becomes
PAGE = {
    "small_image": 60_000,
    "large_image": 90_000,
    "thumbnail": 8_000,
    "words": 12_000,
    "text": 3_000,
}
Row = tuple[str, str, str]


def measure() -> list[Row]:
    """Fill an installation with noise and return the MB/s of each step."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        public = recovery.make_pair(folder / "key")
        source = Settings(instance=folder / "source", recovery_key=public, min_free=0)
        installation = Installation(source).prepare()
        try:
            _fill(installation)
            return _rows(folder, installation)
        finally:
            installation.close()


def _rows(folder: Path, installation: Installation) -> list[Row]:
    blobs, target = installation.settings.blobs_folder, folder / "backups"
    files = [path for path in blobs.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    elsewhere = Settings(instance=folder / "elsewhere", min_free=0)

    def row(name: str, step: Callable[[], object], goal: str = "") -> Row:
        os.sync()
        start = time.perf_counter()
        step()
        return name, f"{size / (time.perf_counter() - start):,.0f} MB/s", goal

    title = f"backup: the first, {size:.0f} MB in {len(files):,} files"
    return [
        row(title, lambda: services.create(installation, target), ">= 28 (50 GB in half an hour)"),
        row("backup: a later one, nothing new", lambda: services.create(installation, target)),
        row("backup: verified without its key", lambda: checking.verify(target)),
        row("backup: verified with its key", lambda: checking.verify(target, folder / "key")),
        row(
            "backup: restored",
            lambda: restoring.restore(elsewhere, target, folder / "key"),
            ">= 28 (50 GB in half an hour)",
        ),
        row("  copying the same files", lambda: _copy(blobs, folder / "copy")),
        row("  hashing the same files", lambda: _hash(files)),
    ]


def _fill(installation: Installation) -> None:
    with installation.database.writing() as session:
        body = Body(kind=BodyKind.PARTY_OFFICE, name="Văn phòng")
        session.add(body)
        session.flush()
        for _ in range(DOCUMENTS):
            document = Document(body_id=body.id, title="Báo cáo")
            session.add(document)
            session.flush()
            version = _version(session, installation, document)
            session.add(version)
            session.flush()
            for number in range(PAGES):
                names = {name: _noise(installation, size) for name, size in PAGE.items()}
                place = {"version_id": version.id, "number": number, "crop": []}
                session.add(Page(width=1.0, height=1.0, **place, **names))
        session.commit()


def _version(session: Session, installation: Installation, document: Document) -> DocumentVersion:
    place = open_compartment(session, installation.keys, document.body_id, document.access_level)
    identity = new_id()
    locked = new_keys(installation.keys, place, identity)
    stored = installation.store.put_bytes(os.urandom(ORIGINAL), key=locked.storage)
    return DocumentVersion(
        id=identity,
        document_id=document.id,
        compartment_id=place.id,
        file_name="a.pdf",
        media_type="application/pdf",
        size=stored.plain_size,
        plain_sha256=stored.plain_sha256,
        blob=stored.digest,
        storage_key=locked.wrapped_storage,
        reading_key=locked.wrapped_reading,
        page_count=PAGES,
    )


def _noise(installation: Installation, size: int) -> str:
    return installation.store.put_bytes(os.urandom(size), key=bytes(32)).digest


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target)
    os.sync()


def _hash(files: list[Path]) -> None:
    for file in files:
        with file.open("rb") as reader:
            hashlib.file_digest(reader, "sha256")
