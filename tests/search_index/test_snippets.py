import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import matching_words, may_hold, parse, snippet

TEXT = (
    "Căn cứ Kết luận số 436-KL/TU của Ban Thường vụ; xét đề nghị của Sở Nội vụ, "
    "Tỉnh ủy yêu cầu đẩy mạnh hoà giải ở cơ sở và cải cách hành chính."
)


def hits(text, typed, **options):
    return [piece for piece, is_hit in snippet(text, parse(typed), **options) if is_hit]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hòa giải", ["hoà giải"]),
        ("hoa giai", ["hoà giải"]),
        ("436 kl tu", ["436-KL/TU"]),
        ("số:436-KL/TU", ["436-KL/TU"]),
        ('"ban thường vụ"', ["Ban Thường vụ"]),
        ("CCHC", ["cải cách hành chính"]),
        ("hải quan", []),
        ("tỉnh -giải", ["Tỉnh"]),
    ],
)
def test_what_was_found_is_marked_as_it_stands_in_the_text(typed, expected):
    assert hits(TEXT, typed) == expected


def test_accents_as_typed_hide_words_that_only_look_alike():
    assert hits("bán đất, dát vàng", "đất") == ["đất"]
    assert hits("bán đất, dát vàng", "dat") == ["đất", "dát"]
    assert hits("dát vàng", "đất") == ["dát"]


def test_every_word_that_begins_as_it_was_typed_is_marked_in_its_place():
    text = "Hoà giải; hội nghị, hoa, hòa giải, họ"
    assert hits(text, "ho*", width=400) == ["Hoà", "hội", "hoa", "hòa", "họ"]
    assert hits(text, "hoa*", width=400) == ["Hoà", "hoa", "hòa"]
    assert hits(text, "ha*", width=400) == []


def test_the_part_with_most_of_the_question_is_shown():
    text = "giải thưởng " + "chữ " * 200 + "hòa giải ở cơ sở " + "chữ " * 200
    assert hits(text, "hòa giải", width=60) == ["hòa giải"]


def test_a_text_without_hits_shows_its_beginning():
    assert snippet("Mở đầu văn bản", parse("khác")) == [("Mở đầu văn bản", False)]
    assert snippet("", parse("khác")) == []


def test_decomposed_text_is_marked_in_its_own_letters():
    text = unicodedata.normalize("NFD", "Tổ hòa giải")
    assert hits(text, "hòa giải") == [unicodedata.normalize("NFD", "hòa giải")]


@given(
    st.text(st.sampled_from("hòa giải 43-KL/TU,.x\n"), max_size=300),
    st.text(st.sampled_from('hòa giải 43-KL/TU"'), max_size=20),
    st.integers(10, 80),
)
def test_the_pieces_are_a_part_of_the_text(text, typed, width):
    pieces = snippet(text, parse(typed), width)
    assert "".join(piece for piece, _ in pieces) in text
    assert all(piece for piece, _ in pieces)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("436-KL/TU", ["436-KL/TU,"]),
        ("hòa giải", ["hoà", "giải."]),
        ('"hoà giải"', ["hoà", "giải."]),
        ("khác", []),
        ("", []),
    ],
)
def test_words_of_a_page_are_marked_with_their_punctuation(typed, expected):
    words = ["Kết", "luận", "436-KL/TU,", "về", "hoà", "giải."]
    assert [words[at] for at in matching_words(words, parse(typed))] == expected


def test_a_number_that_a_page_splits_is_marked_in_all_its_words():
    words = ["số", "436", "-", "KL/TU", "ngày"]
    assert matching_words(words, parse("436-KL/TU")) == [1, 2, 3]


VARIOUS = st.text(st.sampled_from("hòa giải kỳ kì quý UBND 43-KL/TU\u00ad,.\n"), max_size=120)


@given(VARIOUS, st.text(st.sampled_from('hòa giải kỳ kì UBND 43-KL/TU"*'), max_size=20))
def test_a_text_that_cannot_hold_a_question_has_no_hit(text, typed):
    query = parse(typed)
    words = text.split()
    if not may_hold(" ".join(words), query):
        assert matching_words(words, query) == []


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("hòa giải", True),
        ('"cơ sở và"', True),
        ("CCHC", True),
        ("quì", False),
        ('"hải quan"', False),
        ("", False),
    ],
)
def test_most_texts_without_a_hit_are_told_by_a_glance(typed, held):
    assert may_hold(TEXT.replace("-KL", ""), parse(typed)) is held
    assert may_hold(unicodedata.normalize("NFD", TEXT.replace("-KL", "")), parse(typed)) is held
