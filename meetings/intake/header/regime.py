"""Say by which rules a document was laid out."""

import datetime as dt

_PARTY = (
    (dt.date(2026, 1, 9), "party_2026"),
    (dt.date(2017, 2, 6), "party_2018"),
    (dt.date.min, "party_2004"),
)
_YEARS = range(1900, 2200)
_STATE = ((dt.date(2020, 3, 5), "state_2020"), (dt.date.min, "state_2011"))


def regime_of(
    heading: str, date: dt.date | None, year: int | None, *, colon: bool
) -> tuple[str, float] | None:
    """Return the regime and the trust in it, or None without a heading."""
    if not heading:
        return None
    day = date or (dt.date(year, 12, 31) if year and year in _YEARS else None)
    if day:
        rules = _PARTY if heading == "party" else _STATE
        return next(name for since, name in rules if day >= since), 0.95 if date else 0.8
    if heading == "party":
        return "party_2018" if colon else "party_2026", 0.6
    return "state_2020", 0.5
