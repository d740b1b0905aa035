import os
import shutil
from contextlib import closing

import pypdfium2
import pytest
from PIL import Image

from meetings.intake import Limits, Reason, sandbox, viewing
from meetings.intake.viewing import cells_of, viewing_copy
from meetings.intake.words import read_text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
with_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Tờ trình về việc bổ sung biên chế", encoding="utf-8")
    return path


@pytest.fixture
def forged(monkeypatch):
    """Return a way to let a child leave something in its folder, and answer."""

    def forge(leave, *answers):
        def run(task, source, *, output, arguments, limits):
            leave(output / viewing.SHOWN)
            yield from answers

        monkeypatch.setattr(sandbox, "run", run)
        monkeypatch.setattr(viewing, "has_program", lambda: True)

    return forge


def nothing(path):
    pass


def plain(path):
    path.write_bytes(b"%PDF-")


def link(path):
    path.symlink_to("/etc/hostname")


def test_a_pdf_is_shown_as_it_is_and_a_film_or_an_archive_has_no_pages(text, output):
    assert viewing_copy(text, "application/pdf", output) == text
    assert viewing_copy(text, "video/mp4", output) is None
    assert viewing_copy(text, "application/zip", output) is None


def test_a_picture_becomes_a_pdf_in_a_child(tmp_path, output):
    Image.new("RGB", (60, 80), "red").save(tmp_path / "scan.png")
    shown = viewing_copy(tmp_path / "scan.png", "image/png", output)
    assert shown == output / "document.pdf"
    with closing(pypdfium2.PdfDocument(shown)) as pdf:
        assert len(pdf) == 1


@with_office
def test_libreoffice_works_within_the_walls(text, output):
    assert sandbox.state() == "bubblewrap"
    shown = viewing_copy(text, "text/plain", output)
    with closing(pypdfium2.PdfDocument(shown)) as pdf:
        assert read_text(pdf[0])[0] == "Tờ trình về việc bổ sung biên chế"
    assert sorted(file.name for file in output.iterdir()) == ["document.pdf"]
    assert cells_of(output) == ""


@with_office
def test_a_file_that_libreoffice_does_not_read_is_damaged(text, output):
    assert viewing_copy(text, DOCX, output) is Reason.DAMAGED


def test_a_machine_without_libreoffice_shows_no_office_file(text, output, monkeypatch):
    monkeypatch.setattr(viewing, "has_program", lambda: False)
    assert viewing_copy(text, DOCX, output) is Reason.UNSUPPORTED


@pytest.mark.parametrize(
    ("leave", "answers", "reason"),
    [
        (plain, [{"reason": "timed_out"}], Reason.TIMED_OUT),
        (plain, [{"reason": "because"}], Reason.CRASHED),
        (plain, [], Reason.CRASHED),
        (nothing, [{"reason": None}], Reason.CRASHED),
        (link, [{"reason": None}], Reason.CRASHED),
        (os.mkfifo, [{"reason": None}], Reason.CRASHED),
        (os.mkdir, [{"reason": None}], Reason.CRASHED),
    ],
)
def test_a_child_that_fails_or_lies_shows_nothing(text, output, forged, leave, answers, reason):
    forged(leave, *answers)
    assert viewing_copy(text, DOCX, output) is reason


def test_the_cells_of_a_sheet_are_read_from_a_plain_file_only(output, tmp_path):
    assert cells_of(output) == ""
    (output / viewing.CELLS).write_text("Số liệu 5", encoding="utf-8")
    assert cells_of(output) == "Số liệu 5"
    (output / viewing.CELLS).unlink()
    (output / viewing.CELLS).symlink_to("/etc/hostname")
    assert cells_of(output) == ""


def test_a_converter_may_use_more_than_other_children_and_no_less_than_it_is_given():
    wide = viewing.converting_limits(Limits())
    assert wide.processes > 0
    assert wide.address_space == viewing.OFFICE_BYTES
    given = Limits(address_space=8 << 30, cpu_seconds=200)
    assert viewing.converting_limits(given).address_space == 8 << 30
    assert viewing.converting_limits(given).cpu_seconds == 200
