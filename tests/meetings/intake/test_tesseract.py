import subprocess

import pytest
from PIL import Image

from meetings.intake import tesseract

ROWS = (
    "level page_num block_num par_num line_num word_num left top width height conf text",
    "1 1 0 0 0 0 0 0 100 50 -1 ",
    "5 1 1 2 3 1 10 20 30 8 96.5 Tờ",
    '5 1 1 2 3 2 45 20 40 8 80 "trình',
    "5 1 1 2 3 3 90 20 4 8 95 ",
)
TABLE = "\n".join(row.replace(" ", "\t") for row in ROWS)


@pytest.fixture
def said(monkeypatch):
    """Return a way to let the program say something, and what it was asked."""

    def say(output, status=0):
        asked = []

        def run(command, **given):
            asked.append((command, given))
            return subprocess.CompletedProcess(command, status, output.encode(), b"")

        monkeypatch.setattr(tesseract.subprocess, "run", run)
        return asked

    return say


def test_the_words_of_the_table_are_told_with_places_and_trust(said):
    asked = said(TABLE)
    first, second = tesseract.recognise(Image.new("RGB", (100, 50)), layout=6, dpi=150)
    assert first == tesseract.RecognisedWord("Tờ", 0.965, (1, 2, 3), 10, 20, 30, 8)
    assert second.text == '"trình'
    ((command, given),) = asked
    assert command[3:] == ["-l", "vie", "--psm", "6", "--dpi", "150", "tsv"]
    assert given["input"].startswith(b"P5")


def test_a_program_that_fails_is_told(said):
    said("", status=1)
    with pytest.raises(OSError, match="ended with 1"):
        tesseract.recognise(Image.new("L", (9, 9)))


def test_a_machine_without_the_program_is_known(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert not tesseract.is_available()
