import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import parse
from search_index.query import (
    NOTHING,
    Accented,
    And,
    Cites,
    Not,
    Or,
    OrElse,
    Phrase,
    Symbol,
    Word,
    adjacent,
    as_typed,
    settle,
    wanted,
    words_of,
)


def root(text, table=None):
    return parse(text, table or {}).root


def word(text):
    return Word.of(text)


@pytest.mark.parametrize("text", ["", "  ", "...", '""', "-", "OR", "OR OR", '"-"', "\x00"])
def test_what_has_no_words_asks_for_nothing(text):
    assert root(text) == NOTHING
    assert not parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngân", word("ngân")),
        ("ngân sách", And((word("ngân"), word("sách")))),
        ('"ngân sách"', Phrase(words_of("ngân sách"))),
        ("“ngân sách”", Phrase(words_of("ngân sách"))),
        ("thu OR chi", Or((word("thu"), word("chi")))),
        ("thu Or chi", And((word("thu"), OrElse(word("Or"), word("ỏ")), word("chi")))),
        ("thu -chi", And((word("thu"), Not(word("chi"))))),
        ('thu -"chi sai"', And((word("thu"), Not(Phrase(words_of("chi sai")))))),
        ("-chi", word("chi")),
        ('thu "chi', And((word("thu"), word("chi")))),
        ("OR thu", word("thu")),
        ("số:436-KL/TU", Symbol("436kltu")),
        ("so:0436", Symbol("436")),
    ],
)
def test_the_language(text, expected):
    assert root(text) == expected


def test_a_number_is_recognised_without_its_field():
    assert set(wanted(root("436-KL/TU"))) == {
        Symbol("436kltu"),
        Cites("436kltu"),
        Phrase(words_of("436 KL TU")),
    }


def test_a_loose_number_is_still_words_too():
    assert {Symbol("436kltu"), word("436")} <= set(wanted(root("436 kl tu")))


def test_an_abbreviation_of_the_table_offers_both_ways():
    table = {"XYZ": "xây dựng"}
    both = {word("XYZ"), Phrase(words_of("xây dựng"))}
    assert set(wanted(root("xyz", table))) == both
    assert set(wanted(root("xây dựng", table))) == {word("xyz"), *words_of("xây dựng")}
    assert root("xyz", {"ABC": "khác"}) == word("xyz")


def test_keystrokes_are_meant_only_where_they_occur_nowhere():
    node = root("nghij")
    assert isinstance(node, OrElse)
    assert settle(node, lambda _: True) == word("nghij")
    assert settle(Not(node), lambda _: False) == Not(node.meant)


def test_the_stricter_question_asks_for_the_accents_that_were_typed():
    assert as_typed(word("đất")) == Accented(word("đất").exact)
    assert as_typed(word("dat")) == word("dat")
    assert as_typed(Phrase(words_of("giá dat"))) == And(
        (Phrase(words_of("giá dat")), Accented(word("giá").exact))
    )


@given(st.text(st.sampled_from('aáđ đ"-:/0436KLTUsốOR .') | st.characters(), max_size=60))
def test_no_text_is_refused(text):
    query = parse(text)
    assert bool(query) == bool(words_of(text[:400])) or "OR" in text


@given(st.text(max_size=900))
def test_a_long_text_is_cut_not_refused(text):
    assert len(list(wanted(parse(text).root))) < 400


def test_neighbouring_words_that_are_one_word_stay_one():
    assert adjacent(words_of("một")) == word("một")
