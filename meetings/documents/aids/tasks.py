"""Making the sharp and the light pictures of pages, and reading what papers say of their order."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import jobs, periodic, vault
from meetings.documents.aids.queries import lacks_aids, without_aids
from meetings.documents.queries import pages_of
from meetings.documents.services import discard
from meetings.documents.tasks import picture_kept, sharp_in, shown_copy
from meetings.installation import Installation
from meetings.intake import contents_of, lighten_pictures, sharpen_pages
from meetings.models import DocumentVersion, Page, VersionState

AT_ONCE = 32  # pages a child makes before it ends
KIND, ALL = "documents.aids", "documents.all_aids"
OFTEN = timedelta(minutes=2)

periodic.declare(ALL, periodic.Every(OFTEN, provided=lacks_aids))


@dataclass(frozen=True)
class Aid:
    """A picture of a page, and beside which small picture it was made."""

    of: str
    file: str


Aids = Mapping[UUID, Aid]


@jobs.handles(ALL, jobs.Urgency.LAST)
def order_all(run: jobs.Run) -> None:
    """Order the aids of papers that lack them, prepared just now or long ago."""

    def order(session: Session) -> None:
        for version in without_aids(session):
            jobs.enqueue(session, KIND, {"version": str(version)}, key=f"aids:{version}")

    run.installation.database.write(order)


@jobs.handles(KIND, jobs.Urgency.LAST)
def make(run: jobs.Run) -> None:
    """Make what a version lacks; what was made beside an older picture is dropped."""
    installation = run.installation
    with installation.database.reading() as session:
        version = session.get(DocumentVersion, UUID(run.payload["version"]))
        if version is None or version.state is not VersionState.READY:
            return
        _ = version.compartment
        pages = [page for page in pages_of(session, version) if page.light_image is None]
    if version.reading_key is None:  # it was recalled, and is made anew
        return
    sharp, light = dict(_sharpened(run, version, pages)), dict(_made(run, version, pages))
    contents = version.contents or _contents(installation, version)

    def settle(session: Session) -> None:
        current = session.get(DocumentVersion, version.id)
        if current is None or current.reading_key != version.reading_key:
            made = [one.file for one in (*sharp.values(), *light.values())]
            discard(session, [*made, *filter(None, (contents,))])
            return
        current.contents = current.contents or contents
        late = [contents] if contents and contents != current.contents else []
        discard(session, [*_unwanted(session, sharp, light), *late])

    installation.database.write(settle)


def _contents(installation: Installation, version: DocumentVersion) -> str | None:
    """Keep what the PDF that is shown says of its order; a film shows none."""
    if version.viewing is None:
        return None
    store, key = installation.store, vault.reading_key(installation.keys, version)
    with tempfile.TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        file = Path(folder) / "shown.pdf"
        with store.open(version.viewing, key=key) as reader, file.open("wb") as target:
            copyfileobj(reader, target)
        found = json.dumps(contents_of(file).to_json(), ensure_ascii=False)
    return store.put_bytes(found.encode(), key=key).digest


def _unwanted(session: Session, sharp: Aids, light: Aids) -> list[str]:
    """Put pictures to their pages; return those whose page is gone or looks different."""
    unwanted = []
    for identity, made in sharp.items():
        page = session.get(Page, identity)
        if page is None or page.large_image != made.of or page.small_image != made.of:
            unwanted.append(made.file)
        else:
            page.large_image = made.file
    for identity, made in light.items():
        page = session.get(Page, identity)
        if page is None or page.small_image != made.of or page.light_image:
            unwanted.append(made.file)
        else:
            page.light_image = made.file
    return unwanted


def _sharpened(
    run: jobs.Run, version: DocumentVersion, pages: Sequence[Page]
) -> Iterator[tuple[UUID, Aid]]:
    """Draw the pages anew for which their small picture still stands in; a failed one keeps it."""
    waiting = {page.number: page for page in pages if page.large_image == page.small_image}
    if not waiting:
        return
    key = vault.reading_key(run.installation.keys, version)
    with shown_copy(run.installation, version, key) as shown:
        if shown is None:
            return
        output = shown.path.with_name("sharp")
        output.mkdir()
        for drawn in sharpen_pages(shown.path, output, list(waiting)):
            if drawn.reason is None:
                page, file = waiting[drawn.number], sharp_in(output, drawn.number)
                yield page.id, Aid(page.small_image, picture_kept(run.installation, key, file))
            run.progress(drawn.number, version.page_count)


def _made(
    run: jobs.Run, version: DocumentVersion, pages: Sequence[Page]
) -> Iterator[tuple[UUID, Aid]]:
    key = vault.reading_key(run.installation.keys, version)
    for start in range(0, len(pages), AT_ONCE):
        yield from _lightened(run.installation, key, pages[start : start + AT_ONCE])
        run.progress(min(start + AT_ONCE, len(pages)), len(pages))


def _lightened(
    installation: Installation, key: bytes, pages: Sequence[Page]
) -> Iterator[tuple[UUID, Aid]]:
    store = installation.store
    with tempfile.TemporaryDirectory(dir=installation.settings.quarantine_folder) as name:
        folder = Path(name)
        output = folder / "light"
        output.mkdir()
        files = [folder / f"{number}.webp" for number in range(len(pages))]
        for page, file in zip(pages, files, strict=True):
            file.write_bytes(store.read(page.small_image, key=key))
        for page, light in zip(pages, lighten_pictures(files, output), strict=True):
            kept = store.put_bytes(light.read_bytes(), key=key).digest if light else None
            # where none could be made, the small picture serves, and nobody tries again
            yield page.id, Aid(page.small_image, kept or page.small_image)
