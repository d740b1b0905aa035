"""A page made ready for the reader: its pictures' names, its crop box, its text and words."""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from meetings.intake.verdict import Reason

RENDITIONS = {"1200": 1200, "thumb": 240}
"""The pictures of a page by name that are made first, and their widths in pixels."""

SHARP, SHARP_WIDTH = "1600", 1600
"""The picture that is made when nobody waits: it takes longer than the others together."""

LIGHT_WIDTH = 920
"""Of the picture in four greys that is made from another, for poor networks."""

PACKED = b"\x1f\x8b"
SWIFT = 6

NO_TURNS: Mapping[int, int] = MappingProxyType({})
"""By how many quarters pages are turned, against the clock, when none is."""


class Box(NamedTuple):
    """A rectangle in fractions of the page as displayed, from its top left corner."""

    x: float
    y: float
    w: float
    h: float


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


class Word(NamedTuple):
    """A word and its rectangle, in fractions of the page as displayed."""

    text: str
    x: float
    y: float
    w: float
    h: float


def words_from(texts: Iterable[str], *sides: Iterable[float]) -> Iterator[Word]:
    """Yield words from their texts and the four sides of their boxes, five equally long rows."""
    return map(partial(tuple.__new__, Word), zip(texts, *sides, strict=True))


def pack_words(words: str) -> bytes:
    """Return the words of a page as they are kept: a sixth of their bytes."""
    return gzip.compress(words.encode(), SWIFT, mtime=0)


def unpack_words(kept: bytes) -> str:
    """Return the words of a page from how they are kept; those of before were not packed."""
    return (gzip.decompress(kept) if kept.startswith(PACKED) else kept).decode()


@dataclass(frozen=True, kw_only=True)
class PreparedPage:
    """A page, counted from 1, and its size in points; one with a reason has no pictures.

    The text of one that is `legible` says what the page shows: its picture need not be read.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    crop: Box = WHOLE_PAGE
    text: str = ""
    words: tuple[Word, ...] = ()
    legible: bool = False
    reason: Reason | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the page as JSON's own types, a word as a list of five."""
        return {
            "number": self.number,
            "width": self.width,
            "height": self.height,
            "crop": list(self.crop),
            "text": self.text,
            "words": [list(word) for word in self.words],
            "legible": self.legible,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "PreparedPage":
        """Read a page back; raise ValueError for anything that is not one."""
        try:
            reason = values["reason"]
            return cls(
                number=int(values["number"]),
                width=float(values["width"]),
                height=float(values["height"]),
                crop=Box(*map(float, values["crop"])),
                text=str(values["text"]),
                words=tuple(Word(str(text), *map(float, box)) for text, *box in values["words"]),
                legible=bool(values["legible"]),
                reason=None if reason is None else Reason(reason),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            message = f"not a page: {error!r}"
            raise ValueError(message) from error


def rendition_name(number: int, rendition: str) -> str:
    """Return the file name of one picture of a page."""
    return f"{number}-{rendition}.webp"
