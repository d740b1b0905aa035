"""Facets choose and count by arrays as plain comparison does, and hidden documents say nothing."""

from collections import Counter
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetings.archive.kept import facets
from meetings.archive.kept.facets import Facet, Facets
from meetings.archive.kept.narrowing import VALIDITIES
from meetings.archive.kept.spelling import key_of, spellings_of
from meetings.archive.kept.terms import Terms
from tests.meetings.archive.kept.shelves import SOME_KINDS, WORDS, Entry, entries, shelved

SPANS = ("2020-2025", "2025-")


def value_of(facet, one):
    """Return what tells the values of a facet apart, nothing where a document has none."""
    found = {
        Facet.TYPE: one.kind.value,
        Facet.VALIDITY: VALIDITIES[one.validity].value if one.validity >= 0 else None,
        Facet.TERM: SPANS[one.number - 1] if 0 < one.number <= len(SPANS) else None,
        Facet.YEAR: str(one.day.year) if one.day else None,
        Facet.ISSUER: key_of(one.issuer) or None,
        Facet.SIGNER: key_of(one.signer) or None,
    }
    return found[facet]


def asked(facet, value):
    return key_of(value) if facet in (Facet.ISSUER, Facet.SIGNER) else value


def entry(kind, day=None, issuer="", signer="", number=0):
    return Entry(kind, day, issuer, signer, -1, number)


def facets_of(line):
    shelf = shelved(line)
    validities = np.array([one.validity for one in line], np.int32)
    codes = [one.number - 1 if one.number <= len(SPANS) else -1 for one in line]
    terms = Terms(SPANS, np.array(codes, np.int32))
    return Facets(shelf, lambda: validities, lambda: terms)


choices = st.fixed_dictionaries(
    {},
    optional={
        Facet.TYPE: st.sampled_from([*SOME_KINDS, "speech"]),
        Facet.VALIDITY: st.sampled_from(VALIDITIES),
        Facet.TERM: st.sampled_from([*SPANS, "1999-2000"]),
        Facet.YEAR: st.sampled_from(["2023", "2024", "2025", "1900"]),
        Facet.ISSUER: st.sampled_from([*WORDS[1:], "tỉnh uỷ lào cai", "ai đó"]),
        Facet.SIGNER: st.sampled_from([*WORDS[1:], "?"]),
    },
)


def passes(one, chosen):
    return all(value_of(facet, one) == asked(facet, value) for facet, value in chosen.items())


@given(line=entries, chosen=choices, seen=st.lists(st.booleans(), min_size=12, max_size=12))
def test_they_choose_and_count_as_plain_comparison_does(line, chosen, seen):
    known = facets_of(line)
    assert known.narrowed(chosen).tolist() == [passes(one, chosen) for one in line]
    rows = np.flatnonzero(seen[: len(line)])
    shown = [line[row] for row in rows]
    for offer in known.offers(chosen, rows, None):
        others = {facet: value for facet, value in chosen.items() if facet is not offer.facet}
        kept = [value_of(offer.facet, one) for one in shown if passes(one, others)]
        expected = Counter(value for value in kept if value)
        assert {asked(offer.facet, each.value): each.count for each in offer.values} == expected
        assert offer.total == len(expected)


@given(line=entries, hidden=entries, chosen=choices)
def test_documents_that_are_hidden_change_nothing_that_is_offered(line, hidden, chosen):
    alone = facets_of(line).offers(chosen, np.arange(len(line)), None)
    rows = np.arange(len(hidden), len(hidden) + len(line))
    assert facets_of([*hidden, *line]).offers(chosen, rows, None) == alone


def test_the_first_values_are_listed_then_all_and_what_was_chosen_always(monkeypatch):
    monkeypatch.setattr(facets, "TOP", 1)
    [many, few, *_] = sorted(SOME_KINDS)
    line = [entry(many), entry(many), entry(few)]

    def listed(chosen, whole):
        offer = facets_of(line).offers(chosen, np.arange(3), whole)[0]
        return [(each.value, each.count) for each in offer.values], offer.total

    assert listed({}, None) == ([(many, 2)], 2)
    assert listed({}, Facet.TYPE) == ([(many, 2), (few, 1)], 2)
    assert listed({Facet.TYPE: few}, None) == ([(many, 2), (few, 1)], 2)


def test_years_and_terms_begin_with_the_latest_and_names_with_the_commonest():
    line = [
        entry(SOME_KINDS[0], day=date(2023, 12, 1), issuer="Ban B", number=1),
        entry(SOME_KINDS[0], day=date(2024, 12, 1), issuer="Ban A", number=2),
        entry(SOME_KINDS[0], day=date(2024, 12, 1), issuer="ban b", number=2),
        entry(SOME_KINDS[0], issuer="Ban B."),
    ]
    found = {one.facet: one.values for one in facets_of(line).offers({}, np.arange(4), None)}
    assert [each.value for each in found[Facet.YEAR]] == ["2024", "2023"]
    assert [each.value for each in found[Facet.TERM]] == ["2025-", "2020-2025"]
    named = [(each.value, each.count) for each in found[Facet.ISSUER]]
    assert named == [("ban b", 3), ("Ban A", 1)]


def ended(*codes):
    """Return what can be narrowed down where some terms of 2020 ended and some last."""
    line = [entry(SOME_KINDS[0]) for _ in codes]
    terms = Terms(("2020-", "2020-2025", "2025-"), np.array(codes, np.int32))
    return Facets(shelved(line), lambda: np.zeros(len(line), np.int32), lambda: terms)


def test_a_term_is_told_by_its_first_year_whether_it_ended_or_not():
    known = ended(0, 1, 1, 2, -1)
    for value in ("2020-", "2020-2025", "2020-2026"):
        assert known.narrowed({Facet.TERM: value}).tolist() == [True, True, True, False, False]
    assert known.narrowed({Facet.TERM: "2015-2020"}).tolist() == [False] * 5


def test_a_term_is_shown_as_most_of_the_documents_in_question_have_it():
    def said(known, *rows):
        offers = known.offers({}, np.array(rows), None)
        [offer] = [one for one in offers if one.facet is Facet.TERM]
        return [(each.value, each.count) for each in offer.values]

    known = ended(0, 1, 1, 2, -1)
    assert said(known, 0, 1, 2, 3, 4) == [("2025-", 1), ("2020-2025", 3)]
    assert said(known, 0, 4) == [("2020-", 1)], "those that are hidden change no spelling"
    assert said(known, 4) == []
    assert said(ended(-1), 0) == []


def test_names_are_one_however_they_are_spelt_and_accents_tell_people_apart():
    assert key_of("  TỈNH UỶ, Lào Cai ") == key_of("Tỉnh ủy Lào Cai")
    assert key_of("Nguyễn Văn Thắng") != key_of("Nguyễn Văn Thăng")
    words = shelved([entry(SOME_KINDS[0], issuer="Ban A", signer="Páo")]).words
    before = spellings_of(words)
    assert spellings_of(words) is before
    words.code("BAN A")
    assert len(spellings_of(words).keys) == len(before.keys)
    assert spellings_of(words).codes.tolist() == [*before.codes.tolist(), before.codes[0]]
