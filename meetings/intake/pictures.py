"""Draw a page, encode its pictures as WebP, and find where its content stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from meetings.intake.prepared import (
    RENDITIONS,
    SHARP,
    SHARP_WIDTH,
    WHOLE_PAGE,
    Box,
    rendition_name,
)

TALLEST = 5  # times its width; a picture of a taller page is narrower than its name says

# Letters on an even ground: most of the page is exactly one of two tones, and nearly all the rest
# is close to the ground or dark. Scans have noise, photographs have tones between: both fail.
TWO_TONES = 0.75
GROUND_AND_INK = 0.87
NEAR_GROUND = 6
INK = 48

COLOURED = 12  # difference between two channels, of 255, that the eye sees in a thumbnail
GREYS = [round(round(tone / 17) * 17) for tone in range(256)]
COLOURS = 32

LETTERS = {"lossless": True, "method": 1, "quality": 0}  # half lossy's size on text, and faster
SHADES = {"method": 2, "quality": 70}

CONTENT = 48  # darker than the ground, of 255, counts as content
MARGIN = 0.02
SMALLEST = 0.5  # of the page; a crop to one line would blow it up


def save_renditions(page: pypdfium2.PdfPage, number: int, output: Path) -> Box:
    """Write a page's first pictures into the folder and return its crop box."""
    medium = draw(page, RENDITIONS["1200"])
    thumb = _shrunk(medium, RENDITIONS["thumb"] / RENDITIONS["1200"], reducing_gap=2.0)
    save = _saver(medium, thumb)
    for rendition, picture in (("1200", medium), ("thumb", thumb)):
        save(picture, output / rendition_name(number, rendition))
    return crop_box(thumb)


def save_sharp(page: pypdfium2.PdfPage, number: int, output: Path) -> None:
    """Write a page's sharp picture into the folder."""
    sharp = draw(page, SHARP_WIDTH)
    thumb = _shrunk(sharp, RENDITIONS["thumb"] / SHARP_WIDTH, reducing_gap=2.0)
    _saver(sharp, thumb)(sharp, output / rendition_name(number, SHARP))


def _saver(picture: Image.Image, thumb: Image.Image) -> Callable[[Image.Image, Path], None]:
    """Return how the pictures of a page are kept: letters in few colours, all else in shades."""
    if not shows_letters(picture):
        return lambda one, file: one.save(file, "WEBP", **SHADES)
    coloured = _is_coloured(thumb)
    return lambda one, file: _reduced(one, coloured=coloured).save(file, "WEBP", **LETTERS)


def draw(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    """Return a page drawn at a width in pixels."""
    across, down = page.get_size()
    scale = min(width / max(across, 1), TALLEST * width / max(down, 1))
    scale *= 1 - 1e-6  # sizes are rounded up: 1600.0000001 would be 1601
    image: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
    return image.convert("RGB")


def shows_letters(image: Image.Image) -> bool:
    """Tell whether a picture is letters on an even ground, for which few colours are enough."""
    tones = image.convert("L").histogram()
    ground = tones.index(max(tones))
    near = sum(tones[max(ground - NEAR_GROUND, INK) : ground + NEAR_GROUND + 1])
    total = sum(tones)
    return (
        sum(sorted(tones)[-2:]) >= TWO_TONES * total
        and near + sum(tones[:INK]) >= GROUND_AND_INK * total
    )


def crop_box(thumb: Image.Image) -> Box:
    """Return the part of a page that its content fills; the whole page when in doubt."""
    grey = thumb.convert("L")
    tones = grey.histogram()
    threshold = tones.index(max(tones)) - CONTENT
    found = grey.point([255 * (tone < threshold) for tone in range(256)]).getbbox()
    if found is None:
        return WHOLE_PAGE
    left, top, right, bottom = found
    x, w = _span(left / thumb.width, right / thumb.width)
    y, h = _span(top / thumb.height, bottom / thumb.height)
    return Box(x, y, w, h)


def _span(start: float, end: float) -> tuple[float, float]:
    """Return start and length of a stretch of the page with its margins, none too short."""
    start, end = start - MARGIN, end + MARGIN
    missing = max(0.0, SMALLEST - (end - start)) / 2
    low = max(0.0, min(start - missing, 1 - SMALLEST))
    high = min(1.0, max(end + missing, SMALLEST))
    return round(low, 4), round(high - low, 4)


def _is_coloured(image: Image.Image) -> bool:
    red, green, blue = image.split()
    differences = (ImageChops.difference(green, other) for other in (red, blue))
    return any(any(difference.histogram()[COLOURED:]) for difference in differences)


def _reduced(image: Image.Image, *, coloured: bool) -> Image.Image:
    """Return a picture in the few colours that letters need."""
    if coloured:
        return image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return image.convert("L").point(GREYS)


def _shrunk(image: Image.Image, factor: float, **how: Any) -> Image.Image:
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.BILINEAR, **how)
