import zipfile
from io import BytesIO

import pytest

from meetings.documents.unpacking import services
from meetings.documents.unpacking.services import is_archive, unpacked
from meetings.intake import Limits, Reason
from meetings.intake.archive import Member
from meetings.intake.unpacking import BrokenOff
from tests import papers


@pytest.fixture
def zipped(installation):
    """Return a maker of archives in quarantine."""

    def make(*names, content=b"x", packed=False):
        held, method = BytesIO(), zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with zipfile.ZipFile(held, "w", method) as file:
            for each in names:
                file.writestr(each, content)
        return papers.received(installation, held.getvalue(), "Tài liệu.zip")

    return make


@pytest.fixture
def folder(installation):
    return installation.settings.quarantine_folder


def content(piece):
    with piece.draft.received(piece.name).open() as file:
        return file.read()


def test_the_name_alone_says_what_is_to_be_unpacked():
    assert is_archive("Tài liệu.ZIP")
    assert not is_archive("Tài liệu.zip.pdf")


def test_files_are_sealed_each_with_the_archive_as_its_outermost_folder(zipped, folder):
    made = unpacked(zipped("1/a.pdf", "b.pdf", "in.zip"), folder, Limits())
    first, second, inner = list(made)
    assert (first.name, first.folder, content(first)) == ("a.pdf", "Tài liệu/1", b"x")
    assert (second.name, second.folder) == ("b.pdf", "Tài liệu")
    assert (inner.reason, inner.draft._file.closed) == (Reason.NESTED, True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_few_files_are_open_at_a_time_and_none_is_lost(zipped, folder, monkeypatch, count):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    names = [f"{number}.pdf" for number in range(count)]
    assert [piece.name for piece in unpacked(zipped(*names), folder, Limits())] == names


@pytest.mark.parametrize(("spare", "works"), [(0, True), (-1, False)])
def test_a_file_of_an_archive_may_be_as_large_as_any_other(zipped, folder, spare, works):
    limits = Limits(bytes=2000 + spare)
    (piece,) = unpacked(zipped("a.txt", content=bytes(2000), packed=True), folder, limits)
    assert (piece.draft.problem is None) is works
    piece.draft.close()


def test_a_file_that_fails_while_it_is_unpacked_is_named_with_its_reason(
    zipped, folder, monkeypatch
):
    good = Member(number=1, name="a.pdf")
    parts = (good, b"half", Member(number=1, name="a.pdf", reason=Reason.DAMAGED))
    monkeypatch.setattr(services, "unpack", lambda *_asked: (part for part in parts))
    (piece,) = unpacked(zipped("a.pdf"), folder, Limits())
    assert (piece.name, piece.reason) == ("a.pdf", Reason.DAMAGED)


def test_what_was_whole_before_an_archive_broke_off_is_kept(zipped, folder, monkeypatch):
    def break_off(*_asked):
        yield Member(number=1, name="a.pdf")
        yield b"whole"
        yield Member(number=2, name="b.pdf")
        raise BrokenOff(Reason.TIMED_OUT)

    monkeypatch.setattr(services, "unpack", break_off)
    pieces = unpacked(zipped("a.pdf", "b.pdf"), folder, Limits())
    assert content(next(pieces)) == b"whole"
    with pytest.raises(BrokenOff):
        next(pieces)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError, Reason.TIMED_OUT),
        (MemoryError, Reason.OUT_OF_MEMORY),
        (BrokenOff(Reason.CRASHED), Reason.CRASHED),
    ],
)
def test_an_archive_that_cannot_be_looked_into_is_refused(
    zipped, folder, monkeypatch, error, reason
):
    def fail(*_asked):
        raise error

    received = zipped("a.pdf")
    monkeypatch.setattr(services, "inspect_file", fail)
    with pytest.raises(BrokenOff) as broken:
        next(unpacked(received, folder, Limits()))
    assert broken.value.reason is reason


def test_an_archive_that_breaks_before_its_first_file_leaves_nothing(zipped, folder, monkeypatch):
    def fail(*_asked):
        raise BrokenOff(Reason.CRASHED)
        yield

    monkeypatch.setattr(services, "unpack", fail)
    with pytest.raises(BrokenOff):
        next(unpacked(zipped("a.pdf"), folder, Limits()))


def test_more_files_than_the_limit_are_refused_before_any_is_unpacked(zipped, folder):
    received = zipped("a.pdf", "b.pdf", "c.pdf")
    assert len(list(unpacked(received, folder, Limits(members=3)))) == 3
    with pytest.raises(BrokenOff) as broken:
        next(unpacked(received, folder, Limits(members=2)))
    assert broken.value.reason is Reason.TOO_MANY_FILES
