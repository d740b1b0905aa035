"""The text of a page, where its words stand, and where it was read from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from meetings.intake.prepared import Word, words_from


class Source(StrEnum):
    """Where the text of a page comes from."""

    LAYER = "layer"
    REPAIRED = "repaired"
    OCR = "ocr"
    NONE = "none"


_PARTS = 10_000  # of a page's width and height, in which its boxes are told
_NO_COLUMNS: tuple[tuple[Any, ...], ...] = ((), (), (), (), ())


@dataclass(frozen=True, kw_only=True)
class PageText:
    """The text of a page, counted from 1; quality is the trust in it, from 0 to 1.

    A page that lay on its side or head is read upright: the words stand where they are once it has
    been turned by so many quarters, against the clock.
    """

    number: int
    text: str = ""
    words: tuple[Word, ...] = ()
    source: Source = Source.NONE
    quality: float = 0.0
    quarters: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the page as JSON's own types: many words are quickly told as few long lists."""
        texts, *sides = zip(*self.words, strict=True) if self.words else _NO_COLUMNS
        return {
            "number": self.number,
            "text": self.text,
            "words": texts,
            "boxes": [[round(part * _PARTS) for part in side] for side in sides],
            "source": self.source,
            "quality": self.quality,
            "quarters": self.quarters,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "PageText":
        """Read a page back; raise ValueError for anything that is not one."""
        try:
            return cls(
                number=int(values["number"]),
                text=str(values["text"]),
                words=tuple(_words(values["words"], values["boxes"])),
                source=Source(values["source"]),
                quality=float(values["quality"]),
                quarters=int(values["quarters"]),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            message = f"not the text of a page: {error!r}"
            raise ValueError(message) from error


def _words(texts: Sequence[object], boxes: Sequence[Sequence[float]]) -> Iterator[Word]:
    """Yield the words; raise ValueError unless each has its box."""
    x, y, w, h = ([part / _PARTS for part in side] for side in boxes)
    return words_from(map(str, texts), x, y, w, h)
