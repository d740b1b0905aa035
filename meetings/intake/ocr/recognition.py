"""Recognise the words of a page's picture, with their places on the page as it is displayed."""

from collections.abc import Sequence
from itertools import groupby

from PIL import Image, ImageChops

from meetings.intake.ocr.date_digits import with_digits
from meetings.intake.ocr.light import evened
from meetings.intake.ocr.signature_block import BLOCK, label_of, signature_words
from meetings.intake.ocr.signer_line import with_name
from meetings.intake.ocr.straighten import Turn, skew
from meetings.intake.page_text import PageText, Source
from meetings.intake.prepared import Word
from meetings.intake.quality import quality
from meetings.intake.syllables import is_syllable, words_of
from meetings.intake.tesseract import RecognisedWord, recognise

UPRIGHT = 0.55  # of the words read well; less makes us look at the other three ways up
TRIAL = 1200  # pixels across, for a first look
LONG = 3  # letters; such a word is wider than high


def read_picture(picture: Image.Image, number: int, fineness: float = 1.0) -> PageText:
    """Return the text of a page's picture, of which the scanner saw a share of the points only."""
    grey = without_red(picture)
    plain = evened(grey)
    is_photo = plain is not grey
    turn, words = _read_upright(plain, 1.0 if is_photo else fineness)
    if is_photo:
        words = _read_bent(turn.applied(plain), words)
    straight = turn.applied(plain)
    size = straight.size
    words = with_digits(straight, words)
    if label := label_of(words):
        words = [*words, *signature_words(straight, words, label)]
        words = with_name(turn.applied(without_colour(picture)), words, label)
    placed = [_placed(word, turn, size) for word in words]
    lines = [
        " ".join(word.text for word in line) for _, line in groupby(words, key=lambda w: w.line)
    ]
    text = "\n".join(lines)
    return PageText(
        number=number,
        text=text,
        words=tuple(placed),
        source=Source.OCR,
        quality=round(_trust(words) * quality(text), 3),
        quarters=turn.quarters,
    )


def without_red(picture: Image.Image) -> Image.Image:
    """Return a grey picture in which red ink, of stamps and seals, has faded."""
    if picture.mode == "RGB":
        return picture.getchannel("R")
    return picture.convert("L")


def without_colour(picture: Image.Image) -> Image.Image:
    """Return a grey picture in which all that is not black has faded: seals, and pens too."""
    if picture.mode != "RGB":
        return picture.convert("L")
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _read_upright(picture: Image.Image, fineness: float) -> tuple[Turn, list[RecognisedWord]]:
    turn = Turn(0, skew(picture))
    words = _recognised(turn.applied(picture), fineness)
    if _readable(words) >= UPRIGHT:
        return turn, words
    quarters = max(range(4), key=lambda quarter: _readable(_glance(picture, quarter)))
    if quarters == 0:
        return turn, words
    turn = Turn(quarters, skew(picture.rotate(90 * quarters, expand=True)))
    return turn, _recognised(turn.applied(picture), fineness)


def _recognised(picture: Image.Image, fineness: float) -> list[RecognisedWord]:
    """Read a page as finely as the scanner saw it: more points take longer and say no more."""
    if fineness == 1.0:
        return recognise(picture)
    size = (round(picture.width * fineness), round(picture.height * fineness))
    return [word.scaled(1 / fineness) for word in recognise(picture.resize(size))]


def _read_bent(photo: Image.Image, words: list[RecognisedWord]) -> list[RecognisedWord]:
    """Return the words of a photo, whose margins are no straight lines to find columns by."""
    return max(words, recognise(photo, layout=BLOCK), key=_yield_of)


def _glance(picture: Image.Image, quarters: int) -> list[RecognisedWord]:
    small = picture.copy()
    small.thumbnail((TRIAL, TRIAL * 2))
    return recognise(small.rotate(90 * quarters, expand=True), dpi=150)


def _readable(words: Sequence[RecognisedWord]) -> float:
    """Return the share of the words that lie level, are surely read and can be Vietnamese."""
    letters = sum(len(words_of(word.text)) for word in words)
    return _yield_of(words) / letters if letters else 0.0


def _yield_of(words: Sequence[RecognisedWord]) -> float:
    """Return how many words were read well, each as far as it is trusted."""
    level = (word for word in words if not _stands_on_end(word))
    return sum(word.confidence * sum(map(is_syllable, words_of(word.text))) for word in level)


def _stands_on_end(word: RecognisedWord) -> bool:
    """Tell whether tesseract found a word in a line from top to bottom: the page lies sideways."""
    return len(word.text) >= LONG and word.height > word.width


def _trust(words: Sequence[RecognisedWord]) -> float:
    return sum(word.confidence for word in words) / len(words) if words else 0.0


def _placed(word: RecognisedWord, turn: Turn, size: tuple[int, int]) -> Word:
    first = turn.undone(word.left, word.top, size)
    last = turn.undone(word.left + word.width, word.top + word.height, size)
    left, right = sorted((_within(first[0]), _within(last[0])))
    top, bottom = sorted((_within(first[1]), _within(last[1])))
    return Word(word.text, left, top, round(right - left, 4), round(bottom - top, 4))


def _within(fraction: float) -> float:
    return round(min(max(fraction, 0.0), 1.0), 4)
