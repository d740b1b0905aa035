"""Preparing pages, beside raw pypdfium2 drawing and WebP encoding of the same pages."""

import io
import os
import tempfile
import time
from pathlib import Path
from statistics import median

import pypdfium2

from meetings import clock
from meetings.demo.papers import read_papers
from meetings.intake import prepare_pages, sharpen_pages
from meetings.press.layouts import lay_out
from meetings.press.pdf import typeset

WIDTHS = (1200, 1600, 240)
ROUNDS = 3


def raw(file: Path) -> tuple[int, float]:
    """Draw and encode every page with nothing around it; return pages and seconds."""
    start = time.perf_counter()
    document = pypdfium2.PdfDocument(file)
    for page in document:
        for width in WIDTHS:
            picture = page.render(scale=width / page.get_width()).to_pil()
            picture.save(io.BytesIO(), "WEBP", quality=70, method=2)
    return len(document), time.perf_counter() - start


def ours(file: Path, pages: int) -> float:
    """Prepare every page in the sandbox, with its sharp picture too; return seconds."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        list(prepare_pages(file, Path(folder), range(1, pages + 1)))
        list(sharpen_pages(file, Path(folder), range(1, pages + 1)))
        return time.perf_counter() - start


def measure() -> list[tuple[str, str, str]]:
    """Return the shares of the raw speed on the demo's longest paper, then on one processor."""
    papers = read_papers(clock.today()).values()
    processors = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(typeset(max((lay_out(paper.document) for paper in papers), key=len)))
        together = _share(file, "preparation of pages, share of raw pypdfium2", "goal >= 80 %")
        os.sched_setaffinity(0, {min(processors)})
        try:
            return [together, _share(file, "  the same on one processor", "")]
        finally:
            os.sched_setaffinity(0, processors)


def _share(file: Path, label: str, goal: str) -> tuple[str, str, str]:
    shares = []
    for _ in range(ROUNDS):
        pages, yardstick = raw(file)
        shares.append(yardstick / ours(file, pages))
    told = f"{median(shares):.0%} ({pages / yardstick:.1f} pages/s raw)"
    return label, told, goal
