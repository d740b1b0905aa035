"""Read the day and the month of a letterhead once more where the first reading was in doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image

from meetings.intake.fold import fold
from meetings.intake.tesseract import RecognisedWord, recognise

ONE_WORD = 8  # tesseract's layout for a single word
DIGITS = "0123456789"
DOUBTFUL = 0.9
HEAD = 0.4  # of the page, in which a letterhead stands
MARGIN = 8  # pixels
LATEST = {-1: 31, 1: 12}
"""Where the day and the month stand, counted from the word for month, and their largest."""


def with_digits(picture: Image.Image, words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Return a page's words with the doubtful numbers of its date as they are read alone."""
    read = dict(_read_again(picture, words))
    return [read.get(index, word) for index, word in enumerate(words)]


def _read_again(
    picture: Image.Image, words: Sequence[RecognisedWord]
) -> Iterator[tuple[int, RecognisedWord]]:
    for index in _months(picture, words):
        for step, latest in LATEST.items():
            word = words[index + step]
            if word.confidence < DOUBTFUL:
                number, trust = _number(picture, word)
                if number.isdigit() and 0 < int(number) <= latest:
                    yield index + step, replace(word, text=number, confidence=trust)


def _months(picture: Image.Image, words: Sequence[RecognisedWord]) -> list[int]:
    """Return where the word for month stands in a date at the head, with a number on each side."""
    last = len(words) - 1
    return [
        index
        for index, word in enumerate(words)
        if 0 < index < last
        and word.top < HEAD * picture.height
        and fold(word.text) == "thang"
        and words[index - 1].line == word.line == words[index + 1].line
    ][:1]


def _number(picture: Image.Image, word: RecognisedWord) -> tuple[str, float]:
    box = (
        word.left - MARGIN,
        word.top - MARGIN,
        word.left + word.width + MARGIN,
        word.top + word.height + MARGIN,
    )
    alone = recognise(picture.crop(box), layout=ONE_WORD, letters=DIGITS)
    return (alone[0].text, alone[0].confidence) if len(alone) == 1 else ("", 0.0)
