import datetime as dt

from meetings.intake.dossiers import Proposal, Reason, places


def paper(first: int, kind: int | None, year: int | None) -> Proposal:
    day = dt.date(year, 5, 19) if year else None
    return Proposal(first, first, kind, 0.95, day, Reason.TITLED)


def test_papers_of_a_kind_are_counted_by_their_days():
    late, early, other = paper(1, 61, 2019), paper(2, 61, 2001), paper(3, 5, 1999)
    assert places([late, early, other]) == {late: (2, 2), early: (1, 2), other: (1, 1)}


def test_one_without_a_day_has_no_place_and_is_still_counted():
    undated, dated = paper(1, 61, None), paper(2, 61, 2001)
    assert places([undated, dated]) == {undated: (None, 2), dated: (1, 2)}


def test_two_of_one_day_have_no_place():
    one, other, third = paper(1, 4, 2010), paper(2, 4, 2010), paper(3, 4, 2011)
    assert places([one, other, third]) == {one: (None, 3), other: (None, 3), third: (3, 3)}


def test_what_has_no_kind_has_no_place():
    assert places([paper(1, None, 2010)]) == {}
