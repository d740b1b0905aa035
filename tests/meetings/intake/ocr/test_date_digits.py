import pytest
from PIL import Image

from meetings.intake.ocr import date_digits
from meetings.intake.ocr.date_digits import with_digits
from meetings.intake.tesseract import RecognisedWord

PAGE = Image.new("L", (1000, 1400), 255)


def line(*texts, trust=0.9, top=100):
    return [
        RecognisedWord(text, trust, (1, 1, top), 500 + 60 * at, top, 50, 24)
        for at, text in enumerate(texts)
    ]


@pytest.fixture
def alone(monkeypatch):
    """Return a way to say what each number is when it is read alone, and what was asked."""
    asked = []

    def answer(*numbers):
        left = iter(numbers)

        def recognise(picture, **how):
            asked.append((picture.size, how["letters"]))
            return [RecognisedWord(n, 0.95, (1, 1, 1), 0, 0, 9, 9) for n in next(left)]

        monkeypatch.setattr(date_digits, "recognise", recognise)
        return asked

    return answer


def texts(words):
    return [word.text for word in words]


def test_a_doubtful_day_and_month_are_what_they_are_alone(alone):
    asked = alone(["27"], ["5"])
    words = line("ngày", "2#", "tháng", "3", "năm", "2026", trust=0.8)
    assert texts(with_digits(PAGE, words)) == ["ngày", "27", "tháng", "5", "năm", "2026"]
    assert asked == [((66, 40), "0123456789")] * 2


@pytest.mark.parametrize("answer", [[], ["45"], ["x"], ["1", "2"], ["0"]])
def test_what_can_be_no_month_changes_nothing(alone, answer):
    alone(answer, answer)
    words = line("7", "tháng", "3", trust=0.8)
    assert [word.text for word in with_digits(PAGE, words)][2] == "3"


def test_sure_numbers_and_those_below_the_head_are_not_read_again(alone):
    asked = alone()
    words = [*line("7", "tháng", "3", trust=0.95), *line("8", "tháng", "4", trust=0.5, top=900)]
    assert with_digits(PAGE, words) == words
    assert with_digits(PAGE, line("tháng", trust=0.5)) == line("tháng", trust=0.5)
    assert asked == []
