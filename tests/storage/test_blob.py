import io
import tracemalloc
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import BlobReader, Corrupt, WrongKey, new_key
from storage.blob import CHUNK, HEADER, MAGIC, SEALED, seal
from storage.keys import TAG

KEY = new_key()
EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - TAG, 3 * CHUNK]
SIZES = st.sampled_from(EDGES) | st.integers(0, 3 * CHUNK)
POSITIONS = st.integers(-5, 3 * CHUNK) | st.sampled_from(EDGES)


def blob_of(*parts, key=KEY):
    return b"".join(seal(parts, key=key))


def opened(blob, key=KEY):
    return BlobReader(io.BytesIO(blob), key=key)


def plain_of(blob, key=KEY):
    with opened(blob, key) as reader:
        return reader.read()


def parts_of(blob):
    """Return a blob's header and its sealed chunks."""
    body = blob[HEADER:]
    return blob[:HEADER], [body[at : at + SEALED] for at in range(0, len(body), SEALED)]


@pytest.fixture(scope="module")
def blob(plenty):
    """Four chunks, the last one short."""
    return blob_of(plenty)


@given(parts=st.lists(st.binary()))
def test_any_bytes_come_back(parts):
    assert plain_of(blob_of(*parts)) == b"".join(parts)


@settings(deadline=None, max_examples=50)
@given(size=SIZES, cuts=st.lists(SIZES, max_size=4))
def test_how_a_source_is_cut_into_parts_does_not_matter(plenty, size, cuts):
    ends = sorted(min(cut, size) for cut in [0, *cuts, size])
    parts = [plenty[start:end] for start, end in pairwise(ends)]
    sealed = blob_of(*parts)
    assert plain_of(sealed) == plenty[:size]
    assert len(sealed) == HEADER + size + TAG * max(1, -(-size // CHUNK))
    assert opened(sealed).size == size


@settings(deadline=None)
@given(start=SIZES, length=SIZES)
def test_any_range_is_the_same_slice_of_the_plain_bytes(plenty, blob, start, length):
    with opened(blob) as reader:
        assert reader.seek(start) == start
        assert reader.read(length) == plenty[start : start + length]
        assert reader.tell() == min(start + length, len(plenty))


STEPS = st.one_of(
    st.tuples(st.just("read"), st.none() | POSITIONS),
    st.tuples(st.just("seek"), SIZES),
    st.tuples(st.just("seek"), POSITIONS, st.sampled_from([io.SEEK_CUR, io.SEEK_END])),
    st.tuples(st.just("tell")),
)


@settings(deadline=None, max_examples=50)
@given(steps=st.lists(STEPS, max_size=8))
def test_a_reader_behaves_like_any_binary_file(plenty, blob, steps):
    model = io.BytesIO(plenty)
    with opened(blob) as reader:
        for name, *arguments in steps:
            if arguments[1:] and model.tell() + arguments[0] < 0:
                arguments[0] = 0
            assert getattr(reader, name)(*arguments) == getattr(model, name)(*arguments)


def test_the_format_is_what_the_module_says(plenty):
    header, chunks = parts_of(blob_of(plenty[: CHUNK + 5]))
    assert header[:8] == b"NGHISU\x00\x01"
    nonces = [header[8:] + b"\x00\x00\x00\x00", header[8:] + b"\x80\x00\x00\x01"]
    plain = [AESGCM(KEY).decrypt(*pair, header) for pair in zip(nonces, chunks, strict=True)]
    assert plain == [plenty[:CHUNK], plenty[CHUNK : CHUNK + 5]]


def test_equal_bytes_become_different_blobs(plenty):
    first, second = (parts_of(blob_of(plenty)) for _ in range(2))
    assert first[0] != second[0]
    assert not set(first[1]) & set(second[1])


@settings(deadline=None)
@given(data=st.data(), mask=st.integers(1, 255))
def test_any_changed_byte_is_noticed(blob, data, mask):
    edges = st.sampled_from([0, 7, 8, HEADER, HEADER + SEALED - 1, HEADER + SEALED, len(blob) - 1])
    at = data.draw(edges | st.integers(0, len(blob) - 1))
    changed = bytearray(blob)
    changed[at] ^= mask
    with pytest.raises(Corrupt):
        plain_of(bytes(changed))


@settings(deadline=None)
@given(data=st.data())
def test_a_cut_blob_is_refused_before_its_first_byte(blob, data):
    chunks = [HEADER + n * SEALED + shift for n in range(4) for shift in (-1, 0, 1, TAG)]
    length = data.draw(st.sampled_from(chunks) | st.integers(0, len(blob) - 1))
    with pytest.raises(Corrupt):
        opened(blob[:length])


@settings(deadline=None, max_examples=25)
@given(more=st.binary(min_size=1) | st.just(bytes(SEALED)))
def test_a_lengthened_blob_is_refused_before_its_first_byte(blob, more):
    with pytest.raises(Corrupt):
        opened(blob + more)


@pytest.mark.parametrize(
    "order",
    [[1, 0, 2, 3], [0, 2, 1, 3], [0, 2, 3], [1, 2, 3], [0, 0, 1, 2, 3], [0, 1, 1, 3], [3], [0, 3]],
)
def test_chunks_that_change_places_or_are_dropped_or_doubled_are_noticed(plenty, blob, order):
    header, chunks = parts_of(blob)
    assert plain_of(header + b"".join(chunks)) == plenty
    with pytest.raises(Corrupt):
        plain_of(header + b"".join(chunks[index] for index in order))


@pytest.mark.parametrize("index", range(4))
def test_a_chunk_of_another_blob_under_the_same_key_is_noticed(plenty, blob, index):
    header, chunks = parts_of(blob)
    chunks[index] = parts_of(blob_of(plenty))[1][index]
    with pytest.raises(Corrupt, match=f"chunk {index} of 4"):
        plain_of(header + b"".join(chunks))


def test_a_length_has_one_form_only():
    cipher, header = AESGCM(KEY), MAGIC + bytes(8)
    full = cipher.encrypt(header[8:] + b"\x00\x00\x00\x00", bytes(CHUNK), header)
    empty = cipher.encrypt(header[8:] + b"\x80\x00\x00\x01", b"", header)
    with pytest.raises(Corrupt, match="cut"):
        opened(header + full + empty)


def test_a_file_of_another_kind_is_refused(blob):
    with pytest.raises(Corrupt, match="not a blob"):
        opened(b"%PDF-1.7" + blob[len(MAGIC) :])


def test_a_blob_of_a_later_version_is_refused(blob):
    with pytest.raises(Corrupt, match="not a blob"):
        opened(b"NGHISU\x00\x02" + blob[len(MAGIC) :])


def test_another_key_opens_nothing(blob):
    with pytest.raises(Corrupt):
        opened(blob, key=new_key())


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_only_32_bytes_are_a_key(blob, length):
    with pytest.raises(WrongKey):
        blob_of(b"plain", key=bytes(length))
    with pytest.raises(WrongKey):
        opened(blob, key=bytes(length))


def test_only_the_chunks_that_are_asked_for_are_decrypted(plenty, blob):
    header, chunks = parts_of(blob)
    chunks[1] = bytes(SEALED)
    with opened(header + b"".join(chunks)) as reader:
        assert reader.read(CHUNK) == plenty[:CHUNK]
        with pytest.raises(Corrupt, match="chunk 1 of 4"):
            reader.read(1)
        assert reader.seek(2 * CHUNK) == 2 * CHUNK
        assert reader.read() == plenty[2 * CHUNK :]


def test_small_reads_in_one_chunk_decrypt_it_once(plenty, blob):
    file = io.BytesIO(blob)
    with BlobReader(file, key=KEY) as reader:
        assert reader.read(10) == plenty[:10]
        file.truncate(0)
        assert reader.read(10) == plenty[10:20]


def test_a_blob_cut_while_it_is_open_is_noticed(blob):
    file = io.BytesIO(blob)
    with BlobReader(file, key=KEY) as reader:
        file.truncate(HEADER + 2 * SEALED + 5)
        assert len(reader.read(2 * CHUNK)) == 2 * CHUNK
        with pytest.raises(Corrupt):
            reader.read(1)


def test_reading_one_chunk_at_a_time_stops_at_its_end(plenty, blob):
    with opened(blob) as reader:
        reader.seek(CHUNK - 3)
        assert reader.read1() == plenty[CHUNK - 3 : CHUNK]
        assert reader.read1(5) == plenty[CHUNK : CHUNK + 5]
        assert len(reader.read1(2 * CHUNK)) == CHUNK - 5


def test_a_reader_fits_where_a_file_does():
    lines = ["Nghị quyết\n", "Kết luận\n"] * 5000
    text = io.TextIOWrapper(opened(blob_of("".join(lines).encode())), encoding="utf-8")
    assert text.seekable()
    assert text.readable()
    assert not text.writable()
    assert list(text) == lines
    buffer = bytearray(6)
    assert opened(blob_of(b"abc")).readinto(buffer) == 3
    assert buffer == b"abc\0\0\0"


@pytest.mark.parametrize(
    ("offset", "whence"), [(-1, io.SEEK_SET), (-1, io.SEEK_CUR), (-6, io.SEEK_END), (0, 3), (9, 9)]
)
def test_no_position_lies_before_the_start(offset, whence):
    with opened(blob_of(b"plain")) as reader:
        with pytest.raises(ValueError, match=f"no position {offset} from {whence}"):
            reader.seek(offset, whence)
        assert reader.tell() == 0


def test_a_closed_reader_has_closed_its_file_and_reads_no_more():
    file = io.BytesIO(blob_of(b"plain"))
    reader = BlobReader(file, key=KEY)
    assert reader.read(1) == b"p"
    reader.close()
    assert file.closed
    with pytest.raises(ValueError, match="closed"):
        reader.read()
    reader.close()


def test_sealing_and_reading_hold_a_few_chunks_whatever_the_length():
    part = bytes(CHUNK // 2)
    file = io.BytesIO(bytes(HEADER + 24 * SEALED))
    tracemalloc.start()
    try:
        for piece in seal((part for _ in range(48)), key=KEY):
            file.write(piece)
        file.seek(0)
        reader = BlobReader(file, key=KEY)
        assert sum(len(reader.read(9000)) for _ in range(2800)) == 24 * CHUNK
        assert tracemalloc.get_traced_memory()[1] < 6 * CHUNK
    finally:
        tracemalloc.stop()
