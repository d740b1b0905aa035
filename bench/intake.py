"""Thirty mixed files dropped on a meeting: seconds until they can be read, and be searched."""

import io
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from uuid import UUID

import pikepdf
import pypdfium2
from sqlalchemy import Select, func, select

from bench.product import Product, Visitor
from meetings import clock
from meetings.demo.papers import read_papers
from meetings.intake.page_text import Source
from meetings.models import UNDERWAY, Database, DocumentVersion, Job, JobState, Page, TrayFile
from meetings.press.layouts import lay_out
from meetings.press.pdf import typeset
from meetings.press.tables import Sheet, docx
from search_index import SearchIndex

PDFS, WORDS, SCANS = 23, 4, 3
PAGES = 20  # of a PDF and a scan; a Word file is laid out as LibreOffice likes
ROWS = 420
TYPESET = 12  # of the demo's papers, the longest
FIRST = 3
DPI = 200
AT_ONCE = 2  # files that a browser sends at the same time
LOOK_SECONDS = 0.2
PATIENCE = 1800
BOUNDARY = "thirty-files-for-a-meeting"
LATER = Job.kind.in_(("audit.head", "agenda.sort", "documents.aids", "documents.all_aids"))

File = tuple[str, bytes]


def measure(product: Product) -> list[tuple[str, str, str]]:
    """Send the files as a browser does; return how long the steps took."""
    papers = demo_papers()
    digital, scans = dict(born_digital(papers)), dict(scanned(papers))
    clerk = product.visitor("secretary")
    meeting = meeting_of(clerk)
    database = Database(f"sqlite:///{product.instance / 'database.sqlite3'}")
    with closing(database):
        watch = Watch(database, meeting, set(digital), set(scans))
        files = sorted((digital | scans).items())
        sending = threading.Thread(target=send, args=(clerk, meeting, files))
        sending.start()
        times = watch.follow()
        sending.join()
        pages, index = watch.pages(), SearchIndex.open(product.instance / "index").versions()
        if not watch.documents() <= index.keys() or pages[Source.OCR] < SCANS * PAGES:
            raise AssertionError
    told = f"{sum(pages.values())} pages, {pages[Source.OCR]} of them scanned"
    return [
        (f"{len(files)} files, {told}: received", f"{times['received']:.0f} s", ""),
        ("  first pages of born-digital files", f"{times['digital']:.0f} s", "goal <= 20 s"),
        ("  first pages of scans", f"{times['scans']:.0f} s", "goal <= 60 s"),
        ("  all pages", f"{times['pages']:.0f} s", ""),
        ("  all text searchable", f"{times['searchable']:.0f} s", "goal <= 180 s"),
    ]


def meeting_of(clerk: Visitor) -> UUID:
    """Return a meeting whose tray the clerk may fill."""
    for found in re.finditer(r"/meetings/([0-9a-f-]{36})", clerk.get("/meetings").decode()):
        with suppress(urllib.error.HTTPError):
            clerk.get(f"/meetings/{found[1]}/tray")
            return UUID(found[1])
    raise AssertionError


def demo_papers() -> list[bytes]:
    """Return the demo's papers, the longest ones, as the product typesets them."""
    laid = [lay_out(paper.document) for paper in read_papers(clock.today()).values()]
    return [typeset(page) for page in sorted(laid, key=len)[-TYPESET:]]


def born_digital(papers: Sequence[bytes]) -> Iterator[File]:
    """Yield PDF files that begin each with another paper, and Word files."""
    for number in range(PDFS):
        yield f"{3 * number + 1:02} tài liệu.pdf", _joined(papers, number)
    for number in range(WORDS):
        rows = [
            [str(row), f"Việc {number}.{row} giao cho văn phòng", "Đúng hạn"] for row in range(ROWS)
        ]
        yield (
            f"{20 * number + 2:02} biểu.docx",
            docx(Sheet(f"Biểu số {number}", ("STT", "Việc", "Hạn"), rows)),
        )


