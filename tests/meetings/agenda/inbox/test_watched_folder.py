"""What is seen in a watched folder, and what becomes of it there."""

import os

import pytest

from meetings.agenda.inbox.arrivals import Unreachable
from meetings.agenda.inbox.folder import ASIDE, WatchedFolder, code_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("28-11 Ban Thường vụ 3fa9c1d2", "3fa9c1d2"),
        ("[3FA9C1D2] Báo cáo", "3fa9c1d2"),
        ("Re: 3fa9c1d2: tài liệu", "3fa9c1d2"),
        ("Ban Thường vụ", None),
        ("3fa9c1d", None),
        ("3fa9c1d2e", None),
        ("01a21b08-54bb-76dc-a6f3-e2f8284ebb3e", None),
        ("", None),
    ],
)
def test_a_code_is_eight_digits_that_stand_alone(text, code):
    assert code_in(text) == code


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "28-11 Ban Thường vụ 3fa9c1d2"
    place.mkdir()
    return place


def seen(root, **more):
    return list(WatchedFolder(root, calm=0, **more).arrivals())


def test_files_in_the_folders_of_meetings_are_seen_with_the_way_to_them(tmp_path, place):
    (place / "a.txt").write_text("một")
    (place / "2. Ngân sách" / "phụ lục").mkdir(parents=True)
    (place / "2. Ngân sách" / "phụ lục" / "b.txt").write_text("hai")
    (tmp_path / "chung").mkdir()
    (tmp_path / "chung" / "c.txt").write_text("không mã")
    (tmp_path / "d.txt").write_text("ngoài mọi thư mục")
    first, second = sorted(seen(tmp_path), key=lambda arrival: arrival.name)
    assert (first.name, first.folder, first.code) == ("a.txt", "", "3fa9c1d2")
    assert (second.name, second.folder) == ("b.txt", "2. Ngân sách/phụ lục")
    with second.open() as file:
        assert file.read() == b"hai"
    assert (first.size, second.size) == (len("một".encode()), 3)
    assert first.key != second.key


def test_links_hidden_files_and_what_was_set_aside_are_no_arrivals(tmp_path, place):
    secret = tmp_path / "ngoài.txt"
    secret.write_text("của người khác")
    (place / "link.txt").symlink_to(secret)
    (place / ".~lock").write_text("x")
    (place / ASIDE).mkdir()
    (place / ASIDE / "cũ.txt").write_text("x")
    os.mkfifo(place / "ống")
    assert seen(tmp_path) == []


def test_a_file_that_becomes_a_link_is_not_followed(tmp_path, place):
    (place / "a.txt").write_text("một")
    (arrival,) = seen(tmp_path)
    (place / "a.txt").unlink()
    (place / "a.txt").symlink_to(tmp_path / "ngoài.txt")
    with pytest.raises(OSError, match="symbolic"), arrival.open():
        pass


def test_a_file_that_is_still_written_waits(tmp_path, place):
    (place / "a.txt").write_text("một")
    assert list(WatchedFolder(tmp_path).arrivals()) == []
    os.utime(place / "a.txt", (1, 1))
    assert len(list(WatchedFolder(tmp_path).arrivals())) == 1


def test_what_was_kept_is_removed_and_what_was_refused_set_aside_under_a_free_name(tmp_path, place):
    for content in ("một", "hai"):
        (place / "a.txt").write_text(content)
        (place / "b.txt").write_text(content)
        a, b = sorted(seen(tmp_path), key=lambda arrival: arrival.name)
        a.settle(True)
        a.settle(True)
        b.settle(False)
    assert sorted(path.name for path in (place / ASIDE).iterdir()) == ["b (2).txt", "b.txt"]
    assert (place / ASIDE / "b.txt").read_text() == "một"
    assert [path.name for path in place.iterdir()] == [ASIDE]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Unreachable):
        seen(tmp_path / "mất")
