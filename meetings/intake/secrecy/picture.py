"""Find a stamp of secrecy on the picture of a page; runs in the sandbox."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from meetings.intake.page_text import PageText
from meetings.intake.prepared import Box, Word
from meetings.intake.secrecy.finding import Evidence, Finding, Level
from meetings.intake.secrecy.reading import PATIENCE, level_of, like_mark, readings
from meetings.intake.secrecy.regions import ACROSS, Region, cells, regions
from meetings.intake.secrecy.shapes import LARGEST, LIKE, ink_of, likeness
from meetings.intake.secrecy.text import secrecy_in_text
from meetings.intake.tesseract import RecognisedWord, recognise

WIDTH = 1654  # pixels; A4 at 200 dots an inch
PAGE_WIDTH = 1240  # for a look at all the words
SPARSE = 11  # tesseract's layout for words anywhere
RED = 20  # more than green and blue, of 255
DARK = 60  # darker than the paper
LENGTH, BREADTH = (12, 300), (5, 90)  # cells of half a millimetre
INK = 40  # cells
ROUND = 1.12  # the sides of a seal are as long as each other
MOST_RED, MOST_DARK, MOST_SHAPES = 6, 5, 8  # regions of a page that are looked at
SURE, VERY_SURE = 0.5, 0.8
TALL = 35  # pixels; what is higher is larger than the text of a paper
SIDES = (0.0, 180.0)
TILTS = (-12.0, 12.0, 90.0, -90.0)
LEVEL = (-16.0, -8.0, 0.0, 8.0, 16.0)
LARGE = 50  # cells
HUGE = 40_000  # places in a region of red ink, of which a page has few: a stamp upon a seal
LOOKED_AT_AGAIN = 2
EDGE = 3  # cells
FEW = 3  # words of a line on which a mark stands by itself


def secrecy_in_picture(picture: Image.Image, known: Sequence[Word] | None = None) -> Finding | None:
    """Return the stamp on a page's picture; `known` words of a text layer need not be read."""
    picture = _sized(picture.convert("RGB"))
    red: list[Region] = []
    if _has_red(picture):
        redness = _redness(picture)
        red = _red_regions(redness)
        found = _in_regions(redness, red) or _by_shape(redness, red, turns=SIDES, largest=HUGE)
        if found:
            return found
    grey = picture.convert("L")
    sure = known or ()
    if known is None:
        size, recognised = _recognised(grey)
        found = _in_words(
            [_placed(word, size) for word in recognised],
            [" ".join(word.text for word in line) for line in _lines(recognised)],
        )
        if found:
            return found
        known = [_placed(word, size) for word in _explained(recognised, SURE)]
        sure = [_placed(word, size) for word in _explained(recognised, VERY_SURE)]
    unread = _apart(_unread_regions(grey, known)[:MOST_DARK], red)
    found = _in_regions(grey, unread)
    if found:
        return found
    across = _apart(_unread_regions(grey, sure, seals=True)[:MOST_SHAPES], red)
    return _by_shape(grey, across)


def _apart(found: Sequence[Region], others: Sequence[Region]) -> list[Region]:
    return [region for region in found if not any(map(region.is_much_like, others))]


def _sized(picture: Image.Image) -> Image.Image:
    if picture.width <= WIDTH:
        return picture
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), reducing_gap=2.0)


def _has_red(picture: Image.Image) -> bool:
    """Tell whether any point is red enough to be marked; black on white has none to look for."""
    red, green, _blue = picture.split()
    return any(ImageChops.subtract(red, green).histogram()[RED + 1 :])


def _redness(picture: Image.Image) -> Image.Image:
    """Return a grey picture on which red ink is dark, and paper and black ink white."""
    red, green, blue = (
        np.asarray(channel.filter(ImageFilter.BoxBlur(1)), np.float32)
        for channel in picture.split()
    )
    excess = red - np.maximum(green, blue * 0.5 + green * 0.5)
    excess -= max(0.0, float(np.median(excess)))
    return Image.fromarray((255 - np.clip(excess * 2, 0, 255)).astype(np.uint8))


def _red_regions(redness: Image.Image) -> list[Region]:
    marked = cells(np.asarray(redness) < 255 - 2 * RED)
    return _likely(regions(marked, joined=7))[:MOST_RED]


def _unread_regions(
    grey: Image.Image, words: Sequence[Word], *, seals: bool = False
) -> list[Region]:
    """Return regions of ink that no word that was read explains."""
    rest = grey.copy()
    paper = int(np.median(np.asarray(grey)))
    draw = ImageDraw.Draw(rest)
    for word in words:
        left, top = word.x * grey.width, word.y * grey.height
        right, bottom = left + word.w * grey.width, top + word.h * grey.height
        draw.rectangle((left - 3, top - 3, right + 3, bottom + 3), fill=paper)
    marked = cells(np.asarray(rest) < paper - DARK)
    return _likely(regions(marked, joined=5), least=1.0 if seals else ROUND)


