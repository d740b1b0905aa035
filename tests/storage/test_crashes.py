"""What a kill, a full disk and a cut cable leave behind."""

import itertools
import os
import shutil
import subprocess
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from storage import NoSpace, Store, new_key
from storage.blob import CHUNK

KEY = new_key()


@pytest.fixture
def tiny(tmp_path):
    """Return a store on a real disk of 4 MiB, with one blob."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk")
    store = Store(tmp_path, floor=0)
    store.put_bytes(b"noise", key=KEY)
    yield store
    subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.mark.parametrize("floor", [0, CHUNK])
def test_a_full_disk_refuses_and_keeps_what_it_had(tiny, floor):
    tiny.floor = floor
    before = list(tiny.digests())
    with pytest.raises(NoSpace):
        tiny.put((bytes(CHUNK) for _ in range(8)), key=KEY)
    assert list((tiny.folder / "tmp").iterdir()) == []
    assert list(tiny.digests()) == before
    assert tiny.read(before[0], key=KEY) == b"noise"


def test_a_file_that_would_cross_the_floor_is_refused_and_a_smaller_one_is_not(tiny):
    tiny.floor = shutil.disk_usage(tiny.folder).free - CHUNK
    with pytest.raises(NoSpace):
        tiny.put_bytes(bytes(CHUNK), key=KEY)
    assert tiny.has(tiny.put_bytes(bytes(CHUNK // 2), key=KEY).digest)


def test_a_disk_with_room_again_takes_files_again(tiny):
    big = tiny.put((bytes(CHUNK) for _ in range(3)), key=KEY)
    with pytest.raises(NoSpace):
        tiny.put_bytes(bytes(CHUNK), key=KEY)
    tiny.remove(big.digest)
    assert tiny.read(tiny.put_bytes(bytes(CHUNK), key=KEY).digest, key=KEY) == bytes(CHUNK)


def test_a_disk_that_fills_without_warning_refuses_too(tiny, plenty):
    tiny.floor = -(1 << 40)
    with pytest.raises(NoSpace, match="No space left"):
        tiny.put([plenty, plenty], key=KEY)
    assert list((tiny.folder / "tmp").iterdir()) == []
    assert len(list(tiny.digests())) == 1


def test_a_put_killed_anywhere_leaves_whole_blobs_and_drafts_only(store, drafts, kill):
    whole = store.put_bytes(b"noise", key=KEY).digest
    data = bytes(CHUNK + 1)
    drafted = 0
    for step in itertools.count():
        if not kill(partial(store.put_bytes, data, key=KEY), step):
            break
        drafted += bool(drafts())
        store.sweep(timedelta(0))
        assert drafts() == []
        blobs = {digest: store.read(digest, key=KEY) for digest in store.digests()}
        assert blobs.pop(whole) == b"noise"
        assert set(blobs.values()) <= {data}
        for digest in blobs:
            store.remove(digest)
    assert step > 60
    assert drafted > 20


def test_a_blob_whose_digest_was_told_survives_a_kill(store, kill):
    told, tell = os.pipe()

    def put_and_tell():
        os.write(tell, store.put_bytes(b"plain", key=KEY).digest.encode())
        store.put_bytes(b"more", key=KEY)

    lines = next(step for step in itertools.count(60, 20) if not kill(put_and_tell, step))
    os.read(told, 65536)
    assert kill(put_and_tell, lines - 30)
    digest = os.read(told, 65536).decode()
    assert store.read(digest, key=KEY) == b"plain"
    os.close(told)
    os.close(tell)


def test_a_remove_killed_anywhere_removes_one_blob_or_none(store, kill):
    kept = store.put_bytes(b"noise", key=KEY).digest
    for step in itertools.count():
        digest = store.put_bytes(b"plain", key=KEY).digest
        killed = kill(partial(store.remove, digest), step)
        assert kept in store.digests()
        if not killed:
            break
        assert set(store.digests()) <= {kept, digest}
        store.remove(digest)
        assert list(store.digests()) == [kept]
    assert not store.has(digest)
    assert step > 5


def test_a_blob_is_on_the_disk_before_its_digest_is_told(store, monkeypatch):
    events = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(handle):
        events.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    def note_replace(draft, target):
        events.append("rename")
        return replace(draft, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    stored = store.put_bytes(b"plain", key=KEY)
    path = store.ciphertext(stored.digest)
    made, draft, *rest = events
    assert made == store.folder
    assert draft.parent == store.folder / "tmp"
    assert rest == ["rename", path.parent, store.folder]
    events.clear()
    store.remove(stored.digest)
    assert events == [path.parent]
