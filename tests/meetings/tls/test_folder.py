"""Files are whole or as before, and what cannot be read or written is named."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from meetings.tls import errors
from meetings.tls import folder as folder_module
from meetings.tls.errors import TlsError
from meetings.tls.folder import TlsFolder, read_certificate, read_key

RUBBISH = [b"", b"rubbish", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]


def refusal(read, file) -> TlsError:
    with pytest.raises(TlsError) as refused:
        read(file)
    assert refused.value.facts["file"] == file
    return refused.value


@pytest.mark.parametrize("read", [read_certificate, read_key])
def test_a_file_that_is_not_there_is_none(folder, read):
    assert read(folder.server) is None


@pytest.mark.parametrize("read", [read_certificate, read_key])
@pytest.mark.parametrize("content", RUBBISH)
def test_a_damaged_file_is_named(tmp_path, read, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    assert refusal(read, file).sentence == errors.DAMAGED


def test_a_key_of_another_kind_is_refused(tmp_path):
    file = tmp_path / "file"
    key = ed25519.Ed25519PrivateKey.generate()
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert refusal(read_key, file).sentence == errors.DAMAGED


@pytest.mark.parametrize("read", [read_certificate, read_key])
def test_a_file_that_cannot_be_read_is_named_with_its_problem(tmp_path, read):
    refused = refusal(read, tmp_path)
    assert (refused.sentence, refused.facts["problem"]) == (errors.DISK, "Is a directory")


def test_a_folder_that_cannot_be_made_is_named_with_its_problem(tmp_path):
    (tmp_path / "instance").write_text("a file in the way")
    folder = TlsFolder.of(tmp_path / "instance")
    with pytest.raises(TlsError) as refused:
        folder.write(folder.sheet, b"sheet")
    assert refused.value.sentence == errors.DISK
    assert str(folder.sheet) in str(refused.value)


def test_a_write_that_breaks_off_leaves_the_old_file(folder, monkeypatch):
    folder.write(folder.sheet, b"old")

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder_module, "place", full)
    with pytest.raises(TlsError, match="No space left"):
        folder.write(folder.sheet, b"new")
    assert folder.sheet.read_bytes() == b"old"
    assert list(folder.path.iterdir()) == [folder.sheet]


def test_key_and_certificate_of_the_server_lie_in_one_file(folder, init):
    made = init()
    assert read_key(folder.server).public_key() == made.server.public_key()
