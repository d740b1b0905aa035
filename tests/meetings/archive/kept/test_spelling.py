"""Names are told apart as a reader does it: not by capitals or composition, but by accents."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.archive.kept.facets import Facet, Facets
from meetings.archive.kept.shelf import Names
from meetings.archive.kept.spelling import key_of, spellings_of
from meetings.archive.kept.terms import Terms
from meetings.models import DocumentType
from tests.meetings.archive.kept.shelves import Entry, shelved

SYLLABLES = ("Thủy", "hoà", "quý", "Đảng", "ƯỚC", "nguyễn", "ngoáy", "kỳ", "ở", "B'rông", "12")
names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=40)
@given(name=names)
def test_capitals_composition_and_signs_make_no_other_name(name):
    key = key_of(name)
    for form in ("NFC", "NFD"):
        for case in (str.upper, str.lower, str.title):
            assert key_of(unicodedata.normalize(form, case(name))) == key
    assert key_of(f"  {name.replace(' ', ',  ')}. ") == key
    assert key_of(key) == key_of(unicodedata.normalize("NFC", key))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lò Thị Mai", "Lò Thị Mái"),
        ("Đảng ủy", "Đang ủy"),
        ("Trần Văn An", "Trần Văn Ân"),
        ("Trần Văn Đô", "Trần Văn Dô"),
        ("Ban 1", "Ban 11"),
        ("Ban A B", "Ban AB"),
    ],
)
def test_what_a_reader_tells_apart_is_two_names(one, other):
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize("text", ["", " ", "...", "\x00", "“”", "\u200b", "—/—"])
def test_what_says_nothing_is_no_name(text):
    assert key_of(text) == ""
    words = Names()
    words.code(text)
    assert spellings_of(words).codes.tolist() == [-1]


def facets_of(*issuers):
    line = [Entry(DocumentType.PLAN, None, issuer, "", -1) for issuer in issuers]
    none = np.full(len(line), -1, np.int32)
    return Facets(shelved(line), lambda: none, lambda: Terms((), none))


def offered(facets, rows, chosen=None):
    offers = facets.offers(chosen or {}, np.array(rows, np.int64), None)
    [offer] = [one for one in offers if one.facet is Facet.ISSUER]
    return [(one.value, one.count) for one in offer.values]


def test_a_name_is_shown_as_most_of_those_in_question_have_it():
    facets = facets_of("TỈNH ỦY", "TỈNH ỦY", "Tỉnh ủy", "Tỉnh ủy", "Tỉnh uỷ", "...")
    assert offered(facets, [0, 1, 2]) == [("TỈNH ỦY", 3)]
    assert offered(facets, [0, 2, 3, 4]) == [("Tỉnh ủy", 4)]
    assert offered(facets, [4, 5]) == [("Tỉnh uỷ", 1)], "those hidden have no say in it"
    assert offered(facets, [5]) == []
    assert offered(facets, []) == []


def test_of_equally_many_the_order_is_that_of_the_names():
    facets = facets_of("Ban C", "Ban A", "Ban B", "Ban B")
    expected = [("Ban B", 2), ("Ban A", 1), ("Ban C", 1)]
    assert offered(facets, [0, 1, 2, 3]) == expected
    assert offered(facets, [3, 2, 1, 0]) == expected
    assert offered(facets_of("Kín", "Ban C", "Ban A", "Ban B", "Ban B"), [1, 2, 3, 4]) == expected


def test_a_name_that_nothing_has_leaves_the_others_in_hand():
    facets = facets_of("Ban A", "Ban B")
    for missing in ("Ban Z", "...", "", "A" * 4000):
        assert facets.narrowed({Facet.ISSUER: missing}).tolist() == [False, False]
        assert offered(facets, [0, 1], {Facet.ISSUER: missing}) == [("Ban A", 1), ("Ban B", 1)]


def test_a_name_that_came_later_is_known_without_another_shelf():
    facets = facets_of("Ban A")
    assert offered(facets, [0]) == [("Ban A", 1)]
    facets.shelf.words.code("Ban Á")
    assert facets.narrowed({Facet.ISSUER: "ban á"}).tolist() == [False]
    assert facets.narrowed({Facet.ISSUER: "BAN A"}).tolist() == [True]
