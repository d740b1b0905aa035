"""From which day on to which day a matter waits, in which order, and page by page."""

from datetime import date, timedelta
from itertools import chain

import pytest

from meetings import clock
from meetings.members.life.party_age import years_later
from meetings.members.records import services as records
from meetings.members.records.queries import events_of
from meetings.members.records.services import Draft
from meetings.members.reports.attention import queries
from meetings.members.reports.attention.queries import SOON, Matter
from meetings.models import EventKind
from tests import factories
from tests.meetings.members.conftest import admitted, official

K = EventKind
DAY = timedelta(days=1)
TODAY = clock.today()
YEAR_AGO = years_later(TODAY, -1)
FULL = (admitted(), official())


def happened(kind: EventKind, on: date, body=None, **facts: str) -> Draft:
    return Draft(kind, on, body.id if body else None, "12-QĐ/ĐU", facts)


def names(session, commune, matter: Matter, **asked) -> list[str]:
    found = queries.waiting(
        session, commune.commune, matter, asked.pop("page", 1), by=commune.keeper, **asked
    )
    return [one.member.full_name for one in found.rows]


@pytest.mark.parametrize(
    ("until_end", "waits"),
    [
        (timedelta(days=-400), True),
        (timedelta(days=-1), True),
        (timedelta(days=0), True),
        (timedelta(days=1), True),
        (SOON - DAY, True),
        (SOON, True),
        (SOON + 2 * DAY, False),
        (timedelta(days=300), False),
    ],
)
def test_a_probation_waits_from_sixty_days_before_its_end_on(
    session, commune, enter, until_end, waits
):
    enter(admitted(years_later(TODAY + until_end, -1)), full_name="Lò Văn Dự Bị")
    assert names(session, commune, Matter.PROBATION) == ["Lò Văn Dự Bị"] * waits


def test_the_end_of_a_probation_is_a_year_after_the_admission(session, commune, enter):
    enter(admitted(date(2025, 11, 7)), full_name="Lò Văn Một")
    (found,) = queries.waiting(
        session, commune.commune, Matter.PROBATION, 1, by=commune.keeper
    ).rows
    assert found.day == date(2026, 11, 7)
    assert found.overdue == (date(2026, 11, 7) < TODAY)


def test_who_was_admitted_again_is_on_probation_from_then_on(session, commune, enter):
    struck = happened(K.STRUCK_OFF, date(2022, 1, 1))
    again = happened(K.ADMITTED, TODAY - 30 * DAY)
    back = happened(K.REGISTERED, TODAY - 29 * DAY, commune.cell, full_name="Lò Văn Lại")
    member = enter(admitted(date(2021, 5, 19)), struck, again, back)
    assert member.present
    assert names(session, commune, Matter.PROBATION) == []
    long_ago = happened(K.ADMITTED, YEAR_AGO - 30 * DAY)
    enter(admitted(date(2021, 5, 19)), struck, long_ago, back, full_name="Cà Văn Lại")
    assert len(names(session, commune, Matter.PROBATION)) == 1


def test_who_waited_longest_comes_first_and_names_follow_the_alphabet(session, commune, enter):
    for name, days in (("Vì Văn An", 3), ("Cà Văn Bình", 9), ("Lò Văn An", 3), ("Đèo Văn Ánh", 3)):
        enter(admitted(YEAR_AGO - days * DAY), full_name=name)
    found = names(session, commune, Matter.PROBATION)
    assert found[0] == "Cà Văn Bình"
    assert set(found[1:]) == {"Vì Văn An", "Lò Văn An", "Đèo Văn Ánh"}
    assert found[-1] == "Đèo Văn Ánh", "Á comes after A"


