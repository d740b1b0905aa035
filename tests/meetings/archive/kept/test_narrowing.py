"""Filters, counts and order by arrays are those of plain comparison, document by document."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.archive.kept.narrowing import (
    VALIDITIES,
    chosen,
    having,
    newest,
    types_of,
    years_of,
)
from meetings.archive.kept.shelf import KINDS, Names, Shelf, day_number, grown, name_of
from meetings.models import DocumentType
from search_index import Days, Field, Filter, fits

SOME_KINDS = (DocumentType.RESOLUTION, DocumentType.REPORT, DocumentType.PLAN)
WORDS = ("", "Tỉnh ủy Lào Cai", "Đảng ủy xã Tân Lập", "Giàng A Páo")


@dataclass(frozen=True)
class Entry:
    """A document as a person would write it down."""

    kind: DocumentType
    day: date | None
    issuer: str
    signer: str
    validity: int


entries = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(SOME_KINDS),
        day=st.none() | st.dates(date(2023, 11, 1), date(2025, 2, 28)),
        issuer=st.sampled_from(WORDS),
        signer=st.sampled_from(WORDS),
        validity=st.integers(-1, len(VALIDITIES) - 1),
    ),
    max_size=12,
)


def shelved(line):
    """Return a shelf of documents, each under a name that tells its place."""
    names, words = Names(), Names()
    for at in range(len(line)):
        names.code(f"{at:032}")
    columns = (
        [KINDS.index(one.kind) for one in line],
        [day_number(one.day) for one in line],
        [words.code(one.issuer) for one in line],
        [words.code(one.signer) for one in line],
    )
    return Shelf(names, words, *(np.array(each, np.int32) for each in columns))


def has(entry, asked):
    day = day_number(entry.day)
    found = {
        Field.KIND: entry.kind.value == asked.value,
        Field.ISSUED: bool(day) and asked.days.first <= day <= asked.days.last,
        Field.ISSUER: fits(asked.value, [entry.issuer]),
        Field.SIGNER: fits(asked.value, [entry.signer]),
        Field.VALIDITY: entry.validity >= 0 and VALIDITIES[entry.validity] == asked.value,
    }[asked.field]
    return found is not asked.refused


filters = st.builds(
    Filter,
    field=st.sampled_from([field for field in Field if field is not Field.NUMBER]),
    value=st.sampled_from([*SOME_KINDS, *VALIDITIES, "tinh uy", "pao", "xã tân lập", "?"]),
    source=st.just("as typed"),
    days=st.sampled_from([Days(20240000, 20241231), Days(20240520, 20240520), Days(0, 99999999)]),
    refused=st.booleans(),
)


@given(line=entries, asked=filters)
def test_a_field_narrows_as_plain_comparison_does(line, asked):
    codes = np.array([one.validity for one in line], np.int32)
    found = having(shelved(line), asked, lambda: codes)
    assert found.tolist() == [has(one, asked) for one in line]


def test_a_number_is_left_to_the_index_and_validity_is_asked_only_when_it_matters():
    def refuse():
        raise AssertionError

    shelf = shelved([Entry(SOME_KINDS[0], None, "", "", 0)])
    number = Filter(Field.NUMBER, "5-NQ/TU", "số:5-NQ/TU", refused=True)
    assert having(shelf, number, refuse).tolist() == [True]
    kind = Filter(Field.KIND, "report", "loại:BC")
    assert having(shelf, kind, refuse).tolist() == [False]


@given(
    line=entries,
    kind=st.none() | st.sampled_from(SOME_KINDS),
    year=st.none() | st.integers(2022, 2026) | st.sampled_from([0, -1, 10**9]),
)
def test_facets_choose_and_count_as_plain_comparison_does(line, kind, year):
    shelf = shelved(line)
    expected = [
        kind in (None, one.kind) and (year is None or (one.day and one.day.year == year) is True)
        for one in line
    ]
    mask = chosen(shelf, kind, year)
    assert mask.tolist() == expected
    rows = np.flatnonzero(mask)
    kept = [one for one, fitting in zip(line, expected, strict=True) if fitting]
    kinds = Counter(one.kind for one in kept)
    assert types_of(shelf, rows) == sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    years = Counter(one.day.year for one in kept if one.day)
    assert years_of(shelf, rows) == sorted(years.items(), reverse=True)


@given(line=entries, count=st.integers(1, 15))
def test_the_newest_are_the_head_of_the_whole_order(line, count):
    shelf = shelved(line)
    rows = np.arange(len(line))
    order = sorted(rows.tolist(), key=lambda at: (day_number(line[at].day), at), reverse=True)
    assert newest(shelf, rows, count).tolist() == order[:count]


def test_of_nothing_there_is_nothing_to_count():
    shelf, none = shelved([]), np.zeros(0, np.int64)
    assert (types_of(shelf, none), years_of(shelf, none)) == ([], [])
    assert newest(shelf, none, 10).tolist() == []


@pytest.mark.parametrize(
    ("said", "number"), [(None, 0), ("", 0), ("2024-05-20", 20240520), (date(987, 1, 2), 9870102)]
)
def test_days_are_read_as_any_database_gives_them(said, number: int):
    assert day_number(said) == number


def test_names_keep_their_numbers_and_an_index_is_laid_beside_them_anew_when_there_are_more():
    first, second, third = (UUID(int=number) for number in (1, 2, 3))
    names = Names()
    assert [names.code(name_of(one)) for one in (first, second, first)] == [0, 1, 0]
    index = [str(third), str(second), "no id of ours"]
    assert names.beside(index).tolist() == [-1, 1, -1]
    assert names.beside(index) is names.beside(index)
    names.code(name_of(third))
    assert names.beside(index).tolist() == [2, 1, -1]
    assert names.beside(list(reversed(index))).tolist() == [-1, 1, 2]
    assert names.known(["x", name_of(second)]).tolist() == [1]


def test_a_column_grows_at_its_end_and_the_old_one_stays():
    old = np.array([3, 1], np.int32)
    new = grown(old, 4)
    new[0] = 9
    assert (old.tolist(), new.tolist(), new.dtype) == ([3, 1], [9, 1, 0, 0], old.dtype)
