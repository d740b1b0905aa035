"""Two long papers as meetings have them: one of text, one of scans."""

import io
import re
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from meetings import clock
from meetings.demo.papers import read_papers
from meetings.press.layouts import lay_out
from meetings.press.pdf import typeset

WORDS = 520
"""Words on a page: a full one, fuller than official papers are."""
AT_ONCE = 50
DPI = 200
NOISE = 9
QUALITY = 75
PAPER = (250, 248, 242)
STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm }
body { font: 13pt "Liberation Serif"; line-height: 1.25 }
section { break-before: page }
h2 { font-size: 13pt; bookmark-level: 1 }
table { border-collapse: collapse } td { border: 1px solid; padding: 2pt 8pt }
"""
ROWS = "".join(f"<tr><td>Chỉ tiêu {row}<td>{row * 137}<td>{row * 149}" for row in range(1, 9))


def text_book(file: Path, pages: int) -> None:
    """Write a paper of dense text; every fifth page has a table."""
    prose = _prose()
    with pikepdf.new() as whole:
        for start in range(0, pages, AT_ONCE):
            numbers = range(start + 1, min(start + AT_ONCE, pages) + 1)
            sections = "".join(_section(number, prose) for number in numbers)
            html = f"<html lang=vi><title>Báo cáo</title><style>{STYLE}</style><body>{sections}"
            with pikepdf.open(io.BytesIO(typeset(html))) as part:
                whole.pages.extend(part.pages)
        whole.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _prose() -> Iterator[str]:
    """Yield the words of the demo's papers, for ever."""
    papers = read_papers(clock.today()).values()
    text = " ".join(lay_out(paper.document).partition("<body")[2] for paper in papers)
    return cycle(re.sub(r"<[^>]*>", " ", text.partition(">")[2]).split())


def _section(number: int, prose: Iterator[str]) -> str:
    table = f"<table>{ROWS}</table>" if number % 5 == 0 else ""
    count = WORDS - 170 if table else WORDS
    words = " ".join(islice(prose, count))
    return f"<section><h2>Phần {number}. Tình hình thực hiện</h2><p>{words}</p>{table}</section>"


def scan_book(file: Path, of: Path, pages: int) -> None:
    """Write the first pages of a paper as a scanner gives them: colour, noise, slightly askew."""
    with closing(pypdfium2.PdfDocument(of)) as drawn, pikepdf.new() as whole:
        for number in range(pages):
            sheet = io.BytesIO()
            picture = _scanned(drawn[number].render(scale=DPI / 72).to_pil(), number)
            picture.save(sheet, "PDF", resolution=DPI, quality=QUALITY)
            with pikepdf.open(sheet) as part:
                whole.pages.extend(part.pages)
        whole.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _scanned(page: Image.Image, number: int) -> Image.Image:
    askew = page.convert("RGB").rotate((number % 5 - 2) * 0.2, fillcolor="white")
    noise = Image.effect_noise(askew.size, NOISE).convert("RGB")
    paper = Image.new("RGB", askew.size, PAPER)
    return ImageChops.multiply(ImageChops.add(askew, noise, 1, -128), paper)
