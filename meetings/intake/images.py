"""Pictures that are papers: judge them, and lay each frame on a page; runs in the sandbox."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pi_heif
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from meetings.intake.portable import RefusalError
from meetings.intake.verdict import Limits, Reason, Verdict

PIXELS = 64_000_000
SHOWN = "document.pdf"
A4_INCHES = 8.27
SMALLEST_DPI, LARGEST_DPI = 72, 600
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)
Image.MAX_IMAGE_PIXELS = PIXELS
pi_heif.options.DECODE_THREADS = 1  # a child may start no other
pi_heif.register_heif_opener(thumbnails=False)


def judge_picture(path: Path, media_type: str, limits: Limits) -> Verdict:
    """Return the verdict on a picture; raise RefusalError with the reason where it is refused."""
    frames = 0
    try:
        for frame in _frames(path):
            frames += 1
            if frames > limits.pages:
                raise RefusalError(Reason.TOO_MANY_PAGES)
            if frame.width * frame.height > PIXELS:
                raise RefusalError(Reason.BOMB)
        with Image.open(path) as picture:
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusalError(Reason.BOMB) from error
    except _BROKEN as error:
        raise RefusalError(Reason.DAMAGED) from error
    return Verdict(media_type=media_type, pages=frames)


def to_pdf(source: Path, output: Path) -> None:
    """Write a PDF with a page for each frame of a picture, upright, at its own resolution."""
    frames = [ImageOps.exif_transpose(frame).convert("RGB") for frame in _frames(source)]
    resolutions = [_resolution(frame) for frame in frames]
    first, *others = frames
    first.save(
        output / SHOWN,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=resolutions[0],
        quality=90,
    )


def _frames(path: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path) as picture:
            for frame in ImageSequence.Iterator(picture):
                yield frame.copy() if frame.width * frame.height <= PIXELS else frame


def _resolution(frame: Image.Image) -> float:
    """Return the dots an inch that a frame says, or those with which it fills a page."""
    said = float(frame.info.get("dpi", (0, 0))[0] or 0)
    if SMALLEST_DPI < round(said) <= LARGEST_DPI:
        return said
    return max(SMALLEST_DPI, min(frame.size) / A4_INCHES)
