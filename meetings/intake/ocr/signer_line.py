"""Read the printed name under a signature once more: a seal lies upon its beginning."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PIL import Image

from meetings.intake.header.surnames import likely_surname
from meetings.intake.syllables import is_syllable
from meetings.intake.tesseract import RecognisedWord, recognise

ONE_LINE = 7  # tesseract's layout for a single line
SCALE = 0.6  # strokes of a pen and of a seal fall apart, print does not
INK = 110  # darker is print; a pen's blue and a seal's red are lighter once colour is gone
ASIDE = 0.56  # of the page, where names under signatures stand
BEFORE = (0.1, 0.16)  # of the page, left of what was read, where a surname may be hidden
AROUND = 0.35  # of the line's height
BELOW = 0.3  # of the page, from where a signature begins
BEYOND = 0.12  # of the page, right of what was read
SENTENCE = 2  # such words; one alone may be a piece of a name
NEAR = 8  # times a line's height
SURE = 0.8
SPOILT = 0.45
"""The trust in a surname that was guessed from what a seal left of it."""

_MARKS = " .,:;*_-–'\"“”|"


def with_name(
    picture: Image.Image, words: Sequence[RecognisedWord], label: RecognisedWord
) -> list[RecognisedWord]:
    """Return a page's words with the name under the signature, which begins at the label, reread.

    The picture is grey without colour, as are the words' places in it.
    """
    depth = range(label.top, label.top + round(BELOW * picture.height))
    known = _end_of_name(picture, [word for word in words if word.top in depth])
    if not known:
        return list(words)
    readings = _readings(picture, known)
    ends = Counter(end for reading in readings if (end := _end(reading)))
    if not ends:
        return list(words)
    end = max(ends, key=lambda words: (ends[words], len(words)))
    heads = [head for reading in readings if (head := _before(reading, end))]
    surname = likely_surname(heads)
    name = (surname, *end) if surname else end
    return [*_without(words, known), *_laid_out(name, known, surname_guessed=bool(surname))]


def _end_of_name(picture: Image.Image, words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Return the words of the lowest line at the right that may be a name's."""
    good = [word for word in words if word.left >= ASIDE * picture.width and _is_part_of_name(word)]
    if not good:
        return []
    low = max(good, key=lambda word: word.top)
    if sum(_level(word, low) and _runs_on(word, low) for word in words) >= SENTENCE:
        return []
    return sorted((word for word in good if _level(word, low)), key=lambda word: word.left)


def _runs_on(word: RecognisedWord, other: RecognisedWord) -> bool:
    """Tell whether a word near another is one of a sentence: small letters begin it."""
    near = 0 < other.left - word.left < NEAR * other.height
    return near and word.confidence >= SURE and is_syllable(word.text) and word.text.islower()


def _is_part_of_name(word: RecognisedWord) -> bool:
    return _is_capitalised(word) and is_syllable(word.text.strip(_MARKS))


def _is_capitalised(word: RecognisedWord) -> bool:
    text = word.text.strip(_MARKS)
    return len(text) > 1 and text.isalpha() and text.istitle() and word.confidence >= SURE


def _level(word: RecognisedWord, other: RecognisedWord) -> bool:
    return abs(2 * (word.top - other.top) + word.height - other.height) < 1.2 * other.height


def _readings(picture: Image.Image, known: Sequence[RecognisedWord]) -> list[list[RecognisedWord]]:
    top = min(word.top for word in known)
    bottom = max(word.top + word.height for word in known)
    margin = round(AROUND * (bottom - top))
    right = max(word.left + word.width for word in known) + round(BEYOND * picture.width)
    shown: list[Image.Image] = []
    for before in BEFORE:
        left = max(0, known[0].left - round(before * picture.width))
        box = (left, max(0, top - margin), min(right, picture.width), bottom + margin)
        line = picture.crop(box)
        small = line.resize((round(line.width * SCALE), round(line.height * SCALE)))
        shown += (small, small.point(lambda tone: 255 if tone > INK else tone))
    return [recognise(line, layout=ONE_LINE) for line in shown]


def _end(reading: Sequence[RecognisedWord]) -> tuple[str, ...]:
    """Return the words at the end of a reading that are a name's beyond doubt."""
    end: list[str] = []
    for word in reversed(reading):
        if not _is_capitalised(word):
            if end:
                break
            continue
        end.insert(0, word.text.strip(_MARKS))
    return tuple(end)


def _before(reading: Sequence[RecognisedWord], end: Sequence[str]) -> str:
    """Return the word that a reading has before the end of the name."""
    texts = [word.text.strip(_MARKS) for word in reading]
    at = next((i for i in range(len(texts)) if texts[i : i + len(end)] == list(end)), 0)
    return texts[at - 1] if at else ""


def _without(
    words: Sequence[RecognisedWord], known: Sequence[RecognisedWord]
) -> list[RecognisedWord]:
    """Return the words that do not stand in the line of the name."""
    first = known[0]
    return [word for word in words if not (_level(word, first) and _right_of(word, first))]


def _right_of(word: RecognisedWord, first: RecognisedWord) -> bool:
    return word.left + word.width > first.left - 6 * first.height


def _laid_out(
    name: Sequence[str], known: Sequence[RecognisedWord], *, surname_guessed: bool
) -> list[RecognisedWord]:
    """Return the words of the name where the known ones stand, and before them what is new."""
    first, last = known[0], known[-1]
    more = len(name) - len(known)
    width = max(first.height, first.width)
    places = [
        replace(first, left=max(0, first.left - (more - at) * (width + first.height // 3)))
        for at in range(more)
    ]
    places = [*places, *known][: len(name)]
    laid = [
        replace(place, text=text, confidence=SURE, line=last.line)
        for place, text in zip(places, name, strict=True)
    ]
    laid = [_up_to(word, after) for word, after in pairwise([*laid, laid[-1]])]
    if surname_guessed:
        laid[0] = replace(laid[0], confidence=SPOILT)
    return laid


def _up_to(word: RecognisedWord, after: RecognisedWord) -> RecognisedWord:
    """Return a word as wide as the next one leaves it room, for no gap to part a name."""
    return replace(word, width=max(word.width, after.left - word.left - word.height // 2))
