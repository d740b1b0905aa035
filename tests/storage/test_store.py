import errno
import hashlib
import io
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import Corrupt, Missing, NoSpace, Store, WrongKey, new_key
from storage.blob import CHUNK

KEY = new_key()
ABSENT = "0" * 64
NO_NAMES = [
    *["", "..", "../../etc/passwd", "/etc/passwd", "tmp", "ab", "ab/" + "a" * 61, "g" * 64],
    *["a" * 63, "a" * 65, "A" * 64, "a" * 64 + "\n", "\n" + "a" * 63, "٣" * 64, "a" * 63 + "\0"],
]


@pytest.fixture
def stored(store):
    """One blob, beside another one."""
    store.put_bytes(b"noise", key=KEY)
    return store.put_bytes(b"plain", key=KEY)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return Store(tmp_path_factory.mktemp("shared"), floor=0)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@settings(deadline=None, max_examples=50)
@given(data=st.binary(), key=st.binary(min_size=32, max_size=32))
def test_any_bytes_come_back_under_their_key(shared, data, key):
    stored = shared.put_bytes(data, key=key)
    assert shared.read(stored.digest, key=key) == data
    assert (stored.plain_sha256, stored.plain_size) == (sha256(data), len(data))
    ciphertext = shared.ciphertext(stored.digest).read_bytes()
    assert (stored.digest, stored.size) == (sha256(ciphertext), len(ciphertext))


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK + 4321])
def test_a_file_is_read_from_where_it_stands_to_its_end(store, plenty, size):
    source = io.BytesIO(b"before" + plenty[:size])
    source.seek(6)
    stored = store.put(source, key=KEY)
    assert store.read(stored.digest, key=KEY) == plenty[:size]
    assert stored.plain_size == size


def test_a_file_is_read_in_pieces_never_by_lines_or_whole(store):
    asked = []

    class Source(io.BytesIO):
        def read(self, size=-1):
            asked.append(size)
            return super().read(size)

    store.put(Source(bytes(3 * CHUNK)), key=KEY)
    assert set(asked) == {CHUNK}


def test_what_an_iterable_yields_is_stored_as_one(store):
    stored = store.put((part for part in [b"Ngh", b"", b"is", b"u"]), key=KEY)
    assert store.read(stored.digest, key=KEY) == b"Nghisu"


def test_equal_files_never_share_a_blob(store):
    first, second = (store.put_bytes(b"the same", key=KEY) for _ in range(2))
    assert first.plain_sha256 == second.plain_sha256
    assert first.digest != second.digest
    assert set(store.digests()) == {first.digest, second.digest}


def test_nothing_plain_is_on_the_disk(store):
    secret = b"du kien nhan su " * 100
    store.put_bytes(secret, key=KEY)
    files = [path for path in store.folder.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert secret[:16] not in files[0].read_bytes()


def test_a_blob_lies_where_its_digest_says_for_the_owner_alone(store, stored):
    path = store.folder / stored.digest[:2] / stored.digest
    assert store.ciphertext(stored.digest) == path
    assert store.ciphertext_size(stored.digest) == stored.size == path.stat().st_size
    assert mode(path) == 0o600
    folders = [store.folder, *(path for path in store.folder.iterdir() if path.is_dir())]
    assert {mode(folder) for folder in folders} == {0o700}


def test_a_second_store_on_the_same_folder_sees_the_same_blobs(store, stored):
    again = Store(store.folder)
    assert list(again.digests()) == list(store.digests())
    assert again.read(stored.digest, key=KEY) == b"plain"


def test_an_opened_blob_reads_any_part(store, plenty):
    stored = store.put_bytes(plenty, key=KEY)
    with store.open(stored.digest, key=KEY) as reader:
        reader.seek(-10, io.SEEK_END)
        assert reader.read(5) == plenty[-10:-5]
        reader.seek(CHUNK - 2)
        assert reader.read(4) == plenty[CHUNK - 2 : CHUNK + 2]


def test_another_key_is_told_from_a_broken_blob(store, stored):
    with pytest.raises(WrongKey, match=f"{stored.digest}: the key does not open it"):
        store.read(stored.digest, key=new_key())
    path = store.ciphertext(stored.digest)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Corrupt, match=stored.digest):
        store.read(stored.digest, key=KEY)


def test_what_is_no_key_opens_nothing_and_leaves_no_file_open(store, stored):
    before = len(list(Path("/proc/self/fd").iterdir()))
    refused = []
    for key in (b"short", new_key()):
        with pytest.raises(WrongKey) as caught:
            store.open(stored.digest, key=key)
        refused.append(caught)  # keeps what was open at that moment from being collected
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert "32 bytes" in str(refused[0].value)


@settings(deadline=None, max_examples=50)
@given(at=st.integers(0), mask=st.integers(1, 255))
def test_any_changed_byte_is_noticed_with_and_without_the_key(shared, at, mask):
    stored = shared.put_bytes(b"plain", key=KEY)
    path = shared.ciphertext(stored.digest)
    changed = bytearray(path.read_bytes())
    changed[at % stored.size] ^= mask
    assert shared.verify(stored.digest)
    path.write_bytes(changed)
    assert not shared.verify(stored.digest)
    with pytest.raises(Corrupt):
        shared.read(stored.digest, key=KEY)
    shared.remove(stored.digest)


