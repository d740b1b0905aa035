import itertools
import os
import stat
from functools import partial

import pytest

from storage import KeyFolder, StorageError
from storage.key_folder import NAMES


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "instance" / "keys"


@pytest.fixture
def keys(folder):
    return KeyFolder.ensure(folder)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_four_different_keys(keys, folder):
    made = {"root": keys.root, "pepper": keys.pepper, "audit": keys.audit, "session": keys.session}
    assert files(folder) == made
    assert set(made) == set(NAMES)
    assert len(set(made.values())) == 4
    assert {len(key) for key in made.values()} == {32}


def test_keys_are_for_their_owner_alone(keys, folder):
    assert mode(folder) == 0o700
    assert {mode(folder / name) for name in NAMES} == {0o600}


def test_the_next_start_finds_the_same_keys(keys, folder):
    before = files(folder)
    assert KeyFolder.ensure(folder) == keys
    assert files(folder) == before


@pytest.mark.parametrize("absent", NAMES)
def test_only_an_absent_key_is_made(keys, folder, absent):
    before = files(folder)
    (folder / absent).unlink()
    KeyFolder.ensure(folder)
    after = files(folder)
    assert after.pop(absent) != before.pop(absent)
    assert after == before


def test_what_else_lies_in_the_folder_is_left_alone(keys, folder):
    (folder / "note").write_text("mine")
    KeyFolder.ensure(folder)
    assert files(folder)["note"] == b"mine"


def test_the_draft_of_a_killed_start_is_cleared(keys, folder):
    (folder / "draft-abc").write_bytes(bytes(32))
    KeyFolder.ensure(folder)
    assert set(files(folder)) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_the_wrong_length_is_refused(keys, folder, name, length):
    (folder / name).write_bytes(bytes(length))
    with pytest.raises(StorageError, match=rf"{name} is not 32 bytes long\. Put .* back"):
        getattr(keys, name)
    with pytest.raises(StorageError, match="not 32 bytes"):
        KeyFolder.ensure(folder)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("open_to", [0o640, 0o604, 0o620, 0o610, 0o601, 0o666])
def test_a_key_open_to_others_is_refused(keys, folder, name, open_to):
    (folder / name).chmod(open_to)
    with pytest.raises(StorageError, match=rf"Run: chmod 600 {folder / name}"):
        getattr(keys, name)
    with pytest.raises(StorageError, match="chmod 600"):
        KeyFolder.ensure(folder)


def test_a_key_that_its_owner_cannot_change_is_accepted(keys, folder):
    (folder / "root").chmod(0o400)
    assert keys.root == KeyFolder.ensure(folder).root


def test_an_absent_key_is_asked_for_by_its_name(keys, folder):
    (folder / "audit").unlink()
    with pytest.raises(StorageError, match=rf"{folder / 'audit'}: No such file.* Put it back"):
        _ = keys.audit
    assert len(keys.root) == 32


def test_a_link_to_a_medium_that_is_not_there_is_never_replaced_by_a_new_key(keys, folder):
    link = folder / "root"
    link.unlink()
    link.symlink_to(folder / "unplugged")
    with pytest.raises(StorageError, match="No such file"):
        KeyFolder.ensure(folder)
    assert link.is_symlink()


def test_processes_that_start_at_once_agree_on_the_keys(folder):
    start, go = os.pipe()
    answers, answer = os.pipe()
    children = [_starting(folder, start, go, answer) for _ in range(8)]
    for handle in (start, go, answer):
        os.close(handle)
    assert {os.waitpid(child, 0)[1] for child in children} == {0}
    with os.fdopen(answers, "rb") as said:
        seen = {said.read(128) for _ in children}
    assert seen == {all_of(KeyFolder(folder))}


def _starting(folder, start, go, answer):
    """Return a child that makes keys as soon as nobody holds `go` and tells which it found."""
    child = os.fork()
    if child == 0:
        try:
            os.close(go)
            os.read(start, 1)
            os.write(answer, all_of(KeyFolder.ensure(folder)))
            os._exit(0)
        finally:
            os._exit(1)
    return child


def all_of(keys):
    return keys.root + keys.pepper + keys.audit + keys.session


def test_a_start_killed_anywhere_is_finished_by_the_next_one(tmp_path, kill):
    for step in itertools.count():
        folder = tmp_path / str(step)
        if not kill(partial(KeyFolder.ensure, folder), step):
            break
        made = files(folder) if folder.exists() else {}
        KeyFolder.ensure(folder)
        finished = files(folder)
        assert set(finished) == set(NAMES)
        assert all(finished[name] == made[name] for name in NAMES if name in made)
    assert step > 50
