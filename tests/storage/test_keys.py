import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import WrongKey, new_key, unwrap, wrap

KEYS = st.binary(min_size=32, max_size=32)
CONTEXT = b"compartment 1"


def test_new_keys_are_32_bytes_and_never_the_same():
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


@given(key=KEYS, by=KEYS, context=st.binary())
def test_any_key_comes_out_as_it_was_wrapped(key, by, context):
    assert unwrap(wrap(key, by=by, context=context), by=by, context=context) == key


def test_a_wrapped_key_does_not_show_the_key_and_is_new_each_time():
    key, by = new_key(), new_key()
    first, second = (wrap(key, by=by, context=CONTEXT) for _ in range(2))
    assert first != second
    assert len(first) == len(second) == 60
    assert key not in first


@given(at=st.integers(0, 59), mask=st.integers(1, 255))
def test_a_wrapped_key_with_any_byte_changed_is_refused(at, mask):
    by = new_key()
    wrapped = bytearray(wrap(new_key(), by=by, context=CONTEXT))
    wrapped[at] ^= mask
    with pytest.raises(WrongKey):
        unwrap(bytes(wrapped), by=by, context=CONTEXT)


@pytest.fixture
def by():
    return new_key()


@pytest.fixture
def wrapped(by):
    return wrap(new_key(), by=by, context=CONTEXT)


def test_another_key_does_not_unwrap(wrapped):
    with pytest.raises(WrongKey, match="another key or context"):
        unwrap(wrapped, by=new_key(), context=CONTEXT)


def test_a_key_moved_to_another_context_is_refused(wrapped, by):
    with pytest.raises(WrongKey, match="another key or context"):
        unwrap(wrapped, by=by, context=b"compartment 2")


@pytest.mark.parametrize("length", [0, 11, 12, 28, 59])
def test_a_cut_wrapped_key_is_refused(wrapped, by, length):
    with pytest.raises(WrongKey, match="not a wrapped key"):
        unwrap(wrapped[:length], by=by, context=CONTEXT)


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_only_32_bytes_are_a_key(wrapped, by, length):
    short = bytes(length)
    with pytest.raises(WrongKey, match=f"this one has {length}"):
        wrap(short, by=by, context=CONTEXT)
    with pytest.raises(WrongKey, match=f"this one has {length}"):
        wrap(new_key(), by=short, context=CONTEXT)
    with pytest.raises(WrongKey, match=f"this one has {length}"):
        unwrap(wrapped, by=short, context=CONTEXT)
