import zlib

import pytest

from meetings.intake.signatures import is_signed

PACKED = b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
OBJECT = b"2 0 << /Type /Sig /ByteRange [0 1 2 3] >>"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.pdf"


@pytest.mark.parametrize(
    ("content", "signed"),
    [
        (b"%PDF-1.7 << /ByteRange [0 1] >>", True),
        (b"%PDF-1.7 << /Byte#52ange [0 1] >>", True),
        (PACKED + zlib.compress(OBJECT) + b"\nendstream", True),
        (PACKED + zlib.compress(b"2 0 << /Type /Font >>") + b"\nendstream", False),
        (PACKED + b"damaged" + b"\nendstream", False),
        (b"", False),
    ],
)
def test_a_claim_is_seen_however_it_is_written(path, content, signed):
    path.write_bytes(content)
    assert is_signed(path) is signed


def test_a_bomb_in_a_compressed_object_is_opened_only_so_far(path):
    path.write_bytes(PACKED + zlib.compress(b" " * 50_000_000 + OBJECT))
    assert not is_signed(path)
