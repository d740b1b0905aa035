"""Read what stands in a tilted region of a picture, and tell whether that is a mark."""

import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from meetings.intake.fold import fold, is_capital
from meetings.intake.secrecy.finding import Level
from meetings.intake.secrecy.regions import ACROSS, Mask, Region, labelled
from meetings.intake.tesseract import recognise

SPARSE = 11  # tesseract's layout for words anywhere
TALL = 100  # pixels, the height of a stamp in which its letters are read best
MARGIN = 3.0  # cells
FRAMES = (3.0, 5.0, 7.0)  # cells that a frame and the gap within it may take
FEWEST, MOST = 2, 16  # letters of a mark with what is misread about it
PATIENCE = 45  # seconds, where many things wait for the processor
LEAST = 8  # cells, the height of the smallest letters with their marks
LARGE = 30  # cells; half the height of what is more than a stamp
BORDER = 20  # pixels
INK = 150
BLANK, GAP = 0.985, 7  # of a column that is no ink; pixels between two letters
TALLEST, LONGEST = 0.8, 0.5  # of a stamp; what is larger is no letter

WHOLE = re.compile("M[ẬÂẠ]T")
COMPOUND = frozenset(("bi", "bao", "do", "co"))

_ABSOLUTE = re.compile(r"(?<![dq])(?:tuyet?m|uyetma)|^tuyet$|yetmat|tuvetma|tuyema")
_TOP = re.compile(r"(?:^[^hn]?|t)[o0][il1]ma[ti]|^.?t[o0]?[il1]?mat|^.?t[o0][il1]m(?:a.?)?$")
_SECRET = re.compile(r"^[^BĐHCO]?M[ẬÂẠ]T.?$")
_SECRET_CUT = re.compile(r"^(?:M|N|IV|V|I|A)?[ÂẬ]T$|^M[ÂẬ].?$")
_DOUBTFUL = re.compile(
    r"^.?M[ẬÂ]$"
    r"|^.?(?:M[AÁẶẬÂẠÃĂẤẦẪ][TI1L]|H[ẠẬ][T1LƑ]|W[ẠẬ][TI1LƑ])$"
    r"|^.?(?:NI|IVI|IM|NH|VI|MI|IHI)[ÀÂẬẠÃ][TIL1Ƒ]$"
    r"|^.?TUY[EÊỀỆẾ][TXIML1]{0,3}[AÂẬẠ]T$"
)
_WORDS = frozenset(("HẠI", "MẤT", "NHẬT", "MẠI", "MÁI", "TUYẾTMAI", "TUYẾTMINH"))
VOTES = 2  # ways of looking at a region in which the same doubtful word is seen


class Reading(NamedTuple):
    """What is read, and in which way of looking at a region."""

    way: int
    text: str


def level_of(found: Iterable[Reading], *, cut: bool = False) -> Level | None:
    """Return the level that a region's readings bear; one that is in doubt must be seen often."""
    doubtful: set[int] = set()
    for reading in found:
        level = level_in(reading.text, cut=cut)
        if level:
            return level
        if is_doubtful(reading.text):
            doubtful.add(reading.way)
    return Level.S1 if len(doubtful) >= VOTES else None


def level_in(reading: str, *, cut: bool = False) -> Level | None:
    """Return the level of a mark of which a stamp's reading is left; `cut` at the page's edge."""
    letters = _letters_of(reading)
    plain = fold(letters)
    if _ABSOLUTE.search(plain):
        return Level.S3
    if _TOP.search(plain):
        return Level.S2
    if _SECRET.search(letters) or (cut and _SECRET_CUT.search(letters)):
        return Level.S1
    return None


def is_doubtful(reading: str) -> bool:
    """Tell whether a reading may be what a machine made of a mark within its frame."""
    return bool(_DOUBTFUL.search(_letters_of(reading)))


def _letters_of(reading: str) -> str:
    """Return the letters and digits of a reading in capitals of a mark's length, or nothing."""
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFC", reading)))
    is_mark_like = FEWEST <= len(letters) <= MOST and is_capital(letters)
    return letters if is_mark_like and letters not in _WORDS else ""


def like_mark(words: Sequence[str]) -> bool:
    """Tell whether one of a line's words is that of a mark, and none makes it another."""
    return any(True for _ in _own_words(words))


