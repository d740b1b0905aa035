"""How soon a page is on the screen: the first, the next, one far away; and what all that keeps."""

import time
from statistics import mean, median, quantiles
from uuid import UUID

import psutil
from playwright.sync_api import Browser
from sqlalchemy import select

from bench.reader.library import SCAN_PAGES, TEXT_PAGES, Library
from bench.reader.tablet import FAST, SLOW, Line, Tablet, tablet
from meetings.models import DocumentVersion
from meetings.models import Page as PageRow

Row = tuple[str, str, str]
ROUNDS = 5
TURNS, FLIPS = 30, 99
SETTLED = 0.4
MEBIBYTE = 1024 * 1024
TURN = """async ([number]) => {
  const reader = document.querySelector("doc-reader");
  const start = performance.now();
  reader.show(number);
  await reader.querySelector(".reader-page img").decode();
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""
GOALS = {FAST: 500, SLOW: 1000}


def first_pages(
    browser: Browser, library: Library, rivals: dict[tuple[str, Line], float]
) -> list[Row]:
    """Return the time from the tap to the first page, beside pdf.js on the same file."""
    rows: list[Row] = []
    books = (("text", TEXT_PAGES, library.text), ("scan", SCAN_PAGES, library.scan))
    for name, pages, document in books:
        for line in (FAST, SLOW):
            with tablet(browser, library) as one:
                one.page.goto(f"/documents/{_other(library, document)}")  # the code is at hand
                one.connect(line)
                times = [
                    one.first_page(f"/documents/{document}?page={1 + number}")
                    for number in range(ROUNDS)
                ]
            ours, rival = median(times), rivals.get((name, line))
            beside = f", {rival / ours:.1f} x pdf.js" if rival else ""
            label = f"first page, {name}, {pages} pages, {line}"
            rows.append((label, f"{ours:.0f} ms{beside}", f"goal <= {GOALS[line]} ms, >= 3 x"))
    return rows


def _other(library: Library, document: str) -> str:
    return library.scan if document == library.text else library.text


def turns(browser: Browser, library: Library) -> list[Row]:
    """Return the times of page turns, of jumps, and the memory that many turns keep."""
    rows: list[Row] = []
    for name, document, far in (("text", library.text, 150), ("scan", library.scan, 80)):
        with tablet(browser, library) as one:
            one.page.goto(f"/documents/{document}?page=1")
            one.connect(FAST)
            time.sleep(4)
            times = []
            for number in range(2, TURNS + 2):
                times.append(one.ask(TURN, number))
                time.sleep(SETTLED)
            jumps = [one.ask(TURN, far + 9 * step) for step in (0, -1, -2, 1, 2)]
            ends = f"{median(times):.0f} ms, p95 {quantiles(times, n=20)[-1]:.0f} ms"
            rows += [
                (f"page turn, prefetched, {name}", ends, "goal p95 <= 50 ms"),
                (f"jump to page {far}, {name}", f"{median(jumps):.0f} ms", "goal <= 300 ms"),
                _memory(browser, one, name),
            ]
    return rows


def _memory(browser: Browser, one: Tablet, name: str) -> Row:
    """Turn many pages, warn the browser of its memory, and return what the renderer keeps."""
    one.connect(None, slower=1)
    for number in range(1, FLIPS + 1):
        one.ask(TURN, number)
    held = _renderer(browser)
    insides = browser.new_browser_cdp_session()
    insides.send("Memory.simulatePressureNotification", {"level": "critical"})
    time.sleep(3)
    kept = f"{held:.0f} MB, then {_renderer(browser):.0f} MB"
    return f"renderer after {FLIPS} turns and a warning, {name}", kept, "goal <= 80 MB"


def _renderer(browser: Browser) -> float:
    """Return the memory that the largest renderer has for itself alone."""
    inside = browser.new_browser_cdp_session()
    listed = inside.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [one["id"] for one in listed if one["type"] == "renderer"]
    alone = [psutil.Process(one).memory_full_info().uss for one in renderers]
    return max(alone) / MEBIBYTE


def sizes(library: Library) -> list[Row]:
    """Return the mean bytes of a page at each width."""
    rows: list[Row] = []
    with library.installation() as opened, opened.database.reading() as session:
        for name, document, goal in (("text", library.text, 100), ("scan", library.scan, 170)):
            of = DocumentVersion.document_id == UUID(document)
            pages = session.scalars(select(PageRow).join(PageRow.version).where(of)).all()
            light, words, small, large = (
                mean(opened.store.ciphertext_size(getattr(page, file)) for page in pages) / 1000
                for file in ("lightest_image", "words", "small_image", "large_image")
            )
            values = f"{small:.0f} KB (at 1600: {large:.0f} KB)"
            four = f"{light:.0f} KB and {words:.1f} KB of words"
            rows.append((f"mean page in four greys, {name}", four, "goal <= 40 KB"))
            rows.append((f"mean page at 1200, {name}", values, f"goal <= {goal} KB"))
    return rows
