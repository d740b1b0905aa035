"""Papers are cut from a scan page for page: what a page draws is what it drew."""

import io
import zlib

import pikepdf
import pytest
from pypdf import PdfReader

from meetings.intake.copies import cut_file
from meetings.intake.cutting import cut, digest_of
from meetings.intake.verdict import Reason
from tests import papers

TEXTS = ("Trang một", "Trang hai", "Trang ba")


@pytest.fixture
def source(tmp_path):
    scanned = [papers.drawn(papers.pdf(text)) for text in TEXTS[:2]]
    file = tmp_path / "scan.pdf"
    file.write_bytes(papers.joined(*scanned, papers.pdf(TEXTS[2])))
    return file


def pages(file):
    return PdfReader(io.BytesIO(file.read_bytes())).pages


def test_each_paper_has_its_pages_in_order_and_turned_by_their_attribute(source, tmp_path):
    found = list(cut(source, [[(3, 0)], [(1, 90), (2, 0)]], tmp_path))
    assert [len(one) for one in found] == [1, 2]
    assert "Trang ba" in pages(tmp_path / "1.pdf")[0].extract_text()
    assert [page.rotation for page in pages(tmp_path / "2.pdf")] == [90, 0]


def test_digests_are_the_same_before_and_after_and_tell_pages_apart(source, tmp_path):
    [pairs] = cut(source, [[(1, 90), (2, 180), (3, 0)]], tmp_path)
    assert all(before == after for before, after in pairs)
    assert len({before for before, _after in pairs}) == 3


def test_a_page_that_draws_another_picture_has_another_digest(source):
    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        before = digest_of(page)
        [picture] = page.get_images().values()
        picture.write(zlib.compress(bytes(100)), filter=pikepdf.Name.FlateDecode)
        assert digest_of(page) != before


def test_an_empty_page_has_a_digest_too():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        assert len(digest_of(pdf.pages[0])) == 64


def test_the_sandbox_leaves_a_file_for_each_paper(source, tmp_path):
    output = tmp_path / "out"
    output.mkdir()
    found = cut_file(source, [[(1, 0), (2, 0)], [(3, 270)]], output)
    assert not isinstance(found, Reason)
    assert [len(one) for one in found] == [2, 1]
    assert sorted(file.name for file in output.iterdir()) == ["1.pdf", "2.pdf"]


def test_what_is_no_scan_or_has_no_such_page_is_refused(source, tmp_path):
    output = tmp_path / "out"
    output.mkdir()
    assert isinstance(cut_file(source, [[(9, 0)]], output), Reason)
    (tmp_path / "no.pdf").write_bytes(b"no scan")
    assert isinstance(cut_file(tmp_path / "no.pdf", [[(1, 0)]], output), Reason)