def readings(picture: Image.Image, region: Region, angles: tuple[float, ...]) -> Iterator[Reading]:
    """Yield what a region says, turned by each angle from its own: line by line, and lines joined.

    All ways of looking at it are laid under one another, for one start of the program.
    """
    strips = [strip for angle in angles for strip in _strips(picture, region, angle)]
    tops = list(accumulate((strip.height for strip in strips), initial=0))
    sheet = Image.new("L", (max(strip.width for strip in strips), tops[-1]), 255)
    for strip, top in zip(strips, tops, strict=False):
        sheet.paste(strip, (0, top))
    lines: dict[tuple[int, ...], list[str]] = {}
    of_strip: dict[int, list[str]] = {}
    for word in recognise(sheet, layout=SPARSE, dpi=300, seconds=PATIENCE):
        strip_number = bisect_right(tops, word.top + word.height // 2)
        lines.setdefault((strip_number, *word.line), []).append(word.text)
        of_strip.setdefault(strip_number, []).append(word.text)
    for (way, *_), words in lines.items():
        yield Reading(way, " ".join(words))
        yield from (Reading(way, word) for word in _own_words(words))
    yield from (Reading(way, " ".join(words)) for way, words in of_strip.items())


def _own_words(words: Sequence[str]) -> Iterator[str]:
    """Yield words of a line that are a mark of their own, whatever else was read about it."""
    before = ""
    for word in words:
        if WHOLE.fullmatch(word.strip(".,|:;[]()_-")) and fold(before) not in COMPOUND:
            yield word
        before = word


def _strips(picture: Image.Image, region: Region, angle: float) -> Iterator[Image.Image]:
    """Yield all ways to look at a region, with its surroundings and within its frame."""
    yield from _ways_to_look(_upright(picture, region, angle, MARGIN))
    for inset in FRAMES:
        if region.breadth > 2 * inset + LEAST:
            within = _upright(picture, region, angle, -inset)
            yield within
            yield within.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.MinFilter(3))
            yield within.filter(ImageFilter.MinFilter(3))


def _ways_to_look(upright: Image.Image) -> Iterator[Image.Image]:
    """Yield a region without its frame, closed up, its bold letters only, and as it is."""
    letters = _letters(upright)
    yield letters
    yield _squeezed(letters)
    yield _letters(upright.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5)))
    yield upright


def _letters(picture: Image.Image) -> Image.Image:
    """Return a picture without what is too long or too tall for a letter: its frame."""
    dark = np.asarray(picture) < INK
    labels = labelled(dark)
    rows, columns = np.nonzero(dark)
    of_points = labels[rows, columns]
    count = int(labels.max()) + 1
    sides = []
    for at in (rows, columns):
        low, high = np.full(count, 10_000), np.zeros(count, int)
        np.minimum.at(low, of_points, at)
        np.maximum.at(high, of_points, at)
        sides.append(high - low)
    frame = (sides[0] > TALLEST * (picture.height - 2 * BORDER)) | (
        sides[1] > LONGEST * (picture.width - 2 * BORDER)
    )
    frame[0] = False
    tones = np.array(picture)
    tones[_widened(frame[labels])] = 255
    return Image.fromarray(tones)


def _squeezed(picture: Image.Image) -> Image.Image:
    """Return a picture with narrow gaps between its letters, however spaced they are."""
    blank = (np.asarray(picture) >= INK).mean(axis=0) > BLANK
    run = 0
    kept = []
    for column, is_blank in enumerate(blank):
        run = run + 1 if is_blank else 0
        if run <= GAP:
            kept.append(column)
    narrow = Image.new("L", picture.size, 255)
    narrow.paste(Image.fromarray(np.asarray(picture)[:, kept]), (BORDER, 0))
    return narrow


def _widened(mask: Mask) -> Mask:
    wide = Image.fromarray(mask.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(5))
    found: Mask = np.asarray(wide) > 0
    return found


def _upright(picture: Image.Image, region: Region, angle: float, margin: float) -> Image.Image:
    """Return a region with a margin about it, cut out of a grey picture and turned level."""
    scale = picture.width / ACROSS
    half = (np.hypot(region.length, region.breadth) / 2 + MARGIN) * scale
    x, y = (region.x + 0.5) * scale, (region.y + 0.5) * scale
    around = _cut(picture, (x - half, y - half, x + half, y + half))
    turned = around.rotate(region.angle + angle, Image.Resampling.BICUBIC, fillcolor=255)
    cosine, sine = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    along = (region.length * cosine + region.breadth * sine) / 2 + margin
    aside = (region.length * sine + region.breadth * cosine) / 2 + margin
    middle = turned.width / 2
    edges = (-along, -aside, along, aside)
    left, top, right, bottom = (round(middle + side * scale) for side in edges)
    part = turned.crop((left, top, right, bottom))
    factor = (TALL if aside < LARGE else 2 * TALL) / max(part.height, 1)
    size = (max(1, round(part.width * factor)), max(1, round(part.height * factor)))
    return _spread(part.resize(size, Image.Resampling.BICUBIC))


def _cut(picture: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """Return a part of a picture, white where it reaches beyond the edge."""
    left, top, right, bottom = map(round, box)
    part = Image.new("L", (max(1, right - left), max(1, bottom - top)), 255)
    part.paste(picture, (-left, -top))
    return part


def _spread(picture: Image.Image) -> Image.Image:
    """Return a picture in full contrast, however pale it was, within a white margin."""
    tones = np.asarray(picture, np.float32)
    low, high = np.percentile(tones, (3, 85))
    clear = np.clip((tones - low) / max(high - low, 1) * 255, 0, 255).astype(np.uint8)
    wide = Image.new("L", (picture.width + 2 * BORDER, picture.height + 2 * BORDER), 255)
    wide.paste(Image.fromarray(clear), (BORDER, BORDER))
    return wide
