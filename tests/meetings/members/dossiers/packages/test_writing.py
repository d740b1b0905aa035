"""A package is read back after writing, and every way in which it may be wrong is told."""

import hashlib
import io
import zipfile

import pytest

from meetings.members.dossiers.packages.writing import (
    MANIFEST,
    Line,
    manifest,
    read_back,
    zipped,
)

PAPERS = {"a/02.Ly lich.pdf": b"one", "a/05.Quyet dinh.pdf": b"two" * 1000}
SCAN, PAGES = "5ca0", {"5ca0": 4}


def line(path: str, place: int, page: int, **changes: str) -> Line:
    content = PAPERS.get(path, b"")
    told = {"file_sha256": hashlib.sha256(content).hexdigest(), "before": "x", "after": "x"}
    return Line(path, place, "1-1", page, 0, SCAN, **told | changes)


@pytest.fixture
def lines() -> list[Line]:
    first, second = PAPERS
    out = Line("", 0, "1-1", 4, 0, SCAN, left="chua duyet")
    return [line(first, 1, 1), line(first, 2, 2), line(second, 1, 3), out]


def package(lines: list[Line], papers: dict[str, bytes] = PAPERS) -> io.BytesIO:
    parts = zipped([*papers.items(), (MANIFEST, manifest(lines))])
    return io.BytesIO(b"".join(parts))


def test_a_package_is_an_archive_that_comes_in_parts_and_holds_what_was_put_in(lines):
    parts = list(zipped([*PAPERS.items(), (MANIFEST, manifest(lines))]))
    assert len(parts) == 4
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
        assert archive.testzip() is None
        assert {n: archive.read(n) for n in PAPERS} == PAPERS
        assert archive.namelist()[-1] == MANIFEST


def test_what_was_read_back_is_counted(lines):
    found = read_back(package(lines), PAGES)
    assert (found.files, found.pages, found.left_out, found.faults) == (2, 3, 1, [])


def test_a_file_with_other_bytes_or_none_at_all_is_a_fault(lines):
    first, second = PAPERS
    for papers in ({**PAPERS, second: b"other"}, {first: PAPERS[first]}, {**PAPERS, "c": b""}):
        assert "digests" in read_back(package(lines, papers), PAGES).faults


def test_a_page_that_is_missing_or_there_twice_is_a_fault(lines):
    assert read_back(package(lines[:-1]), PAGES).faults == ["pages"]
    assert read_back(package([*lines, lines[-1]]), PAGES).faults == ["pages"]
    assert read_back(package(lines), {SCAN: 5}).faults == ["pages"]
    assert read_back(package(lines), {**PAGES, "other": 1}).faults == ["pages"]


def test_a_page_that_is_not_the_one_of_the_scan_is_a_fault(lines):
    for wrong in ("y", ""):
        first = line(lines[0].path, 1, 1, after=wrong, before=wrong and "x")
        assert read_back(package([first, *lines[1:]]), PAGES).faults == ["untouched"]


def test_what_is_no_archive_or_has_no_manifest_is_a_fault():
    assert read_back(io.BytesIO(b"nothing"), PAGES).faults == ["unreadable"]
    bare = io.BytesIO(b"".join(zipped(PAPERS.items())))
    assert read_back(bare, PAGES).faults == ["unreadable"]