def _likely(found: Sequence[Region], *, least: float = ROUND) -> list[Region]:
    """Return the regions that may be a stamp, the likeliest first."""
    fitting = [
        region
        for region in found
        if LENGTH[0] <= region.length <= LENGTH[1]
        and BREADTH[0] <= region.breadth <= BREADTH[1]
        and region.ink >= INK
        and region.length >= least * region.breadth
    ]
    return sorted(fitting, key=lambda region: -region.ink)


def _in_regions(picture: Image.Image, found: Sequence[Region]) -> Finding | None:
    """Return the mark in a region, each read along its sides first, then the likeliest askew."""
    tries: list[tuple[Region, tuple[float, ...]]] = [(region, SIDES) for region in found]
    tries += [(region, _askew(region)) for region in found[:LOOKED_AT_AGAIN]]
    for region, angles in tries:
        box, at_edge = _around(region, picture)
        level = level_of(readings(picture, region, angles), cut=at_edge)
        if level:
            return Finding(level=level, box=box, evidence=Evidence.PICTURE, confidence=0.9)
    return None


def _by_shape(
    grey: Image.Image,
    found: Sequence[Region],
    *,
    turns: Sequence[float] = (0.0,),
    largest: int = LARGEST,
) -> Finding | None:
    """Return the mark that the letters' shape tells where other ink spoils their reading."""
    for turn in turns if found else ():
        ink = ink_of(grey.rotate(turn))
        for region in found:
            place = region.half_turned(_down(grey)) if turn else region
            if likeness(ink, place, largest=largest) >= LIKE:
                box, _ = _around(region, grey)
                return Finding(level=Level.S1, box=box, evidence=Evidence.PICTURE, confidence=0.8)
    return None


def _down(picture: Image.Image) -> float:
    """Return how many cells a picture is high."""
    return ACROSS * picture.height / picture.width


def _askew(region: Region) -> tuple[float, ...]:
    """Return angles for a stamp that touches something else, so that its own are not known."""
    if region.breadth > LARGE:
        return tuple(angle - region.angle for angle in LEVEL)
    return TILTS


def _around(region: Region, picture: Image.Image) -> tuple[Box, bool]:
    down = _down(picture)
    angle = np.radians(region.angle)
    along, aside = abs(np.cos(angle)), abs(np.sin(angle))
    width = region.length * along + region.breadth * aside
    height = region.length * aside + region.breadth * along
    left, top = region.x - width / 2, region.y - height / 2
    at_edge = min(left, top, ACROSS - left - width, down - top - height) < EDGE
    x, y = max(0.0, left / ACROSS), max(0.0, top / down)
    box = Box(*(round(float(side), 4) for side in (x, y, width / ACROSS, height / down)))
    return box, bool(at_edge)


def _recognised(grey: Image.Image) -> tuple[tuple[int, int], list[RecognisedWord]]:
    small = grey
    if grey.width > PAGE_WIDTH:
        small = grey.resize((PAGE_WIDTH, round(grey.height * PAGE_WIDTH / grey.width)))
    return small.size, recognise(small, layout=SPARSE, dpi=150, seconds=PATIENCE)


def _lines(recognised: Sequence[RecognisedWord]) -> Iterator[list[RecognisedWord]]:
    for _, line in groupby(recognised, key=lambda word: word.line):
        yield list(line)


def _explained(recognised: Sequence[RecognisedWord], least: float) -> Iterator[RecognisedWord]:
    """Yield the words that need no second look: those of lines that hold nothing like a mark."""
    for line in _lines(recognised):
        if len(line) > FEW or not like_mark([word.text for word in line]):
            yield from (word for word in line if _trusted(word, least))


def _trusted(word: RecognisedWord, least: float) -> bool:
    """Tell whether a word was read for what it is, and is no stamp that lies on its side."""
    letters = sum(letter.isalnum() for letter in word.text)
    sure = word.confidence >= (VERY_SURE if word.height > TALL else least)
    return sure and letters > 1 and 1.5 * word.width > word.height


def _placed(word: RecognisedWord, size: tuple[int, int]) -> Word:
    width, height = size
    return Word(
        word.text, word.left / width, word.top / height, word.width / width, word.height / height
    )


def _in_words(words: Sequence[Word], lines: Sequence[str]) -> Finding | None:
    """Return the mark that stands upright among the words of a page."""
    page = PageText(number=1, text="\n".join(lines), words=tuple(words))
    found = secrecy_in_text([page])
    return found and replace(found, evidence=Evidence.PICTURE, confidence=0.9)
