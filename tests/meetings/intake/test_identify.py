import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.intake.identify import identify
from meetings.intake.kinds import KINDS
from meetings.intake.verdict import Reason
from tests.meetings.intake.office.compound_files import compound_file
from tests.papers import FILM

PDF = b"%PDF-1.7\n%\xe2\xe3\n"
PNG = b"\x89PNG\r\n\x1a\n0000"
ZIP = b"PK\x03\x04rest"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>"
FIRST = {kind.name: kind.magic[0] for kind in KINDS if kind.magic}


def write(folder: Path, content: bytes) -> Path:
    path = folder / "received"
    path.write_bytes(content)
    return path


def archive(folder: Path, *names: str) -> Path:
    path = folder / "received"
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, "")
    return path


def told(path: Path, name: str) -> tuple[str | None, Reason | None]:
    kind, reason = identify(path, name)
    return kind and kind.name, reason


@pytest.mark.parametrize("name", ["paper.pdf", "PAPER.PDF", "Tờ trình số 5.signed.pdf", "../x.pdf"])
@pytest.mark.parametrize("before", [b"", b"\n", b"junk" * 200])
def test_a_pdf_named_so_is_accepted_however_its_name_is_spelt(tmp_path, name, before):
    assert told(write(tmp_path, before + PDF), name) == ("pdf", None)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "picture.png", "png"),
        (b"\xff\xd8\xff\xe0", "photo.JPEG", "jpeg"),
        (b"MM\x00*", "fax.tiff", "tiff"),
        (b"RIFF....WEBP", "picture.webp", "webp"),
        (b"\0\0\0\x18ftypheic", "photo.heic", "heic"),
        (FILM, "film.mp4", "mp4"),
        (rb"{\rtf1}", "paper.rtf", "rtf"),
        (rb"{\rtf1}", "paper.doc", "rtf"),
        ("Tờ trình".encode(), "notes.txt", "txt"),
        (compound_file({"WordDocument": b"x"}), "paper.doc", "doc"),
        (compound_file({"Workbook": b"x"}), "table.xls", "xls"),
        (compound_file({"PowerPoint Document": b"x"}), "slides.ppt", "ppt"),
    ],
)
def test_content_and_name_that_agree_tell_the_kind(tmp_path, content, name, kind):
    assert told(write(tmp_path, content), name) == (kind, None)


@pytest.mark.parametrize(
    ("parts", "name", "answer"),
    [
        (("[Content_Types].xml", "word/a"), "paper.docx", ("docx", None)),
        (("[Content_Types].xml", "xl/a"), "table.XLSX", ("xlsx", None)),
        (("a.pdf",), "files.zip", ("zip", None)),
        (("[Content_Types].xml", "word/a"), "files.zip", (None, Reason.DAMAGED)),
        (("[Content_Types].xml", "xl/a"), "paper.docx", (None, Reason.DAMAGED)),
        (("a.pdf",), "paper.docx", (None, Reason.DAMAGED)),
        (("a.pdf",), "paper.pdf", (None, Reason.MISLABELLED)),
    ],
)
def test_an_archive_is_told_by_what_it_holds(tmp_path, parts, name, answer):
    assert told(archive(tmp_path, *parts), name) == answer


@pytest.mark.parametrize("name", ["paper.docx", "table.xlsx", "slides.pptx"])
def test_an_office_file_behind_a_password_is_known_by_its_lock(tmp_path, name):
    locked = write(tmp_path, compound_file({"EncryptedPackage": b"x"}))
    assert told(locked, name) == (name.rpartition(".")[2], Reason.ENCRYPTED)
    assert told(write(tmp_path, compound_file({"Other": b"x"})), name) == (None, Reason.MISLABELLED)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML, "paper.pdf"),
        (b"\n\n<html>%PDF-1.4", "paper.pdf"),
        (PNG, "paper.pdf"),
        (ZIP, "paper.pdf"),
        (b"no mark at all", "paper.pdf"),
        (b"j" * 1025 + PDF, "paper.pdf"),
        (PDF, "paper.docx"),
        (PDF, "paper"),
        (PDF, "paper.pdf.exe"),
        (PDF, "notes.txt"),
        (PNG, "picture.jpg"),
        (OLE, "paper.rtf"),
    ],
)
def test_content_and_name_that_disagree_are_mislabelled(tmp_path, content, name):
    assert told(write(tmp_path, content), name) == (None, Reason.MISLABELLED)


@pytest.mark.parametrize(("content", "name"), [(ZIP, "a.docx"), (OLE, "a.doc"), (ZIP, "a.odt")])
def test_a_file_that_only_begins_as_its_name_says_is_damaged(tmp_path, content, name):
    assert told(write(tmp_path, content), name) == (None, Reason.DAMAGED)


def test_a_web_page_is_named_and_refused(tmp_path):
    assert told(write(tmp_path, HTML), "page.html") == ("html", Reason.UNSUPPORTED)


@pytest.mark.parametrize("name", ["program.exe", "noname", ".pdf", ""])
@pytest.mark.parametrize("content", [b"MZ\x90", HTML, b"text"])
def test_an_unknown_kind_is_unsupported(tmp_path, name, content):
    assert told(write(tmp_path, content), name) == (None, Reason.UNSUPPORTED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.lists(
        st.one_of(st.binary(max_size=40), st.sampled_from([m for k in KINDS for m in k.magic]))
    ).map(b"".join),
    name=st.one_of(st.text(max_size=20), st.sampled_from([e for k in KINDS for e in k.extensions])),
)
def test_only_what_looks_like_its_name_is_accepted(tmp_path, content, name):
    kind, reason = identify(write(tmp_path, content), f"paper{name}")
    assert (kind is None) <= (reason is not None)
    if reason is None:
        assert f"paper{name}".lower().endswith(kind.extensions)
        assert not kind.magic or any(mark in content[:1100] for mark in kind.magic)


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (FILM, True),
        (FILM[:24] + b"\0\0\0\0mdat" + bytes(9), True),
        (FILM[:24] + b"\0\0\0\1mdat" + (24).to_bytes(8) + bytes(8), True),
        (FILM[:-1], False),
        (FILM[:16], False),
        (FILM[:24] + b"\0\0\0\4", False),
    ],
)
def test_a_film_is_boxes_end_to_end_with_its_tracks_among_them(tmp_path, content, whole):
    path = tmp_path / "phim.mp4"
    path.write_bytes(content)
    kind, reason = identify(path, path.name)
    assert (kind is not None, reason) == ((True, None) if whole else (False, Reason.DAMAGED))