def test_a_long_list_is_turned_page_by_page(session, commune, enter):
    for number in range(7):
        enter(admitted(YEAR_AGO - number * DAY), full_name=f"Lò Văn {number}")
    pages = [names(session, commune, Matter.PROBATION, page=page, size=3) for page in (1, 2, 3)]
    assert [len(one) for one in pages] == [3, 3, 1]
    assert list(chain(*pages)) == [f"Lò Văn {number}" for number in reversed(range(7))]
    assert names(session, commune, Matter.PROBATION, page=99, size=3) == pages[-1]
    leaf = queries.waiting(session, commune.commune, Matter.PROBATION, 1, by=commune.keeper, size=3)
    assert (leaf.total, leaf.pages) == (7, 3)


@pytest.mark.parametrize(
    ("on", "waits"), [(YEAR_AGO - DAY, True), (YEAR_AGO, True), (YEAR_AGO + DAY, False)]
)
def test_a_record_waits_after_twelve_months(session, commune, enter, on, waits):
    enter(*FULL, happened(K.SUPPLEMENTED, on), full_name="Lò Văn Phiếu")
    assert names(session, commune, Matter.SUPPLEMENT) == ["Lò Văn Phiếu"] * waits


def test_a_supplement_whose_day_is_corrected_counts_from_its_right_day(session, commune, enter):
    member = enter(*FULL, happened(K.SUPPLEMENTED, TODAY - DAY), full_name="Lò Văn Nhầm")
    assert names(session, commune, Matter.SUPPLEMENT) == []
    wrong = events_of(session, member)[-1]
    right = Draft(K.SUPPLEMENTED, YEAR_AGO - DAY, decision="9-QĐ/ĐU")
    records.record(session, commune.key, member, right, by=commune.keeper, corrects=wrong)
    assert names(session, commune, Matter.SUPPLEMENT) == ["Lò Văn Nhầm"]


def test_who_was_entered_lately_needs_no_supplement_yet(session, commune):
    first = Draft(K.REGISTERED, TODAY - DAY, commune.cell.id, facts={"full_name": "Lò Văn Mới"})
    records.enter(session, commune.key, [first, *FULL], by=commune.keeper)
    assert names(session, commune, Matter.SUPPLEMENT) == []


def test_an_answer_from_before_the_sending_is_none(session, commune, enter):
    first = happened(K.TRANSFERRED_OUT, date(2024, 1, 1), elsewhere="Huế")
    answered = happened(K.RECEIVED_THERE, date(2024, 2, 1))
    back = happened(K.TRANSFERRED_IN, date(2025, 1, 1), commune.cell, elsewhere="Huế")
    again = happened(K.TRANSFERRED_OUT, date(2026, 1, 1), elsewhere="Huế")
    enter(*FULL, first, answered, back, again, full_name="Lò Văn Hai Lần")
    assert names(session, commune, Matter.SENT) == ["Lò Văn Hai Lần"]


def test_who_died_or_left_after_the_sending_waits_no_more(session, commune, enter):
    sent = happened(K.TRANSFERRED_OUT, date(2026, 1, 1), elsewhere="Huế")
    for kind in (K.DIED, K.LEFT, K.EXPELLED, K.STRUCK_OFF):
        enter(*FULL, sent, happened(kind, date(2026, 2, 1)), full_name=f"Lò Văn {kind}")
    assert names(session, commune, Matter.SENT) == []


def test_who_was_received_in_another_body_of_the_register_waits_no_more(session, commune, enter):
    elsewhere = factories.body(session)
    sent = happened(K.TRANSFERRED_OUT, date(2026, 1, 1), elsewhere="Xã khác")
    there = happened(K.TRANSFERRED_IN, date(2026, 2, 1), elsewhere, elsewhere="Xã này")
    enter(*FULL, sent, there, full_name="Lò Văn Đến")
    assert names(session, commune, Matter.SENT) == []


def test_a_secretary_counts_the_own_cell_alone(session, commune, enter):
    enter(admitted(YEAR_AGO), full_name="Lò Văn Một")
    enter(admitted(YEAR_AGO), full_name="Cà Văn Hai", cell=commune.other_cell)
    own = queries.counts(session, commune.cell, by=commune.secretary)
    other = queries.counts(session, commune.other_cell, by=commune.secretary)
    assert own[Matter.PROBATION] == 1
    assert set(other.values()) == {0}