def test_another_blob_under_the_same_key_cannot_stand_in_a_blobs_place(store, stored):
    other = store.put_bytes(b"other", key=KEY)
    store.ciphertext(stored.digest).write_bytes(store.ciphertext(other.digest).read_bytes())
    assert not store.verify(stored.digest)
    with pytest.raises(Corrupt, match="another blob"):
        store.read(stored.digest, key=KEY)
    assert store.read(other.digest, key=KEY) == b"other"


def test_a_blob_is_there_until_it_is_removed(store, stored):
    assert store.has(stored.digest)
    store.remove(stored.digest)
    assert not store.has(stored.digest)
    assert len(list(store.digests())) == 1


@pytest.mark.parametrize("digest", [ABSENT, "f" * 64])
def test_removing_what_is_not_there_changes_nothing(store, stored, digest):
    before = list(store.digests())
    store.remove(digest)
    assert list(store.digests()) == before
    store.remove(stored.digest)
    store.remove(stored.digest)
    assert stored.digest not in store.digests()


@pytest.mark.parametrize("digest", [ABSENT, *NO_NAMES])
def test_what_is_not_there_is_missing(store, stored, digest):
    assert not store.has(digest)
    for ask in (store.ciphertext, store.ciphertext_size, store.verify):
        with pytest.raises(Missing):
            ask(digest)
    for ask in (store.read, store.open):
        with pytest.raises(Missing):
            ask(digest, key=KEY)


@pytest.mark.parametrize("digest", NO_NAMES)
def test_what_is_no_digest_is_never_a_path_to_remove(store, stored, digest):
    before = sorted(store.folder.rglob("*"))
    with pytest.raises(Missing, match="not the name of a blob"):
        store.remove(digest)
    assert sorted(store.folder.rglob("*")) == before


def test_the_names_of_all_blobs_come_in_order_and_nothing_else(store):
    stored = {store.put_bytes(bytes([number]), key=KEY).digest for number in range(40)}
    some = min(stored)
    wrong = store.folder / ("00" if some[:2] != "00" else "01")
    wrong.mkdir(exist_ok=True)
    (wrong / some).touch()
    (store.folder / some[:2] / "note").touch()
    (store.folder / some[:2] / (some[:2] + "a" * 62)).mkdir()
    (store.folder / "zz").touch()
    (store.folder / "tmp" / some).touch()
    assert list(store.digests()) == sorted(stored)


def test_an_empty_store_has_no_names(store):
    assert list(store.digests()) == []


def test_only_drafts_nobody_has_written_to_for_long_are_swept(store, stored, drafts):
    for name, hours in {"draft-old": 2, "draft-new": 0}.items():
        path = store.folder / "tmp" / name
        path.touch()
        then = path.stat().st_mtime - hours * 3600
        os.utime(path, (then, then))
    assert store.sweep(timedelta(hours=1)) == 1
    assert [path.name for path in drafts()] == ["draft-new"]
    assert store.sweep(timedelta(0)) == 1
    assert drafts() == []
    assert store.read(stored.digest, key=KEY) == b"plain"


def test_a_draft_that_somebody_else_sweeps_meanwhile_is_passed_over(store, drafts):
    (store.folder / "tmp" / "draft-gone").symlink_to("nowhere")
    (store.folder / "tmp" / "draft-old").touch()
    assert store.sweep(timedelta(0)) == 1
    assert [path.name for path in drafts()] == ["draft-gone"]


def test_a_source_that_fails_leaves_nothing_behind(store, stored, drafts):
    def source():
        yield bytes(CHUNK)
        yield bytes(CHUNK)
        raise ConnectionResetError

    before = list(store.digests())
    with pytest.raises(ConnectionResetError):
        store.put(source(), key=KEY)
    assert drafts() == []
    assert list(store.digests()) == before


def test_what_is_no_key_stores_nothing(store, drafts):
    with pytest.raises(WrongKey):
        store.put_bytes(b"plain", key=b"short")
    assert drafts() == list(store.digests()) == []


def test_the_floor_stays_free(store, stored, drafts):
    full = Store(store.folder, floor=1 << 62)
    with pytest.raises(NoSpace, match=f"{1 << 62} must stay so"):
        full.put_bytes(b"plain", key=KEY)
    assert drafts() == []
    assert full.read(stored.digest, key=KEY) == b"plain"


@pytest.mark.parametrize(
    "failure", [(errno.ENOSPC, NoSpace), (errno.EDQUOT, NoSpace), (errno.EIO, OSError)]
)
@pytest.mark.parametrize("healthy", [0, 1, 2, 3])
def test_a_disk_that_fails_is_not_asked_again(store, drafts, monkeypatch, failure, healthy):
    number, raised = failure
    asked = []

    def fsync(_handle):
        asked.append(number)
        if len(asked) > healthy:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(raised):
        store.put_bytes(b"plain", key=KEY)
    assert len(asked) == healthy + 1
    assert drafts() == []
    assert all(store.verify(digest) for digest in store.digests())


def test_threads_may_put_read_and_remove_at_once(store):
    def work(number):
        data = bytes([number]) * (number * 1000)
        kept, dropped = (store.put_bytes(data, key=KEY) for _ in range(2))
        store.remove(dropped.digest)
        assert store.read(kept.digest, key=KEY) == data
        return kept.digest

    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(work, range(64)))
    assert list(store.digests()) == sorted(kept)
    assert len(set(kept)) == 64
    assert all(map(store.verify, kept))
