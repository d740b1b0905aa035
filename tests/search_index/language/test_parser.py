"""What is typed becomes a tree; what cannot be read is words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import Field, parse, without
from search_index.query import (
    NOTHING,
    Accented,
    And,
    Cites,
    Issued,
    Not,
    Or,
    OrElse,
    Phrase,
    Prefix,
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


def filters(text):
    return [(each.field, each.value, each.refused) for each in parse(text).filters]


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
        ("chuyển* số", And((Prefix("chuyen"), word("số")))),
        ("c* số", And((word("c"), word("số")))),
        ("** *", NOTHING),
        ("đổi số: 3", And((word("đổi"), word("số"), word("3")))),
        ("436", Or((Symbol("#436#"), word("436")))),
        ("(thu) & chi; --", And((word("thu"), word("chi")))),
        ("31/2/2024", And(words_of("31/2/2024"))),
        ("<b>thu</b>", And(words_of("b thu b"))),
        ("'; DROP TABLE document;--", And(words_of("DROP TABLE document"))),
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


def test_a_loose_number_beside_a_filter_is_still_one():
    assert Symbol("436kltu") in set(wanted(root("436 kl tu năm:2021")))


@pytest.mark.parametrize("text", ["436", "số 436", "Số: 0436", "so 436"])
def test_a_bare_number_may_be_the_place_in_a_run(text):
    assert Symbol("#436#") in set(wanted(root(text)))


def test_a_date_is_the_day_of_issue_or_words():
    for typed in ("ngày 5 tháng 6 năm 2024", "5/6/2024", "05-06-2024"):
        assert root(typed) == Or((Issued(20240605, 20240605), And(words_of(typed))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("loại:nghị quyết đất", [(Field.KIND, "resolution", False)]),
        ("LOAI:nq đất", [(Field.KIND, "resolution", False)]),
        ("-loại:QĐ đất", [(Field.KIND, "decision", True)]),
        ("đất loại:lạ", []),
        ("đất năm:2021..2024", [(Field.ISSUED, "2021..2024", False)]),
        ("đất nam:xưa", []),
        ("cơ quan:Tỉnh ủy Lào Cai, đất", [(Field.ISSUER, "Tỉnh ủy Lào Cai", False)]),
        ("coquan:HĐND -đất", [(Field.ISSUER, "HĐND", False)]),
        (
            "co_quan:HĐND năm:2021 đất",
            [(Field.ISSUER, "HĐND", False), (Field.ISSUED, "2021", False)],
        ),
        ('người ký:"Giàng A Páo" đất', [(Field.SIGNER, "Giàng A Páo", False)]),
        ("nguoi ki:", []),
        ("hiệu lực:còn đất", [(Field.VALIDITY, "in_force", False)]),
        ("hieu luc: het hieu luc đất", [(Field.VALIDITY, "expired", False)]),
        ("hiệu lực:mơ hồ", []),
        ("cơ quan:!!!", []),
    ],
)
def test_a_field_that_can_be_read_is_a_filter_and_no_words(text, expected):
    assert filters(text) == expected
    if expected and "đất" in text and "-đất" not in text:
        assert root(text) == word("đất")


def test_a_field_that_cannot_be_read_is_words():
    assert root("loại:lạ đất") == And(words_of("loại lạ đất"))


def test_a_filter_is_taken_out_of_the_text_by_itself():
    text = "cơ quan:Tỉnh ủy, chuyển đổi loại:NQ số"
    issuer, kind = parse(text).filters
    assert without(text, issuer) == "chuyển đổi loại:NQ số"
    assert without(text, kind) == "cơ quan:Tỉnh ủy, chuyển đổi số"


def test_filters_alone_ask_for_no_words():
    query = parse("năm:2021")
    assert not query
    assert len(query.filters) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngân sá", And((word("ngân"), Prefix("sa")))),
        ("ngân sá ", And((word("ngân"), word("sá")))),
        ("ngân s", word("ngân")),
        ("s", NOTHING),
        ('ngân "sá"', And((word("ngân"), word("sá")))),
        ("ngân -sá", And((word("ngân"), Not(word("sá"))))),
        ("nghij", Prefix("nghij")),
        ("ngân năm:2021", word("ngân")),
    ],
)
def test_the_last_word_of_an_unfinished_text_may_go_on(text, expected):
    assert parse(text, {}, unfinished=True).root == expected


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
    assert bool(query) == bool(words_of(text[:600])) or "OR" in text


@given(st.text(max_size=900))
def test_a_long_text_is_cut_not_refused(text):
    assert len(list(wanted(parse(text).root))) < 400


def test_neighbouring_words_that_are_one_word_stay_one():
    assert adjacent(words_of("một")) == word("một")
