"""The gate: PDF and pictures are looked at by text and by eye, in a child; closed until opened."""

import pytest
from PIL import Image, ImageDraw

from meetings.intake import Reason, sandbox
from meetings.intake.page_text import PageText
from meetings.intake.secrecy import UnseenError, can_look, secrecy_of
from meetings.intake.secrecy import sandboxed as asked
from meetings.intake.secrecy.gate import gate, looked_at
from tests.meetings.intake.secrecy.stamps import font

PDF, PNG, TIFF = "application/pdf", "image/png", "image/tiff"
seeing = pytest.mark.skipif(not can_look(), reason="no tesseract here")


def page(words=""):
    drawn = Image.new("RGB", (1240, 1754), "white")
    letters = font("LiberationSerif-Bold", 60)
    ImageDraw.Draw(drawn).text((200, 150), words, font=letters, fill=(200, 20, 20))
    return drawn


@pytest.fixture
def scan(tmp_path):
    def make(*words, name="scan.pdf"):
        first, *others = map(page, words)
        first.save(tmp_path / name, save_all=True, append_images=others)
        return tmp_path / name

    return make


@pytest.mark.parametrize(
    ("count", "numbers"), [(0, []), (1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (90, [1, 2, 90])]
)
def test_the_first_two_pages_and_the_last_are_looked_at(count, numbers):
    assert looked_at(count) == numbers


@seeing
@pytest.mark.parametrize("name", ["scan.pdf", "scan.tiff"])
def test_a_stamp_on_the_last_page_stops(scan, name):
    path = scan("", "", "", "TỐI MẬT", name=name)
    found = gate(path, PDF if name.endswith("pdf") else TIFF)
    assert (found.level, found.page) == ("S2", 4)


@seeing
def test_a_paper_of_plain_text_passes(make_pdf):
    assert gate(make_pdf("text"), PDF) is None


def test_a_mark_in_the_text_layer_stops_on_any_page(make_pdf):
    mark = b"BT /F1 20 Tf 300 780 Td (TUYET MAT) Tj ET"
    assert gate(make_pdf("text", "text", mark, "text"), PDF).page == 3


def test_a_mark_that_was_laid_upon_the_page_stops(make_pdf, monkeypatch):
    monkeypatch.setattr(
        "meetings.intake.secrecy.gate._plain", lambda _, number: PageText(number=number)
    )
    mark = b"BT /F1 20 Tf 300 780 Td (TUYET MAT) Tj ET"
    assert gate(make_pdf(mark), PDF).level == "S3"


def test_other_kinds_of_file_are_not_looked_at(tmp_path):
    with pytest.raises(ValueError, match="neither"):
        gate(tmp_path / "film.mp4", "video/mp4")


@seeing
def test_a_child_looks(scan):
    assert secrecy_of(scan("TỐI MẬT"), PDF).level == "S2"
    assert secrecy_of(scan("", name="scan.png"), PNG) is None


def test_a_file_that_cannot_be_looked_at_does_not_pass(tmp_path):
    (tmp_path / "broken").write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(UnseenError) as failed:
        secrecy_of(tmp_path / "broken", PDF)
    assert failed.value.reason is Reason.CRASHED


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], Reason.CRASHED),
        ([{}], Reason.CRASHED),
        ([{"reason": "timed_out"}], Reason.TIMED_OUT),
        ([{"reason": "odd"}], Reason.CRASHED),
        ([{"finding": {"level": "S9"}}], Reason.CRASHED),
        ([{"finding": 3}], Reason.CRASHED),
    ],
)
def test_a_child_that_says_something_else_opens_nothing(answers, reason, monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: (answer for answer in answers))
    with pytest.raises(UnseenError) as failed:
        secrecy_of(tmp_path, PDF)
    assert failed.value.reason is reason


def test_without_the_program_nobody_can_look(monkeypatch):
    monkeypatch.setattr(asked, "PROGRAM", "no-such-program")
    assert not can_look()
