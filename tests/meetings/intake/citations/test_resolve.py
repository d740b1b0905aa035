import datetime as dt

import pytest

from meetings.intake.citations import (
    Candidate,
    Outcome,
    canonical,
    family,
    find_citations,
    resolve,
)

TODAY = dt.date(2026, 9, 1)


def stored(number, kind, organ, issued, issuer="Ban Bí thư", key=1):
    day = issued and dt.date.fromisoformat(issued)
    return Candidate(id=key, number=number, kind=kind, organ=organ, issuer=issuer, issued_on=day)


def settle(text, *candidates, issuer=None, day=TODAY, **more):
    (citation,) = find_citations(text)
    found = resolve(citation, candidates, issuer, day, **more)
    return found.outcome, [candidate.id for candidate in found.candidates], found.flags


OLD = stored("20", "QĐ", "TW", "1987-09-23")
NEW = stored("20", "QyĐ", "TW", "2026-04-08", key=2)


@pytest.mark.parametrize("kind", ["QĐ", "QĐi", "QyĐ"])
def test_decision_and_regulation_are_one_family(kind):
    assert family(kind) == "QĐ"
    assert canonical("05", kind, "TƯ") == canonical("5", "QĐ", "TW")


def test_other_kinds_stay_apart():
    assert family("ĐA") != family("DA")


def test_the_exact_date_decides():
    assert settle("20-QĐ/TW ngày 08/4/2026", OLD, NEW) == (Outcome.RESOLVED, [2], ())


def test_a_date_that_disagrees_within_the_year_resolves_with_a_flag():
    one = stored("36", "HD", "VPTW", "2018-04-03")
    assert settle("36-HD/VPTW ngày 04/3/2018", one) == (Outcome.RESOLVED, [1], ("date_differs",))


def test_a_stored_document_without_a_date_resolves_with_a_flag():
    one = stored("36", "HD", "VPTW", None)
    assert settle("36-HD/VPTW ngày 04/3/2018", one)[2] == ("date_unknown",)


def test_a_date_of_another_year_leaves_the_question_open():
    assert settle("20-QĐ/TW ngày 08/4/2020", OLD)[0] is Outcome.OPEN


def test_two_candidates_stay_open_with_the_newest_first():
    assert settle("20-QĐ/TW", OLD, NEW) == (Outcome.OPEN, [2, 1], ())


def test_the_term_of_the_citing_document_decides_between_them():
    start = dt.date(2026, 1, 25)
    found = settle("20-QĐ/TW", OLD, NEW, term_start=start)
    assert found == (Outcome.RESOLVED, [2], ("by_term",))


def test_a_document_issued_after_the_citing_one_is_not_meant():
    before = dt.date(2020, 1, 1)
    assert settle("20-QĐ/TW", OLD, NEW, day=before) == (Outcome.RESOLVED, [1], ())


def test_the_year_in_the_number_decides():
    ones = stored("45", "QĐ", "TTg", "2018-07-09"), stored("45", "QĐ", "TTg", "2019-01-01", key=2)
    assert settle("45/2018/QĐ-TTg", *ones) == (Outcome.RESOLVED, [1], ())


def test_a_committee_cites_itself_and_those_below_it():
    ones = [
        stored("15", "BC", "ĐU", "2026-03-01", issuer="Đảng ủy xã A"),
        stored("15", "BC", "ĐU", "2026-03-02", issuer="Đảng ủy xã B", key=2),
    ]
    assert settle("15-BC/ĐU", *ones, issuer="Đảng ủy xã B")[1] == [2]
    below = settle("15-BC/ĐU", *ones, issuer="Tỉnh ủy", descendants=["Đảng ủy xã A"])
    assert below[1] == [1]


def test_a_number_that_is_not_stored_is_unknown():
    assert settle("99-QĐ/TW", OLD, NEW) == (Outcome.UNKNOWN, [], ())
    assert settle("99-QĐ/TW ngày 08/4/2026", OLD, NEW) == (Outcome.UNKNOWN, [], ())
