from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.arrays import lists
from search_index.arrays.inverting import Inverter
from search_index.arrays.lists import Lists

WORDS = ["a", "ab", "abcdefgh", "abcdefghi", "abcdefghj", "b_c", "b", "c", "đ", "zz"]


def written(path, documents, *, paired=True):
    inverter = Inverter(placed=True, paired=paired)
    for number, words in enumerate(documents):
        inverter.add(number, words)
    made = inverter.inverted()
    arrays = {
        "start": lists.starts(made.keys),
        "text": np.frombuffer(b"".join(made.keys), np.uint8),
        "text_at": np.cumsum([0, *map(len, made.keys)], dtype=np.uint32),
    }
    fields = {"words": arrays | lists.parts_of(made.lists)}
    if paired and len(made.pairs.keys):
        owner = np.frombuffer(b"words", np.uint8)
        fields["pairs"] = lists.parts_of(made.pairs) | {"pair": made.pairs.keys, "of": owner}
    with path.open("wb") as file:
        lists.write(file, fields)
    with path.open("rb") as file:
        return Lists(file).fields


words_of = st.lists(st.sampled_from(WORDS), max_size=9)
documents_of = st.lists(words_of, min_size=1, max_size=9).filter(any)


@given(documents_of)
@settings(deadline=None)
def test_every_word_has_the_list_that_was_written(tmp_path_factory, documents):
    field = written(tmp_path_factory.mktemp("lists") / "a.arr", documents)["words"]
    for word in WORDS:
        at = field.find(word.encode())
        having = [number for number, words in enumerate(documents) if word in words]
        if not having:
            assert at == -1
            continue
        found = field.postings(at)
        assert found.docs.tolist() == having
        assert found.counts.tolist() == [documents[number].count(word) for number in having]
        assert field.places(at, found.counts).tolist() == [
            place
            for number in having
            for place, each in enumerate(documents[number])
            if each == word
        ]


@given(documents_of)
@settings(deadline=None)
def test_every_pair_of_neighbours_has_its_list(tmp_path_factory, documents):
    fields = written(tmp_path_factory.mktemp("lists") / "a.arr", documents)
    for left in WORDS:
        for right in WORDS:
            if "_" in left + right:
                continue
            having = [
                number for number, words in enumerate(documents) if (left, right) in pairwise(words)
            ]
            field = fields.get("pairs")
            at = field.find(f"{left}_{right}".encode()) if field else -1
            assert (field.postings(at).docs.tolist() if at >= 0 else []) == having


@given(documents_of, st.sampled_from(["", "a", "abcdefgh", "abcdefghi", "b", "x", "zzz"]))
@settings(deadline=None)
def test_a_beginning_names_a_range_of_keys(tmp_path_factory, documents, prefix):
    field = written(tmp_path_factory.mktemp("lists") / "a.arr", documents, paired=False)["words"]
    keys = field.texts()
    chosen = field.beginning(prefix.encode())
    assert keys == sorted(keys)
    assert [keys[at] for at in chosen] == [k for k in keys if k.startswith(prefix.encode())]
    docs = field.documents(chosen).tolist() if len(chosen) else []
    assert set(docs) == {
        number
        for number, words in enumerate(documents)
        if any(word.startswith(prefix) for word in words)
    }


def test_a_word_with_a_bar_of_its_own_has_pairs_too(tmp_path):
    fields = written(tmp_path / "a.arr", [["b_c", "a"], ["b", "c", "a"]])
    field = fields["pairs"]
    assert field.postings(field.find(b"b_c_a")).docs.tolist() == [0]
    assert field.postings(field.find(b"c_a")).docs.tolist() == [1]
    assert sorted(field.texts()) == [b"b_c", b"b_c_a", b"c_a"]
    assert field.key(0) in field.texts()
    assert field.find(b"a_") == field.find(b"a") == -1


@pytest.mark.parametrize("content", [b"", b"NSA1", b"something else entirely"])
def test_another_file_is_refused(tmp_path, content):
    (tmp_path / "a.arr").write_bytes(content)
    with (
        (tmp_path / "a.arr").open("rb") as file,
        pytest.raises(ValueError, match=r"list|empty|value"),
    ):
        Lists(file)


def test_the_file_is_much_smaller_than_the_numbers_in_it(tmp_path):
    written(tmp_path / "a.arr", [["a", "b", "c"] * 30] * 200)
    assert (tmp_path / "a.arr").stat().st_size < 200 * 90 * 2
