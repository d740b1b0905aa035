"""Whatever stands in a cell of a list, it is kept as the register has it or a fault is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.members.life.cells import (
    CARD,
    CITIZEN,
    SPOKEN,
    Fault,
    Faulty,
    order_faults,
    read_cell,
)
from meetings.members.life.headings import ADMITTED_ON, HEADINGS, OFFICIAL_ON, columns_of

names = st.sampled_from(sorted(HEADINGS))
days = st.dates(date(1930, 1, 1), date(2026, 11, 28))


def kept(name: str, text: str) -> str | Fault:
    try:
        return read_cell(name, text)
    except Faulty as faulty:
        return faulty.fault


@given(names, st.text(max_size=60))
def test_a_cell_is_kept_or_told_and_never_breaks(name: str, text: str):
    assert isinstance(kept(name, text), str)


@given(names, st.text(max_size=60))
def test_what_was_kept_is_kept_the_same_again(name: str, text: str):
    once = kept(name, text)
    if not isinstance(once, Fault) and name not in SPOKEN:
        assert kept(name, once) == once


@given(names, st.text(" \t\n\u00a0", max_size=8))
def test_a_cell_of_blanks_says_nothing(name: str, blanks: str):
    assert kept(name, blanks) == ""


@pytest.mark.parametrize("name", ["birth_date", ADMITTED_ON, OFFICIAL_ON])
@given(day=days)
def test_a_day_is_the_same_however_a_spreadsheet_writes_it(name: str, day: date):
    counted = str((day - date(1899, 12, 30)).days)
    spellings = [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        counted,
        f"{counted}.0",
    ]
    assert {kept(name, spelling) for spelling in spellings} == {day.isoformat()}


@given(st.integers(10**7, 10**12 - 1))
def test_a_card_is_its_digits_however_they_are_parted(number: int):
    digits = str(number)
    parted = " ".join(digits[at : at + 3] for at in range(0, len(digits), 3))
    assert {kept("card_number", one) for one in (digits, parted, f"{digits}.0")} == {digits}


@given(st.text("0123456789 .-", min_size=1, max_size=16))
def test_a_number_that_is_kept_has_the_digits_its_kind_asks_for(text: str):
    for name, shape in (("card_number", CARD), ("citizen_id", CITIZEN)):
        told = kept(name, text)
        assert told == "" or isinstance(told, Fault) or shape.fullmatch(told)


@pytest.mark.parametrize(
    ("name", "spoken", "meant"),
    [(name, words, meant) for name, table in SPOKEN.items() for words, meant in table.items()],
)
def test_words_mean_the_same_in_capitals_and_with_accents_left_out(name, spoken, meant):
    assert {kept(name, one) for one in (spoken, spoken.upper(), f" {spoken} ")} == {meant}


@given(birth=days, admitted=days, official=days)
def test_days_in_their_order_have_no_fault_and_others_have(birth, admitted, official):
    told = {
        "birth_date": birth.isoformat(),
        ADMITTED_ON: admitted.isoformat(),
        OFFICIAL_ON: official.isoformat(),
    }
    faults = order_faults(told, date(2026, 11, 28))
    assert (not faults) == (birth < admitted < official)


@given(st.permutations([spellings[0] for spellings in HEADINGS.values()]))
def test_every_column_is_found_wherever_it_stands(headings: list[str]):
    found = columns_of(headings)
    assert sorted(found) == sorted(HEADINGS)
    assert all(headings[at] == HEADINGS[name][0] for name, at in found.items())
