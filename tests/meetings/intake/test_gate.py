"""What passes the gate, with the real sandbox; marks of secrecy are typed or drawn by the tests."""

import zipfile

import pytest

from meetings.intake import gate
from meetings.intake.gate import pass_gate
from meetings.intake.secrecy import can_look
from meetings.intake.verdict import Reason
from tests.meetings.intake.office.compound_files import compound_file
from tests.papers import FILM

SECRET = (
    "UBND TINH",
    "TUYỆT MẬT",
    "Báo cáo về công tác bảo vệ hội nghị của Ban Thường vụ Tỉnh ủy",
)
OPEN = ("UBND TINH", "Báo cáo về Luật Bảo vệ bí mật nhà nước và danh mục độ Tối mật")
seeing = pytest.mark.skipif(not can_look(), reason="no tesseract here")


@pytest.fixture
def text_file(tmp_path):
    """Return a maker of plain text files."""

    def make(lines):
        path = tmp_path / "paper.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return make


def test_a_text_that_bears_a_mark_is_refused_and_one_that_speaks_of_secrecy_is_not(text_file):
    assert pass_gate(text_file(SECRET), "paper.txt").reason is Reason.CLASSIFIED
    assert pass_gate(text_file(OPEN), "paper.txt").accepted


@seeing
def test_a_harmless_pdf_passes_with_its_pages(make_pdf):
    verdict = pass_gate(make_pdf("text", "blank"), "paper.pdf")
    assert (verdict.reason, verdict.pages) == (None, 2)


def test_what_cannot_become_a_document_is_unsupported_here_and_judged_elsewhere(tmp_path):
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("paper.txt", "Nội dung")
    assert pass_gate(path, path.name).reason is Reason.UNSUPPORTED
    assert gate.examine(path, path.name).accepted


def test_a_film_waits_for_a_person_to_look_at_it(tmp_path):
    path = tmp_path / "phim.mp4"
    path.write_bytes(FILM)
    verdict = pass_gate(path, path.name)
    assert (verdict.accepted, verdict.needs_eyes, verdict.media_type) == (True, True, "video/mp4")
    assert pass_gate(path, "phim.mov").reason is not None


def test_a_refused_file_is_not_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "secrecy_of", None)  # looking would fail
    path = tmp_path / "empty.pdf"
    path.touch()
    assert pass_gate(path, path.name).reason is Reason.EMPTY


@pytest.fixture
def blind(monkeypatch):
    """Take the program away that reads pictures."""
    monkeypatch.setattr("meetings.intake.secrecy.sandboxed.PROGRAM", "no-such-program")


@pytest.mark.usefixtures("blind")
def test_where_pictures_cannot_be_read_a_person_has_to_look(make_pdf, text_file):
    verdict = pass_gate(make_pdf("text"), "paper.pdf")
    assert (verdict.reason, verdict.needs_eyes) == (None, True)
    assert not pass_gate(text_file(OPEN), "paper.txt").needs_eyes


@pytest.mark.usefixtures("blind")
def test_a_mark_in_the_text_stops_where_pictures_cannot_be_read(make_pdf):
    mark = b"BT /F1 20 Tf 300 780 Td (TUYET MAT) Tj ET"
    assert pass_gate(make_pdf(mark), "paper.pdf").reason is Reason.CLASSIFIED


@pytest.mark.parametrize(
    ("stream", "name"),
    [("WordDocument", "a.doc"), ("Workbook", "a.xls"), ("PowerPoint Document", "a.ppt")],
)
def test_office_files_of_the_old_kinds_always_need_eyes(tmp_path, stream, name):
    path = tmp_path / name
    path.write_bytes(compound_file({stream: b"content"}))
    verdict = pass_gate(path, name)
    assert (verdict.reason, verdict.needs_eyes) == (None, True)


@pytest.mark.parametrize("reason", [Reason.TIMED_OUT, Reason.CRASHED])
def test_what_could_not_be_looked_at_does_not_pass(text_file, monkeypatch, reason):
    def fail(*_given):
        raise gate.UnseenError(reason)

    monkeypatch.setattr(gate, "secrecy_of", fail)
    assert pass_gate(text_file(OPEN), "paper.txt").reason is reason
