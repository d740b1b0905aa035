"""Reading scans, beside bare ocrmypdf on the same pages."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2

from meetings import clock
from meetings.demo.papers import read_papers
from meetings.intake.sandboxed import page_texts
from meetings.press.layouts import lay_out
from meetings.press.pdf import typeset

REAL = Path(__file__).parents[2] / "shared" / "data"
SCANS = 6
DPI = 200
OCRMYPDF = (
    *(sys.executable, "-m", "ocrmypdf", "--force-ocr", "--invalidate-digital-signatures"),
    *("-l", "vie", "--rasterizer", "pypdfium", "--pdfa-backend", "internal", "--quiet"),
)


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def longest_paper(folder: Path) -> Path:
    """Return the demo's longest paper as a file."""
    pages = [lay_out(paper.document) for paper in read_papers(clock.today()).values()]
    file = folder / "paper.pdf"
    file.write_bytes(typeset(max(pages, key=len)))
    return file


def scans(folder: Path, paper: Path) -> Path:
    """Return a file of the first pages of real scans, or of drawn pages where there are none."""
    file = folder / "scans.pdf"
    found = sorted(REAL.glob("pdf-scanned/scan-d0[1-6].pdf"))[:SCANS]
    if found:
        with pikepdf.new() as joined:
            for scan in found:
                with pikepdf.open(scan) as pdf:
                    joined.pages.append(pdf.pages[0])
            joined.save(file)
        return file
    with closing(pypdfium2.PdfDocument(paper)) as pdf:
        count = min(SCANS, len(pdf))
        drawn = [pdf[page].render(scale=DPI / 72).to_pil().convert("L") for page in range(count)]
    drawn[0].save(file, "PDF", save_all=True, append_images=drawn[1:], resolution=DPI)
    return file


def bare(file: Path) -> None:
    """Let ocrmypdf read a file with nothing of ours around it."""
    subprocess.run([*OCRMYPDF, file, file.with_name("read.pdf")], check=True)


def measure() -> list[tuple[str, str, str]]:
    """Return our shares of their speeds, all on one processor and on the same pages."""
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    try:
        with tempfile.TemporaryDirectory() as folder:
            paper = longest_paper(Path(folder))
            return [_recognition(scans(Path(folder), paper))]
    finally:
        os.sched_setaffinity(0, processors)


def count_of(file: Path) -> int:
    """Return how many pages a file has."""
    with closing(pypdfium2.PdfDocument(file)) as pdf:
        return len(pdf)


def _recognition(file: Path) -> tuple[str, str, str]:
    count = count_of(file)
    yardstick = seconds(lambda: bare(file))
    ours = seconds(lambda: list(page_texts(file, count)))
    label = f"recognition of {count} pages, share of bare ocrmypdf"
    return label, f"{yardstick / ours:.0%} ({60 * count / ours:.1f} pages/min ours)", "goal >= 90 %"


if __name__ == "__main__":
    for row in measure():
        print(*row, sep="   ")
