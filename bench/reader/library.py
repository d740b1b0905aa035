"""An installation with two long papers and a meeting of thirty, served without its worker."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.product import Product, free_address, wait_until_answers
from bench.reader.books import scan_book, text_book
from meetings import clock, jobs, vault
from meetings.agenda import services as agenda
from meetings.demo import services as demo
from meetings.documents import tasks
from meetings.documents.aids import tasks as aids
from meetings.documents.queries import pages_of
from meetings.documents.services import order_preparation
from meetings.installation import Installation
from meetings.models import (
    AccessLevel,
    Body,
    Document,
    DocumentVersion,
    Job,
    Page,
    Person,
    User,
    VersionState,
    new_id,
)
from meetings.settings import Settings

TEXT_PAGES, SCAN_PAGES = 200, 100
PAPERS, PAPER_PAGES = 30, 20
NAMES = "library.json"


@dataclass(frozen=True)
class Library:
    """A running server and what stands in it, by the names of its rows."""

    product: Product
    folder: Path
    text: str
    scan: str
    meeting: str

    @contextlib.contextmanager
    def installation(self) -> Iterator[Installation]:
        """Open what the server serves."""
        with closing(Installation(Settings(instance=self.product.instance))) as opened:
            yield opened


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Library]:
    """Serve a library; one that a folder holds from an earlier run is not made again."""
    if not (folder / NAMES).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAMES).write_text(json.dumps(_made(folder)))
    names, bind = json.loads((folder / NAMES).read_text()), free_address()
    settings = {"MEETINGS_INSTANCE": str(folder / "instance"), "MEETINGS_BIND": bind}
    command = [sys.executable, "-m", "meetings", "serve"]
    with subprocess.Popen(command, env=os.environ | settings) as process:
        # a page may keep secrets on an address of this machine that has a name
        address = f"http://localhost:{bind.rpartition(':')[2]}"
        try:
            wait_until_answers(f"http://{bind}")
            yield Library(Product(address, process, folder / "instance"), folder, **names)
        finally:
            process.send_signal(signal.SIGTERM)


def _made(folder: Path) -> dict[str, str]:
    text, scan = folder / "text.pdf", folder / "scan.pdf"
    text_book(text, TEXT_PAGES)
    scan_book(scan, text, SCAN_PAGES)
    with closing(Installation(Settings(instance=folder / "instance")).prepare()) as installation:
        demo.load(installation)
        long = [_long(installation, text, TEXT_PAGES), _long(installation, scan, SCAN_PAGES)]
        meeting = installation.database.write(lambda session: _call(session, installation, long))
    return {"text": str(long[0]), "scan": str(long[1]), "meeting": str(meeting)}


def _long(installation: Installation, file: Path, pages: int) -> UUID:
    """Take a paper in and prepare its pages; scans are not read, that would take the worker."""

    def receive(session: Session) -> tuple[UUID, UUID, UUID]:
        version = _version(session, installation, file.read_bytes(), pages, VersionState.RECEIVED)
        order_preparation(session, version)
        session.flush()
        job = session.scalars(select(Job).where(Job.kind == "documents.prepare")).all()[-1]
        return version.document_id, version.id, job.id

    document, version, job = installation.database.write(receive)
    run = jobs.Run(installation, job, {"version": str(version)})
    for step in (tasks.prepare, tasks.finish, aids.make):
        step(run)
    return document


def _version(
    session: Session, installation: Installation, content: bytes, pages: int, state: VersionState
) -> DocumentVersion:
    office = session.scalars(select(Body).where(Body.parent_id.is_(None))).first()
    document = Document(
        id=new_id(), body_id=office.id if office else None, title=f"Tài liệu {pages} trang"
    )
    document.access_level = AccessLevel.NORMAL
    session.add(document)
    place = vault.open_compartment(session, installation.keys, document.body_id, AccessLevel.NORMAL)
    identity = new_id()
    locked = vault.new_keys(installation.keys, place, identity)
    stored = installation.store.put_bytes(content, key=locked.storage)
    version = DocumentVersion(
        id=identity,
        document_id=document.id,
        compartment_id=place.id,
        file_name="bao-cao.pdf",
        media_type=tasks.PDF,
        size=stored.plain_size,
        plain_sha256=stored.plain_sha256,
        blob=stored.digest,
        storage_key=locked.wrapped_storage,
        reading_key=locked.wrapped_reading,
        page_count=pages,
        state=state,
    )
    session.add(version)
    session.flush()
    return version


def _call(session: Session, installation: Installation, long: list[UUID]) -> UUID:
    """Call a meeting of everybody with the two long papers, and one with thirty short ones."""
    copied = [_copied(session, installation, long[0]) for _ in range(PAPERS)]
    _meeting(session, "Hội nghị hai văn bản dài", long)
    return _meeting(session, "Hội nghị ba mươi văn bản", copied)


def _meeting(session: Session, title: str, papers: list[UUID]) -> UUID:
    office = session.scalars(select(Body).where(Body.parent_id.is_(None))).one()
    start = clock.now() + timedelta(hours=1)
    meeting = agenda.create_meeting(
        session, office, title=title, starts_at=start, ends_at=start + timedelta(days=2)
    )
    for person in session.scalars(select(Person).where(Person.id.in_(select(User.person_id)))):
        agenda.invite(session, meeting, person)
    for number, paper in enumerate(papers, start=1):
        item = agenda.add_item(session, meeting, title=f"Nội dung {number}")
        agenda.lay_paper(session, item, session.get_one(Document, paper))
    by = session.scalars(select(User)).first()
    if by:
        agenda.release_meeting(session, meeting, by=by)
    return meeting.id


def _copied(session: Session, installation: Installation, of: UUID) -> UUID:
    """Return a short paper: the first pages of a long one, under keys of its own."""
    source = session.scalars(select(DocumentVersion).filter_by(document_id=of)).one()
    store, keys = installation.store, installation.keys
    version = _version(session, installation, b"%PDF", PAPER_PAGES, VersionState.READY)
    before = vault.reading_key(keys, source), vault.storage_key(keys, source)
    after = vault.reading_key(keys, version), vault.storage_key(keys, version)
    for page in pages_of(session, source)[:PAPER_PAGES]:
        files = {}
        for name in Page.FILES:
            kind = int(name == "text")
            plain = store.read(getattr(page, name), key=before[kind])
            files[name] = store.put_bytes(plain, key=after[kind]).digest
        facts = {name: getattr(page, name) for name in ("number", "width", "height", "crop")}
        session.add(Page(version_id=version.id, **facts, **files))
    session.flush()
    return version.document_id
