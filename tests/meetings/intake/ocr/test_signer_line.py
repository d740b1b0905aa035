from itertools import pairwise

import pytest
from PIL import Image

from meetings.intake.ocr import signer_line
from meetings.intake.ocr.signer_line import with_name
from meetings.intake.tesseract import RecognisedWord

PAGE = Image.new("L", (1000, 1400), 255)


def word(text, left, top=1000, trust=0.95, width=60):
    return RecognisedWord(text, trust, (1, 1, 1), left, top, width, 24)


LABEL = word("Nơi", 100, 800)
SPOILT = [
    LABEL,
    word("KT.", 600, 800),
    word("x", 620, width=20),
    word("Văn", 700),
    word("Phúc", 770),
]


@pytest.fixture
def found(monkeypatch):
    """Return a way to say what the four readings of the line find."""

    def find(*readings):
        answers = iter([[word(text, 0) for text in reading.split()] for reading in readings])
        monkeypatch.setattr(signer_line, "recognise", lambda *_, **__: next(answers))

    return find


def name(words):
    return [(word.text, word.left) for word in words if word.top == 1000]


def test_a_surname_under_a_seal_is_told_from_several_readings(found):
    found("Nøryến Văn Phúc", "Nguyễa Văn Phúc", "* zuyễn Văn Phúc", "Văn Phúc")
    (surname, left), *given = name(with_name(PAGE, SPOILT, LABEL))
    assert surname == "Nguyễn"
    assert 600 < left < 700
    assert given == [("Văn", 700), ("Phúc", 770)]


def test_a_name_without_a_surname_stays_as_far_as_it_was_read(found):
    found("Z11 Văn Phúc", "+ Văn Phúc", "Văn Phúc", "Văn Phúc")
    assert name(with_name(PAGE, SPOILT, LABEL)) == [("Văn", 700), ("Phúc", 770)]


def test_words_of_a_name_leave_no_gap_between_them(found):
    found(*["Lê Văn Phúc"] * 4)
    laid = sorted(
        (w for w in with_name(PAGE, SPOILT, LABEL) if w.top == 1000), key=lambda w: w.left
    )
    for before, after in pairwise(laid):
        assert 0 < after.left - before.left - before.width < 24


@pytest.mark.parametrize(
    "words",
    [
        [LABEL, word("Phúc", 100)],
        [LABEL, word("PHÚC", 700), word("Phxq", 800), word("Phúc", 900, trust=0.5)],
        [LABEL, word("Phúc", 700, top=700)],
        [LABEL, word("của", 560), word("xã", 630), word("Phúc", 700)],
    ],
)
def test_what_is_no_name_at_the_right_is_not_read_again(found, words):
    found()
    assert with_name(PAGE, words, LABEL) == words


def test_readings_that_say_nothing_change_nothing(found):
    found("", "+", "x", "~")
    assert with_name(PAGE, SPOILT, LABEL) == SPOILT
