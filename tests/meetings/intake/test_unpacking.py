import json
import zipfile

import pytest

from meetings.intake import Limits, Reason, sandbox
from meetings.intake.archive import CHUNK, Member
from meetings.intake.unpacking import BrokenOff, unpack

MEMBER = {"member": {"number": 1, "name": "a.pdf", "folder": "", "reason": None}}


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("1/tờ trình.pdf", b"x" * (CHUNK + 1))
        file.writestr("2.pdf", b"y")
        file.writestr("3.pdf", b"z")
    return path


@pytest.fixture
def says(monkeypatch):
    """Let a child say what it is told to."""

    def say(*answers):
        monkeypatch.setattr(sandbox, "run", lambda *_asked, **_also: (a for a in answers))

    return say


def test_papers_come_through_the_sandbox_in_pieces_and_no_file_is_made(archive):
    before = sorted(archive.parent.iterdir())
    first, *parts, second, last = unpack(archive, range(1, 3))
    assert first == Member(number=1, name="tờ trình.pdf", folder="1")
    assert [len(part) for part in parts] == [CHUNK, 1]
    assert (second.name, last) == ("2.pdf", b"y")
    assert sorted(archive.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([MEMBER, MEMBER], Reason.BOMB),
        ([MEMBER, {"bytes": "eHh4eA=="}], Reason.BOMB),
        ([{"reason": "timed_out"}], Reason.TIMED_OUT),
        ([{"reason": "of its own"}], Reason.CRASHED),
        ([{"bytes": "no base64"}], Reason.CRASHED),
        ([{"bytes": 1}], Reason.CRASHED),
        ([{"member": json.loads("[]")}], Reason.CRASHED),
        ([{}], Reason.CRASHED),
    ],
)
def test_a_child_that_was_taken_over_says_no_more_than_the_limits_allow(
    archive, says, answers, reason
):
    says(*answers)
    with pytest.raises(BrokenOff) as broken:
        list(unpack(archive, range(1, 2), Limits(unpacked_bytes=3)))
    assert broken.value.reason is reason


def test_what_the_limits_allow_just_passes(archive, says):
    says(MEMBER, {"bytes": "eHh4"})
    assert list(unpack(archive, range(1, 2), Limits(unpacked_bytes=3)))[1] == b"xxx"
