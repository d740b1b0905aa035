"""Scan a dossier: typeset by our own press, drawn, stamped, laid askew, and really recognised."""

import html
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from bench.dossiers.dossier import Dossier, Side
from bench.dossiers.setting import Piece, Sheet
from meetings.intake.dossiers import DossierPage
from meetings.intake.page_text import PageText
from meetings.intake.sandboxed import page_texts
from meetings.press.pdf import typeset

DPI = 200
AT_ONCE = 6
HAND = "'Patrick Hand', 'Dancing Script', 'Pecita', 'Liberation Serif'"
"""A face that looks written where one is installed, else an italic one that does not sit still."""
RED, BLUE = (200, 40, 50), (40, 60, 150)
EMPTY = 0.004  # of a page that is dark, for one that says nothing


def read(dossier: Dossier) -> Iterator[DossierPage]:
    """Yield the pages of a dossier as our own recogniser reads their pictures."""
    pictures = scanned(dossier)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dossier.pdf"
        pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:], resolution=DPI)
        texts = page_texts(file, len(pictures))
        for text, picture in zip(texts, pictures, strict=True):
            yield _page(text, picture)


def _page(text: PageText, picture: Image.Image) -> DossierPage:
    dark = float((np.asarray(picture.convert("L")) < 128).mean())
    return DossierPage(
        number=text.number,
        text=text.text,
        words=text.words,
        width=picture.width * 72 / DPI,
        height=picture.height * 72 / DPI,
        blank=dark < EMPTY and not text.text.strip(),
    )


def scanned(dossier: Dossier) -> list[Image.Image]:
    """Return the pictures of all sides."""
    chance = Random(dossier.seed * 104729)
    clean = [
        picture
        for at in range(0, len(dossier.sides), AT_ONCE)
        for picture in _drawn(chance, [s.sheet for s in dossier.sides[at : at + AT_ONCE]])
    ]
    before = [clean[0], *clean]
    return [
        _worn(chance, side, picture, back)
        for side, picture, back in zip(dossier.sides, clean, before, strict=False)
    ]


def _drawn(chance: Random, sheets: Sequence[Sheet]) -> Iterator[Image.Image]:
    file = typeset(_html(chance, sheets))
    with closing(pypdfium2.PdfDocument(file)) as pdf:
        for page in pdf:
            yield page.render(scale=DPI / 72).to_pil().convert("RGB")


def _html(chance: Random, sheets: Sequence[Sheet]) -> str:
    rules = "".join(
        f"@page s{at} {{size: {sheet.width}mm {sheet.height}mm; margin: 0}}"
        for at, sheet in enumerate(sheets)
    )
    sides = "".join(
        f'<div style="page: s{at}; height: {sheet.height - 0.5}mm">'
        + "".join(_piece(chance, piece) for piece in sheet.pieces)
        + "&nbsp;</div>"
        for at, sheet in enumerate(sheets)
    )
    look = (
        "div {position: relative; break-after: page; overflow: hidden} body {margin: 0}"
        "p {position: absolute; margin: 0; white-space: nowrap; font-family: 'Liberation Serif'}"
        f".hand {{font-family: {HAND}; font-style: italic; color: #1c2c78}}"
        "span {display: inline-block}"
    )
    return f"<html lang=vi><title>x</title><style>{rules}{look}</style><body>{sides}</body></html>"


def _piece(chance: Random, piece: Piece) -> str:
    style = f"left: {piece.x:.1f}mm; top: {piece.y - piece.size * 0.3:.1f}mm; "
    style += f"font-size: {piece.size}pt; "
    style += "font-weight: bold; " * piece.bold + "font-style: italic" * piece.italic
    if not piece.hand:
        return f'<p style="{style}">{html.escape(piece.text)}</p>'
    words = " ".join(
        f'<span style="transform: rotate({chance.gauss(0, 1.6):.1f}deg) '
        f"translateY({chance.gauss(0, 0.5):.2f}pt) skewX({chance.gauss(-4, 5):.1f}deg); "
        f'letter-spacing: {chance.gauss(0, 0.3):.2f}pt">{html.escape(word)}</span>'
        for word in piece.text.split()
    )
    return f'<p class="hand" style="{style}">{words}</p>'


def _worn(chance: Random, side: Side, clean: Image.Image, back: Image.Image) -> Image.Image:
    """Return a picture as an office's scanner gives it."""
    picture = clean.copy()
    draw = ImageDraw.Draw(picture)
    for x, y, colour in side.sheet.stamps:
        _stamp(draw, x, y, RED if colour == "red" else BLUE)
    if side.folio is not None:
        draw.text((picture.width - 130, 50), str(side.folio), fill=(60, 60, 60), font_size=40)
    if side.shows_through:
        other = ImageOps.mirror(back.resize(picture.size)).filter(ImageFilter.GaussianBlur(2))
        picture = Image.blend(picture, other, 0.12)
    picture = picture.rotate(side.skew, Image.Resampling.BICUBIC, fillcolor=(250, 250, 248))
    picture = picture.filter(ImageFilter.GaussianBlur(0.4 + 0.5 * side.noise))
    grain = np.random.default_rng(chance.randrange(2**32)).normal(
        0, 4 + 14 * side.noise, (picture.height, picture.width, 1)
    )
    paper = np.asarray(picture, dtype=np.float32) * (1 - 0.06 * side.noise) + grain
    return Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))


def _stamp(draw: ImageDraw.ImageDraw, x: float, y: float, ink: tuple[int, int, int]) -> None:
    middle, radius, dot = (x * DPI / 25.4, y * DPI / 25.4), 17 * DPI / 25.4, DPI / 25.4
    for share, width in ((1.0, 0.9), (0.68, 0.4)):
        far = radius * share
        box = (middle[0] - far, middle[1] - far, middle[0] + far, middle[1] + far)
        draw.ellipse(box, outline=ink, width=round(width * dot))
    draw.text((middle[0] - 50, middle[1] - 20), "DANG UY", fill=ink, font_size=30)
    draw.text((middle[0] - 60, middle[1] - radius * 0.9), "TINH SON", fill=ink, font_size=24)
