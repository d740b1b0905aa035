"""Reading text layers with the places of their words, beside raw pypdfium2 on the same pages."""

import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from statistics import median

import pikepdf
import pypdfium2

from bench.ocr import REAL, count_of, longest_paper, seconds
from meetings.intake.sandboxed import page_texts
from meetings.intake.text import read_pages

PAGES = 500
ROUNDS = 3


def raw(file: Path) -> None:
    """Read every layer with nothing around it."""
    with closing(pypdfium2.PdfDocument(file)) as pdf:
        for page in pdf:
            page.get_textpage().get_text_range()


def measure() -> list[tuple[str, str, str]]:
    """Return our share of the raw speed on the demo's longest paper, and on real ones if any."""
    real = sorted(REAL.glob("pdf-born-digital/*.pdf"))
    with tempfile.TemporaryDirectory() as folder:
        papers = {"the demo's longest paper": [longest_paper(Path(folder))]}
        if real:
            papers[f"{len(real)} real papers"] = real
        return [
            row
            for name, files in papers.items()
            for row in _shares(name, _repeated(files, Path(folder) / "long.pdf"))
        ]


def _shares(name: str, long: Path) -> list[tuple[str, str, str]]:
    """Compare the reading of a long file, alone and with the way out of the child."""
    count = count_of(long)
    alone, sandboxed = [], []
    for _ in range(ROUNDS):
        yardstick = seconds(lambda: raw(long))
        alone.append(yardstick / seconds(lambda: list(read_pages(long, None, recognise=False))))
        sandboxed.append(
            yardstick / seconds(lambda: list(page_texts(long, count, recognise=False)))
        )
    label, speed = f"text of {count} pages of {name}", f"{count / yardstick:.0f} pages/s raw"
    return [
        (f"{label}, share of raw", f"{median(alone):.0%} ({speed})", "goal >= 60 %"),
        ("  and handed out of the sandbox", f"{median(sandboxed):.0%}", ""),
    ]


def _repeated(files: Iterable[Path], long: Path) -> Path:
    """Return one file of the pages of these, over and over."""
    with pikepdf.new() as joined:
        while len(joined.pages) < PAGES:
            for file in files:
                with pikepdf.open(file) as pdf:
                    joined.add_pages_from(pdf)
        joined.save(long)
    return long


if __name__ == "__main__":
    for row in measure():
        print(*row, sep="   ")
