"""What is typed of fields narrows by arrays as plain comparison does, document by document."""

from datetime import date
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.archive.kept.narrowing import VALIDITIES, having
from meetings.archive.kept.shelf import Names, day_number, grown, name_of
from search_index import Days, Field, Filter, fits
from tests.meetings.archive.kept.shelves import SOME_KINDS, Entry, entries, shelved


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
