import stat
from pathlib import Path

import pytest

from storage.durable import DRAFT, draft, make_folder, place, sync_folder

OPEN_FILES = Path("/proc/self/fd")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_draft_is_readable_by_its_owner_alone(tmp_path):
    with draft(tmp_path) as file:
        path = Path(file.name)
        assert path.parent == tmp_path
        assert path.name.startswith(DRAFT)
        assert mode(path) == 0o600


def test_a_draft_that_was_not_placed_is_gone(tmp_path):
    (tmp_path / "noise").touch()
    with draft(tmp_path) as file:
        file.write(b"half")
    assert [path.name for path in tmp_path.iterdir()] == ["noise"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_draft_is_gone_after_any_failure(tmp_path, error):
    def fail():
        with draft(tmp_path) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_placed_draft_stays_under_its_name_only(tmp_path):
    target = tmp_path / "target"
    with draft(tmp_path) as file:
        file.write(b"whole")
        place(file, target)
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"whole"
    assert mode(target) == 0o600


def test_content_is_on_the_disk_before_its_name_and_the_name_before_the_answer(tmp_path, disk):
    target = tmp_path / "folder" / "target"
    target.parent.mkdir()
    with draft(tmp_path) as file:
        file.write(b"whole")
        place(file, target)
    written = Path(file.name)
    assert disk == [("fsync", written), ("rename", target), ("fsync", target.parent)]


def test_missing_folders_are_made_for_their_owner_and_made_sure_of_from_the_top(tmp_path, disk):
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    assert mode(folder) == mode(folder.parent) == 0o700
    assert disk == [("fsync", tmp_path), ("fsync", folder.parent)]


def test_a_folder_that_is_there_is_left_alone(tmp_path, disk):
    tmp_path.chmod(0o750)
    make_folder(tmp_path)
    assert mode(tmp_path) == 0o750
    assert disk == []


def test_making_sure_of_a_folder_leaves_no_handle_open(tmp_path):
    before = len(list(OPEN_FILES.iterdir()))
    sync_folder(tmp_path)
    with pytest.raises(NotADirectoryError):
        sync_folder(Path(__file__))
    assert len(list(OPEN_FILES.iterdir())) == before
