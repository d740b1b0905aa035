"""Changing the pages of a received file, in the sandbox; the original stays as it came."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import events, jobs, vault
from meetings.documents.pages.services import follow
from meetings.documents.queries import current_version
from meetings.documents.services import order_preparation
from meetings.documents.tasks import PDF
from meetings.installation import Installation
from meetings.intake import Reason, edits
from meetings.intake.copies import EDITED, edit_pages
from meetings.models import Document, DocumentVersion, Job, new_id


@jobs.handles("documents.edit", jobs.Urgency.SOMEBODY_WAITS)
def edit(run: jobs.Run) -> None:
    """Make the next version of a document, or a document of its own, of changed pages."""
    installation, order = run.installation, run.payload
    sources = _sources(installation, order)
    if not sources:
        return
    with TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        output = Path(folder) / "made"
        output.mkdir()
        wished = [edits.from_json(one) for one in order["edits"]]
        with _laid_out(installation, sources, Path(folder)) as (first, *others):
            pages = edit_pages(first, wished, output, others=others)
        if isinstance(pages, Reason):
            raise jobs.Unrepairable(pages.value)
        made = output / EDITED
        installation.database.write(
            lambda session: _settle(session, run, sources[0].id, made, pages)
        )


def _sources(installation: Installation, order: Mapping[str, Any]) -> list[DocumentVersion]:
    with installation.database.reading() as session:
        version = session.get(DocumentVersion, UUID(order["version"]))
        found = [version] if version else []
        if version and order["join"]:
            other = current_version(session, session.get_one(Document, UUID(order["join"])))
            found += [other] if other else []
        for each in found:
            _ = each.compartment
    return found


@contextmanager
def _laid_out(
    installation: Installation, versions: list[DocumentVersion], folder: Path
) -> Iterator[list[Path]]:
    """Lay out what is edited: a PDF itself, of any other file the copy that is shown."""
    paths = []
    for number, version in enumerate(versions, 1):
        path = folder / f"{number}.pdf"
        if version.media_type == PDF:
            blob, key = version.blob, vault.storage_key(installation.keys, version)
        else:
            blob, key = version.viewing or "", vault.reading_key(installation.keys, version)
        with installation.store.open(blob, key=key) as reader, path.open("wb") as target:
            copyfileobj(reader, target)
        paths.append(path)
    yield paths


def _settle(session: Session, run: jobs.Run, source: UUID, made: Path, pages: int) -> None:
    before = session.get(DocumentVersion, source)
    if before is None or before.superseded_at is not None:
        return
    document = before.document
    if run.payload["split"]:
        document = _part_of(session, document)
    version = _kept(session, run, document, before, made, pages)
    if run.payload["split"]:
        session.add(version)
        session.flush()
        order_preparation(session, version)
    else:
        follow(session, before, version)
    topic = session.get_one(Job, run.job_id).topic
    if topic:
        state = version.state.value
        events.publish(session, topic, "paper", document=str(document.id), state=state)


def _part_of(session: Session, document: Document) -> Document:
    """Return a new document for pages cut off another."""
    part = Document(
        id=new_id(),
        body_id=document.body_id,
        access_level=document.access_level,
        title=document.title,
        created_by=document.created_by,
    )
    session.add(part)
    session.flush()
    return part


def _kept(
    session: Session,
    run: jobs.Run,
    document: Document,
    before: DocumentVersion,
    made: Path,
    pages: int,
) -> DocumentVersion:
    keys, identity = run.installation.keys, new_id()
    place = vault.open_compartment(session, keys, document.body_id, document.access_level)
    locked = vault.new_keys(keys, place, identity)
    with made.open("rb") as file:
        stored = run.installation.store.put(file, key=locked.storage)
    return DocumentVersion(
        id=identity,
        document_id=document.id,
        compartment_id=place.id,
        file_name=f"{PurePath(before.file_name).stem}.pdf",
        media_type=PDF,
        size=stored.plain_size,
        plain_sha256=stored.plain_sha256,
        blob=stored.digest,
        storage_key=locked.wrapped_storage,
        reading_key=locked.wrapped_reading,
        page_count=pages,
        edits=None if run.payload["split"] else list(run.payload["edits"]),
    )
