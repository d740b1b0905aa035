from pathlib import Path

import pytest

from meetings.backup import recovery
from meetings.backup.errors import BackupError


@pytest.fixture
def plain(tmp_path):
    file = tmp_path / "plain"
    file.write_bytes(b"plain bytes " * 99999)
    return file


@pytest.fixture
def closed(plain, pair, tmp_path):
    with plain.open("rb") as source, (tmp_path / "closed").open("wb") as target:
        record = recovery.close_up(source, target, public=pair[1])
    assert record.size == (tmp_path / "closed").stat().st_size
    return tmp_path / "closed"


def test_the_secret_half_opens_what_the_public_half_closed(plain, closed, identity, tmp_path):
    with (tmp_path / "opened").open("wb") as target:
        recovery.open_up(closed, target, identity=recovery.read_identity(identity))
    assert (tmp_path / "opened").read_bytes() == plain.read_bytes()
    assert b"plain bytes" not in closed.read_bytes()


def test_a_new_secret_half_is_on_the_disk_before_the_public_one_is_told(tmp_path, disk):
    recovery.make_pair(tmp_path / "key")
    assert disk == [("fsync", tmp_path / "key"), ("fsync", tmp_path)]


def test_another_secret_half_does_not(closed, tmp_path):
    recovery.make_pair(tmp_path / "other")
    other = recovery.read_identity(tmp_path / "other")
    with (
        (tmp_path / "opened").open("wb") as target,
        pytest.raises(BackupError, match="does not open it"),
    ):
        recovery.open_up(closed, target, identity=other)


def test_a_changed_byte_is_refused(closed, identity, flip, tmp_path):
    flip(closed, 700_000 * 8)
    with (
        (tmp_path / "opened").open("wb") as target,
        pytest.raises(BackupError, match="closed: "),
    ):
        recovery.open_up(closed, target, identity=recovery.read_identity(identity))


def test_the_disk_that_is_full_is_an_error_of_the_disk(plain, closed, pair, identity):
    with Path("/dev/full").open("wb", buffering=0) as full:
        with plain.open("rb") as source, pytest.raises(OSError, match="No space left"):
            recovery.close_up(source, full, public=pair[1])
        with pytest.raises(OSError, match="No space left"):
            recovery.open_up(closed, full, identity=recovery.read_identity(identity))


def test_the_secret_half_is_for_its_owner_only_and_never_written_over(tmp_path):
    public = recovery.make_pair(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    text = (tmp_path / "key").read_text()
    assert public in text
    with pytest.raises(BackupError, match="exists"):
        recovery.make_pair(tmp_path / "key")
    assert (tmp_path / "key").read_text() == text


def test_a_secret_half_may_be_typed_in_from_paper(identity, tmp_path):
    [secret] = [line for line in identity.read_text().splitlines() if line.startswith("AGE-")]
    (tmp_path / "typed").write_text(f"\n  {secret}  \n")
    assert str(recovery.read_identity(tmp_path / "typed")) == secret


@pytest.mark.parametrize("content", [b"", b"AGE-SECRET-KEY-1XYZ", b"\xff\xfe"])
def test_a_file_without_a_secret_half_is_said(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(BackupError, match="key"):
        recovery.read_identity(tmp_path / "key")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BackupError, match="cannot be read"):
        recovery.read_identity(tmp_path / "nowhere")


def test_each_key_has_its_fingerprint(pair, tmp_path):
    assert recovery.fingerprint(pair[1]) == recovery.fingerprint(pair[1])
    assert recovery.fingerprint(pair[1]) != recovery.fingerprint(recovery.make_pair(tmp_path / "k"))