def scanned(papers: Sequence[bytes]) -> Iterator[File]:
    """Yield files whose pages are pictures of papers, as a scanner makes them."""
    for number in range(SCANS):
        with closing(pypdfium2.PdfDocument(_joined(papers, PDFS + number))) as pdf:
            first, *others = (page.render(scale=DPI / 72).to_pil().convert("L") for page in pdf)
        target = io.BytesIO()
        first.save(target, "PDF", save_all=True, append_images=others, resolution=DPI)
        yield f"{25 * number + 3:02} bản quét.pdf", target.getvalue()


def _joined(papers: Sequence[bytes], start: int) -> bytes:
    """Return a file of so many pages, beginning with one of the papers."""
    target = io.BytesIO()
    with pikepdf.new() as joined:
        for number in range(start, start + len(papers)):
            with pikepdf.open(io.BytesIO(papers[number % len(papers)])) as pdf:
                joined.pages.extend(list(pdf.pages)[: PAGES - len(joined.pages)])
        joined.docinfo["/Subject"] = str(start)
        joined.save(target)
    return target.getvalue()


def send(clerk: Visitor, meeting: UUID, files: Sequence[File]) -> None:
    """Drop files on the tray of a meeting, some at the same time."""
    address = f"{clerk.address}/meetings/{meeting}/tray"
    page = clerk.get(f"/meetings/{meeting}/tray").decode()
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)
    waiting = list(reversed(files))

    def work() -> None:
        while waiting:
            _post(clerk, address, token[1] if token else "", *waiting.pop())

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _post(clerk: Visitor, address: str, token: str, name: str, content: bytes) -> None:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    )
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Accept": "application/json",
        "X-CSRFToken": token,
    }
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    with clerk.opener.open(urllib.request.Request(address, body, headers)) as answer:
        outcomes = json.load(answer)["files"]
    if not all(outcome["ok"] for outcome in outcomes):
        raise AssertionError(outcomes)


class Watch:
    """Looks into the database how far the files of a meeting are."""

    def __init__(
        self, database: Database, meeting: UUID, digital: set[str], scans: set[str]
    ) -> None:
        self._database, self._meeting = database, meeting
        self._digital, self._scans = digital, scans
        self._start = time.perf_counter()

    def follow(self) -> dict[str, float]:
        """Return after how many seconds each step was done for all files."""
        times: dict[str, float] = {}
        while "searchable" not in times:
            seconds = time.perf_counter() - self._start
            if seconds > PATIENCE:
                raise TimeoutError(times)
            for step in self._done():
                times.setdefault(step, seconds)
            time.sleep(LOOK_SECONDS)
        return times

    def pages(self) -> Mapping[Source, int]:
        """Return how many pages there are, by the source of their text."""
        with self._database.reading() as session:
            query = (
                select(Page.source, func.count(Page.id))
                .join(DocumentVersion, DocumentVersion.id == Page.version_id)
                .where(DocumentVersion.document_id.in_(self._of_meeting()))
                .group_by(Page.source)
            )
            return dict(session.execute(query).tuples().all())

    def documents(self) -> set[str]:
        """Return the documents of the files."""
        with self._database.reading() as session:
            return {str(one) for one in session.scalars(self._of_meeting())}

    def _of_meeting(self) -> Select[UUID | None]:
        return select(TrayFile.document_id).where(TrayFile.meeting_id == self._meeting)

    def _done(self) -> Iterator[str]:
        made = func.count(Page.id)
        with self._database.reading() as session:
            rows = session.execute(
                select(TrayFile.file_name, DocumentVersion.state, made)
                .join(DocumentVersion, DocumentVersion.document_id == TrayFile.document_id)
                .outerjoin(Page, Page.version_id == DocumentVersion.id)
                .where(TrayFile.meeting_id == self._meeting)
                .group_by(TrayFile.file_name, DocumentVersion.state)
            ).all()
            open_jobs = select(func.count(Job.id)).where(
                Job.state.in_([JobState.WAITING, JobState.RUNNING]), ~LATER
            )
            idle = not session.scalar(open_jobs)
        begun = {name for name, state, made in rows if made >= FIRST or state not in UNDERWAY}
        names = {name for name, _state, _made in rows}
        if names >= self._digital | self._scans:
            yield "received"
            if not any(state in UNDERWAY for _name, state, _made in rows):
                yield "pages"
                if idle:
                    yield "searchable"
        if begun >= self._digital:
            yield "digital"
        if begun >= self._scans:
            yield "scans"
