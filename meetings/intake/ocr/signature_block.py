"""Read once more where a signature stands: under a seal the first reading sees a picture."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PIL import Image

from meetings.intake.fold import fold
from meetings.intake.tesseract import RecognisedWord, recognise

BLOCK = 6  # tesseract's layout for one block of text
COARSER = 2 / 3  # strokes of a pen fall apart, print does not
LABEL = ("noi", "nhan")
_CAPACITY = re.compile(r"(?:K ?/?T|T ?/?M|T ?/?L|TUQ|Q)\.|[KT]/[TML]")
ABOVE, BELOW, ASIDE = 0.05, 0.3, 0.42  # of the page, about the label of the recipients
SURE = 0.4
SHARED = 0.3  # of a word that was read before


def signature_words(
    picture: Image.Image, words: Sequence[RecognisedWord], label: RecognisedWord
) -> list[RecognisedWord]:
    """Return the words right of the list of recipients that a first reading left out."""
    left = round(picture.width * ASIDE)
    top = max(0, label.top - round(picture.height * ABOVE))
    bottom = min(picture.height, label.top + round(picture.height * BELOW))
    found = _best_of_two(picture.crop((left, top, picture.width, bottom)))
    last = max(word.line[0] for word in words) + 1
    placed = [
        replace(
            word,
            left=word.left + left,
            top=word.top + top,
            line=(last + word.line[0], *word.line[1:]),
        )
        for word in found
    ]
    return [word for word in placed if not any(_share(word, known) for known in words)]


def _best_of_two(crop: Image.Image) -> list[RecognisedWord]:
    """Read a part of a page in two sizes, and take each word from where it was read better."""
    small = crop.resize((round(crop.width * COARSER), round(crop.height * COARSER)))
    coarse = [word.scaled(1 / COARSER) for word in recognise(small, layout=BLOCK)]
    words: list[RecognisedWord] = []
    candidates = [w for w in (*recognise(crop, layout=BLOCK), *coarse) if w.confidence >= SURE]
    for word in sorted(candidates, key=lambda w: -w.confidence * len(w.text)):
        if not any(_share(word, known) or _share(known, word) for known in words):
            words.append(word)
    return sorted(words, key=lambda w: (w.top, w.left))


def label_of(words: Sequence[RecognisedWord]) -> RecognisedWord | None:
    """Return where a signature begins: at the recipients, else at "KT." and the like."""
    pairs = pairwise(words)
    labels = (a for a, b in pairs if (_plain(a), _plain(b)) == LABEL)
    edge = ASIDE * max((word.left + word.width for word in words), default=0)
    signs = (word for word in words if word.left > edge and _CAPACITY.match(word.text))
    return next(labels, None) or next(signs, None)


def _plain(word: RecognisedWord) -> str:
    return fold(word.text).strip(" .:;,|")


def _share(word: RecognisedWord, known: RecognisedWord) -> bool:
    right = min(word.left + word.width, known.left + known.width)
    bottom = min(word.top + word.height, known.top + known.height)
    across, down = right - max(word.left, known.left), bottom - max(word.top, known.top)
    return across > 0 and down > 0 and across * down > SHARED * word.width * word.height
