"""A scan is pictured and read, and its cuts are proposed; what was read is not kept."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import jobs
from meetings.documents.tasks import picture_kept
from meetings.installation import Installation
from meetings.intake import PageText, PreparedPage, page_texts, prepare_pages, rendition_name
from meetings.intake.dossiers import DossierPage as ReadPage
from meetings.intake.dossiers import propose
from meetings.intake.prepared import WHOLE_PAGE
from meetings.members.dossiers.scans.queries import key_of
from meetings.members.dossiers.scans.services import KIND
from meetings.members.dossiers.strips.services import lay
from meetings.members.dossiers.strips.strip import Strip, proposed
from meetings.models import DossierPage, DossierScan, ScanState

QUARTERS = 4
QUARTER = 90


@jobs.handles(KIND)
def read(run: jobs.Run) -> None:
    """Make the pictures of a scan, read its pages and propose how it is cut; once is enough."""
    installation = run.installation
    with installation.database.reading() as session:
        scan = session.get(DossierScan, UUID(run.payload["scan"]))
        if scan is None or scan.state is ScanState.READY:
            return
        key = key_of(session, installation, scan)
    with laid_out(installation, scan, key) as file:
        looks = _looks(run, scan, file)
        texts = _texts(run, scan, file)
        strip = _proposed(looks, texts)
        pages = [_kept(installation, scan, page, file.parent, key) for page in looks.values()]

    def settle(session: Session) -> bool:
        current = session.get_one(DossierScan, scan.id, with_for_update=True)
        if current.state is ScanState.READY:
            return False
        lay(session, current, pages, strip)
        current.state = ScanState.READY
        return True

    if not installation.database.write(settle):  # another worker was faster
        for page in pages:
            for blob in filter(None, (page.picture, page.thumbnail)):
                installation.store.remove(blob)


@contextmanager
def laid_out(installation: Installation, scan: DossierScan, key: bytes) -> Iterator[Path]:
    """Lay a scan out in a private folder for as long as the sandbox needs it."""
    with tempfile.TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        file = Path(folder) / "scan.pdf"
        with installation.store.open(scan.blob, key=key) as reader, file.open("wb") as target:
            copyfileobj(reader, target)
        yield file


def _looks(run: jobs.Run, scan: DossierScan, file: Path) -> Mapping[int, PreparedPage]:
    """Draw every page; one that cannot be drawn is there all the same."""
    numbers = range(1, scan.page_count + 1)
    looks = {number: PreparedPage(number=number) for number in numbers}
    for done, page in enumerate(prepare_pages(file, file.parent, numbers), 1):
        looks[page.number] = page
        run.progress(done, 2 * scan.page_count)
    return looks


def _texts(run: jobs.Run, scan: DossierScan, file: Path) -> Mapping[int, PageText]:
    texts = {}
    for done, page in enumerate(page_texts(file, scan.page_count), 1):
        texts[page.number] = page
        run.progress(scan.page_count + done, 2 * scan.page_count)
    return texts


def _proposed(looks: Mapping[int, PreparedPage], texts: Mapping[int, PageText]) -> Strip:
    read = [_as_read(look, texts.get(number)) for number, look in looks.items()]
    turns = {text.number: _clockwise(text.quarters) for text in texts.values() if text.quarters}
    return proposed(propose(read), turns)


def _as_read(look: PreparedPage, text: PageText | None) -> ReadPage:
    words = text.text if text else ""
    return ReadPage(
        number=look.number,
        text=words,
        words=text.words if text else (),
        width=look.width,
        height=look.height,
        blank=not words.strip() and look.reason is None and look.crop == WHOLE_PAGE,
    )


def _clockwise(quarters: int) -> int:
    """Return the degrees of a turn by quarters against the clock."""
    return -quarters % QUARTERS * QUARTER


def _kept(
    installation: Installation, scan: DossierScan, page: PreparedPage, folder: Path, key: bytes
) -> DossierPage:
    made: dict[str, str] = {}
    for name, rendition in (("picture", "1200"), ("thumbnail", "thumb")):
        file = folder / rendition_name(page.number, rendition)
        if file.exists():
            made[name] = picture_kept(installation, key, file)
    return DossierPage(
        scan_id=scan.id, number=page.number, width=page.width, height=page.height, **made
    )
