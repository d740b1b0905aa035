"""Vietnamese collation: alphabet before tone, given name before family name."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.collation import ALPHABET, collation_key, name_key

words = st.text(alphabet="aăâdđeêoôơuưyAĂÂDĐbcnàảãáạấệộởữ 0123", max_size=12)


@pytest.mark.parametrize(
    "in_order",
    [
        ["an", "ăn", "ân", "ba"],
        ["da", "đa", "ea"],
        ["e", "ê", "f"],
        ["o", "ô", "ơ", "p"],
        ["u", "ư", "v", "w", "x", "y", "z"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["tuân", "tuần", "tuẩn", "tuẫn", "tuấn", "tuận"],
        ["dung", "dũng", "dương", "đức"],
        ["lan", "lạn", "lang"],
        ["hoa", "hoa an", "hoa ban", "hoàng"],
        ["2", "20", "a"],
    ],
)
def test_words_follow_the_alphabet_and_then_the_tones(in_order):
    mixed = [*in_order[1::2], *in_order[::2]]
    assert sorted(mixed, key=collation_key) == in_order


def test_a_tone_decides_only_between_words_of_the_same_letters():
    assert collation_key("hạ") < collation_key("ham") < collation_key("hàn") < collation_key("hân")


def test_the_first_word_decides_before_the_second():
    assert collation_key("Bá Zung") < collation_key("Bạ An")


def test_each_letter_of_the_alphabet_comes_after_the_one_before_it():
    for earlier, later in pairwise(ALPHABET):
        assert collation_key(earlier) < collation_key(later)


def test_a_mark_without_a_letter_is_sorted_and_does_no_harm():
    assert collation_key("\u0301a") != collation_key("a")
    assert sorted(["a", "\u0306", "b"], key=collation_key) == ["\u0306", "a", "b"]


@given(words)
def test_capitals_and_composition_change_nothing(text):
    assert collation_key(text) == collation_key(text.upper())
    assert collation_key(text) == collation_key(unicodedata.normalize("NFD", text))


@given(words)
def test_blanks_around_and_between_words_change_nothing(text):
    assert collation_key(f"  {text.replace(' ', '   ')} ") == collation_key(text)


@pytest.mark.parametrize(
    ("first", "second"), [("hoa", "hoà"), ("ma", "mâ"), ("da", "đa"), ("to", "tơ"), ("mạ", "má")]
)
def test_words_that_differ_in_a_letter_or_a_tone_have_keys_that_differ(first, second):
    assert collation_key(first) != collation_key(second)


def test_a_tone_weighs_the_same_wherever_the_writer_puts_it():
    assert collation_key("hòa") == collation_key("hoà")


def test_people_are_sorted_by_given_name_then_by_the_rest():
    in_order = [
        "Trần Thị Ánh",
        "Lê Văn Bình",
        "Nguyễn Văn Bình",
        "Đỗ Thị Dung",
        "Bùi Thị Đào",
        "Vũ An Yên",
    ]
    mixed = [*in_order[1::2], *in_order[::2]]
    assert sorted(mixed, key=name_key) == in_order


def test_a_single_name_and_no_name_have_keys_too():
    assert name_key("") < name_key("An") < name_key("Lê An") < name_key("Bình")
