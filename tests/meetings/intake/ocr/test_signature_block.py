import pytest
from PIL import Image

from meetings.intake.ocr import signature_block
from meetings.intake.ocr.signature_block import label_of, signature_words
from meetings.intake.tesseract import RecognisedWord

PAGE = Image.new("L", (1000, 1400), 255)
LABEL = [
    RecognisedWord("Nơi", 0.9, (4, 1, 1), 100, 800, 40, 20),
    RecognisedWord("nhận:", 0.9, (4, 1, 1), 150, 800, 60, 20),
]


def word(text, left, top, trust=0.9, width=90):
    return RecognisedWord(text, trust, (1, 1, 1), left, top, width, 24)


@pytest.fixture
def found(monkeypatch):
    """Return a way to say what the second reading finds, at full size and at two thirds."""

    def find(full=(), coarse=()):
        answers = iter((list(coarse), list(full)))
        monkeypatch.setattr(signature_block, "recognise", lambda *_, **__: next(answers))

    return find


def test_words_beside_the_recipients_stand_where_the_page_has_them(found):
    found(full=[word("Tuấn", 100, 60)])
    (read,) = signature_words(PAGE, LABEL, LABEL[0])
    assert (read.text, read.left, read.top, read.line) == ("Tuấn", 520, 790, (6, 1, 1))


def test_each_word_is_taken_from_the_size_in_which_it_was_read_better(found):
    found(
        full=[word("Tuãn", 100, 60, trust=0.5), word("Trần", 0, 60)],
        coarse=[word("Tuấn", 67, 40, trust=0.9, width=60), word("~", 200, 40, trust=0.1)],
    )
    assert [read.text for read in signature_words(PAGE, LABEL, LABEL[0])] == ["Trần", "Tuấn"]


def test_a_word_that_was_read_before_is_not_read_twice(found):
    found(full=[word("Tuấn", 100, 60)])
    known = RecognisedWord("Tuấn", 0.9, (5, 1, 1), 520, 790, 90, 24)
    assert signature_words(PAGE, [*LABEL, known], LABEL[0]) == []


def test_a_signature_begins_at_the_recipients_or_at_its_capacity():
    signs = word("KT.", 700, 400)
    assert label_of([signs, *LABEL]) == LABEL[0]
    assert label_of([word("Nơi", 0, 0), word("này", 99, 0), signs]) == signs


def test_a_page_without_recipients_and_capacity_has_no_signature():
    assert label_of([word("Nơi", 0, 0), word("KT.", 9, 0), word("này", 99, 0)]) is None
    assert label_of([]) is None
