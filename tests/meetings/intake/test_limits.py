"""Each limit is met just below and just above."""

import io
import zipfile

import pytest

from meetings.intake import archive
from meetings.intake.inspect import inspect
from meetings.intake.verdict import Limits, Reason


@pytest.mark.parametrize(("spare", "reason"), [(0, None), (1, None), (-1, Reason.TOO_LARGE)])
def test_a_file_may_be_as_large_as_the_limit(make_pdf, spare, reason):
    path = make_pdf("text")
    limits = Limits(bytes=path.stat().st_size + spare)
    assert inspect(path, "paper.pdf", limits).reason is reason


@pytest.mark.parametrize(("pages", "reason"), [(2, None), (3, None), (4, Reason.TOO_MANY_PAGES)])
def test_a_file_may_have_as_many_pages_as_the_limit(make_pdf, pages, reason):
    path = make_pdf(*["blank"] * pages)
    assert inspect(path, "paper.pdf", Limits(pages=3)).reason is reason


@pytest.fixture
def zipped(tmp_path):
    """Return a maker of archives of one paper of so many equal bytes."""

    def make(*sizes):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
            for number, size in enumerate(sizes):
                made.writestr(f"{number}.txt", bytes(size))
        path = tmp_path / "papers.zip"
        path.write_bytes(held.getvalue())
        return path

    return make


@pytest.mark.parametrize(("size", "reason"), [(5000, None), (5001, Reason.BOMB)])
def test_an_archive_may_be_dense_while_it_is_small(zipped, monkeypatch, size, reason):
    monkeypatch.setattr(archive, "SMALL", 5000)
    monkeypatch.setattr(archive, "RATIO", 2)
    assert archive.refusal(zipped(size)) is reason


@pytest.mark.parametrize(("size", "reason"), [(5000, None), (5001, Reason.BOMB)])
def test_an_archive_may_inflate_to_the_limit(zipped, size, reason):
    assert inspect(zipped(size), "a.zip", Limits(unpacked_bytes=5000)).reason is reason


@pytest.mark.parametrize(("count", "reason"), [(3, None), (4, Reason.TOO_MANY_FILES)])
def test_an_archive_may_hold_so_many_papers(zipped, count, reason):
    assert inspect(zipped(*[10] * count), "a.zip", Limits(members=3)).reason is reason


@pytest.mark.parametrize(("count", "reason"), [(3, None), (4, Reason.BOMB)])
def test_an_archive_may_have_so_many_members(zipped, monkeypatch, count, reason):
    monkeypatch.setattr(archive, "MEMBERS", 3)
    assert archive.refusal(zipped(*[10] * count)) is reason
