import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import clean, fold, tokens
from search_index.analysis import exact_key, fold_key, pair_keys

VIETNAMESE = st.text(st.sampled_from("aăâbcdđeêghioôơuưyáàảãạếềệộợứự hHĐK-/.,19\u00ad\u200b\u00a0"))


@pytest.mark.parametrize(
    ("left", "right"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("HOÀ", "hòa"), ("Đảng", "đảng"), ("khoẻ", "khỏe")],
)
def test_spellings_of_one_word_have_one_exact_key(left, right):
    assert exact_key(left) == exact_key(right)
    assert exact_key(unicodedata.normalize("NFD", left)) == exact_key(right)


@pytest.mark.parametrize(("left", "right"), [("đất", "dát"), ("thu", "thư"), ("cao", "cáo")])
def test_words_that_differ_in_accents_meet_only_when_folded(left, right):
    assert exact_key(left) != exact_key(right)
    assert fold_key(left) == fold_key(right)


@pytest.mark.parametrize(("left", "right"), [("kỹ", "kĩ"), ("quý", "quí"), ("lý", "lí")])
def test_i_and_y_meet_after_these_consonants(left, right):
    assert fold_key(left) == fold_key(right)


@pytest.mark.parametrize(("left", "right"), [("thủy", "thủi"), ("tay", "tai"), ("ý", "í")])
def test_i_and_y_stay_apart_where_they_are_two_sounds(left, right):
    assert fold_key(left) != fold_key(right)


def test_folding_keeps_digits_and_separators():
    assert fold("Số 30/2020/NĐ-CP") == "so 30/2020/nd-cp"


def test_cleaning_removes_what_nobody_sees():
    assert clean("hành\u00a0chí\u00adnh\u200b") == "hành chính"


def test_neighbours_are_one_fewer_than_words():
    assert pair_keys(["ban", "thuong", "vu"]) == ["ban_thuong", "thuong_vu"]
    assert pair_keys(["ban"]) == pair_keys([]) == []


def test_offsets_point_into_the_text_as_it_was_given():
    text = unicodedata.normalize("NFD", "Hội nghị\u00a0Tỉnh")
    words = list(tokens(text))
    assert [word.text for word in words] == ["Hội", "nghị", "Tỉnh"]
    assert [clean(text[word.start : word.end]) for word in words] == ["Hội", "nghị", "Tỉnh"]


@given(VIETNAMESE)
def test_the_words_of_a_text_are_those_of_its_clean_form(text):
    raw = unicodedata.normalize("NFD", text)
    assert [word.text for word in tokens(raw)] == [word.text for word in tokens(clean(text))]


@given(VIETNAMESE)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
