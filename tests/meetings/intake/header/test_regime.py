import datetime as dt

import pytest

from meetings.intake.header.regime import regime_of


@pytest.mark.parametrize(
    ("heading", "date", "year", "colon", "expected"),
    [
        ("party", dt.date(2016, 1, 1), None, True, ("party_2004", 0.95)),
        ("party", dt.date(2020, 1, 1), None, False, ("party_2018", 0.95)),
        ("party", dt.date(2026, 5, 27), None, True, ("party_2026", 0.95)),
        ("party", None, 2025, False, ("party_2018", 0.8)),
        ("party", None, None, True, ("party_2018", 0.6)),
        ("party", None, 9999, False, ("party_2026", 0.6)),
        ("state", dt.date(2018, 3, 20), None, True, ("state_2011", 0.95)),
        ("state", dt.date(2025, 3, 20), None, True, ("state_2020", 0.95)),
        ("state", None, None, True, ("state_2020", 0.5)),
        ("", dt.date(2025, 3, 20), None, True, None),
    ],
)
def test_the_day_decides_and_the_colon_where_there_is_none(heading, date, year, colon, expected):
    assert regime_of(heading, date, year, colon=colon) == expected
