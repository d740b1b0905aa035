"""Laying a person's notes upon a long paper, beside the same copy without them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from bench.ocr import seconds
from meetings import clock
from meetings.intake.copies import stamp_file
from meetings.press.pdf import typeset
from meetings.press.stamp import Stamp, sheets_of

PAGES, NOTES, ROUNDS = 200, 500, 5
STROKE = [2000, 3000, *[40, 12] * 60]


def notes() -> Iterator[dict[str, Any]]:
    """Yield strokes, highlights and typed notes in turn, over all pages."""
    shapes = (
        ("ink", {"lines": [STROKE] * 3}),
        ("highlight", {"rects": [[1000, 2000 + 300 * row, 8000, 200] for row in range(3)]}),
        ("text", {"x": 5000, "y": 5000}),
    )
    for number in range(NOTES):
        kind, shape = shapes[number % len(shapes)]
        at = {"page": 1 + number % PAGES, "written": clock.now().isoformat()}
        yield at | {"kind": kind, "shape": shape, "text": f"Ghi chú thứ {number}: hỏi lại số liệu"}


def measure() -> list[tuple[str, str, str]]:
    """Return how long the copy takes with and without notes."""
    stamp = Stamp("Nguyễn Văn A · Văn phòng Tỉnh ủy", clock.now(), "ABCD-2345")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paper, sheets = folder / "paper.pdf", folder / "sheets.pdf"
        _long_paper(paper)
        sheets.write_bytes(sheets_of(stamp))
        plain, noted = [], []
        for number in range(ROUNDS):
            for times, upon in ((plain, []), (noted, list(notes()))):
                output = folder / f"{number}-{len(upon)}"
                output.mkdir()
                times.append(
                    seconds(lambda to=output, n=upon: stamp_file(paper, sheets, to, notes=n))
                )
    took, alone = median(noted), median(plain)
    ratio = f"{took:.2f} s, {took / alone:.2f} times the copy"
    return [(f"{NOTES} notes upon {PAGES} pages, as a PDF", ratio, "goal <= 1 s")]


def _long_paper(target: Path) -> None:
    text = "Ủy ban nhân dân tỉnh báo cáo kết quả thực hiện nhiệm vụ. " * 60
    with pikepdf.new() as long:
        source = target.with_name("one.pdf")
        source.write_bytes(typeset(f"<html lang=vi><p>{text}</p></html>"))
        with pikepdf.open(source) as one:
            for _ in range(PAGES):
                long.pages.append(one.pages[0])
        long.save(target)
