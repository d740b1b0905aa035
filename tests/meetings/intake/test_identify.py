from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.intake.identify import KINDS, identify
from meetings.intake.verdict import Reason

PDF = b"%PDF-1.7\n%\xe2\xe3\n"
PNG = b"\x89PNG\r\n\x1a\n0000"
ZIP = b"PK\x03\x04rest"
HTML = b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>"


def write(folder: Path, content: bytes) -> Path:
    path = folder / "received"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["paper.pdf", "PAPER.PDF", "Tờ trình số 5.signed.pdf", "../x.pdf"])
@pytest.mark.parametrize("before", [b"", b"\n", b"junk" * 200])
def test_a_pdf_named_so_is_accepted_however_its_name_is_spelt(tmp_path, name, before):
    assert identify(write(tmp_path, before + PDF), name) == ("application/pdf", None)


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
        (PNG, "picture.jpg"),
    ],
)
def test_content_and_name_that_disagree_are_mislabelled(tmp_path, content, name):
    assert identify(write(tmp_path, content), name) == (None, Reason.MISLABELLED)


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (ZIP, "paper.docx", "wordprocessingml.document"),
        (ZIP, "table.XLSX", "spreadsheetml.sheet"),
        (ZIP, "files.zip", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc", "msword"),
        (PNG, "picture.png", "png"),
        (b"MM\x00*", "fax.tiff", "tiff"),
        (HTML, "page.html", "html"),
    ],
)
def test_a_known_kind_that_we_do_not_take_yet_is_named_and_refused(tmp_path, content, name, ending):
    media_type, reason = identify(write(tmp_path, content), name)
    assert media_type.endswith(ending)
    assert reason is Reason.UNSUPPORTED


@pytest.mark.parametrize("name", ["program.exe", "noname", ".pdf", ""])
def test_an_unknown_kind_is_unsupported(tmp_path, name):
    assert identify(write(tmp_path, b"MZ\x90"), name) == (None, Reason.UNSUPPORTED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.lists(
        st.one_of(st.binary(max_size=40), st.sampled_from([m for k in KINDS for m in k.magic]))
    ).map(b"".join),
    name=st.one_of(st.text(max_size=20), st.sampled_from([e for k in KINDS for e in k.extensions])),
)
def test_only_what_looks_like_a_pdf_and_is_named_so_is_accepted(tmp_path, content, name):
    media_type, reason = identify(write(tmp_path, content), f"paper{name}")
    if reason is None:
        assert media_type == "application/pdf"
        assert b"%PDF-" in content[:1030]
        assert f"paper{name}".lower().endswith(".pdf")
