"""What the body above sees of those below it, and that each quarter and confirmation is its own."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from meetings import clock
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.members.reports.agreement import queries, services
from meetings.members.reports.agreement.forms import figures_of
from meetings.members.reports.movements.forms import quarter
from meetings.members.reports.movements.queries import ledger_of
from meetings.models import BodyKind, EventKind, MemberStatement
from tests import factories
from tests.meetings.members.conftest import admitted, official

DAY = timedelta(days=1)
TODAY = clock.today()
THIS = quarter(TODAY)
BEGINS, ENDS = quarter(THIS[0] - DAY)
BEFORE = quarter(BEGINS - DAY)
FULL = (admitted(), official())
K = EventKind


def ledger(session, body, who, span=(BEGINS, ENDS)):
    return ledger_of(session, body, span[0] - DAY, span[1], by=who)


def confirmed(session, commune, body, span=(BEGINS, ENDS)) -> MemberStatement:
    found = ledger(session, body, commune.keeper, span)
    statement = services.confirm(session, body, found, begins_on=span[0], by=commune.keeper)
    session.commit()
    return statement


def below(session, commune, span=(BEGINS, ENDS), who=None) -> dict[str, tuple[bool, int]]:
    found = queries.bodies_below(session, commune.commune, *span, by=who or commune.keeper)
    return {one.body.name: (one.statement is not None, one.since) for one in found}


def test_every_cell_below_is_listed_by_the_alphabet(session, commune):
    factories.body(session, commune.commune, kind=BodyKind.CELL, name="Chi bộ bản Áng")
    factories.body(session, commune.commune, kind=BodyKind.CELL, name="Chi bộ bản Đông")
    factories.body(session, commune.commune, kind=BodyKind.PARTY_OFFICE, name="Văn phòng")
    factories.body(session, kind=BodyKind.CELL, name="Chi bộ xã khác")
    assert list(below(session, commune)) == [
        "Chi bộ bản Áng",
        "Chi bộ bản Đông",
        "Chi bộ bản Nà Lốc",
        "Chi bộ bản Phiêng Ban",
    ]
    assert set(below(session, commune).values()) == {(False, 0)}


@pytest.mark.parametrize(
    ("closed_on", "listed"),
    [(BEGINS - DAY, False), (BEGINS, True), (ENDS, True), (TODAY, True)],
)
def test_a_cell_that_closed_before_the_quarter_is_not_waited_for(
    session, commune, closed_on, listed
):
    commune.other_cell.closed_on = closed_on
    session.flush()
    assert (commune.other_cell.name in below(session, commune)) == listed


def test_each_quarter_is_confirmed_for_itself(session, commune, enter):
    enter(*FULL)
    confirmed(session, commune, commune.cell, BEFORE)
    assert below(session, commune)[commune.cell.name] == (False, 0)
    assert below(session, commune, BEFORE)[commune.cell.name] == (True, 0)
    assert queries.statement_of(session, commune.cell, BEGINS) is None


def test_the_latest_confirmation_counts(session, commune, enter):
    enter(*FULL)
    first = confirmed(session, commune, commune.cell)
    enter(*FULL, Draft(K.DIED, ENDS), full_name="Lò Văn Muộn")
    session.commit()
    assert below(session, commune)[commune.cell.name][1] > 0
    second = confirmed(session, commune, commune.cell)
    assert queries.statement_of(session, commune.cell, BEGINS).id == second.id != first.id
    assert below(session, commune)[commune.cell.name] == (True, 0)
    assert (first.closing, second.closing) == (1, 1)
    assert second.counts == {"died": 1}


@pytest.mark.parametrize(
    ("more", "concerns"),
    [
        (Draft(K.DIED, BEGINS), True),
        (Draft(K.DIED, ENDS), True),
        (Draft(K.DIED, BEGINS - DAY), True),
        (Draft(K.DIED, THIS[0]), False),
        (Draft(K.SUPPLEMENTED, BEGINS), False),
        (Draft(K.COMMENDED, BEGINS, decision="1", facts={"award": "Giấy khen"}), False),
        (Draft(K.RATED, BEGINS, facts={"period": "2026", "rating": "good"}), False),
    ],
)
def test_what_was_recorded_since_concerns_a_quarter_until_its_end(
    session, commune, enter, more, concerns
):
    member = enter(*FULL, full_name="Lò Văn Sau")
    statement = confirmed(session, commune, commune.cell)
    records.record(session, commune.key, member, more, by=commune.keeper)
    found = queries.recorded_since(session, statement, commune.cell, ENDS, by=commune.keeper)
    assert [one.member.full_name for one in found] == ["Lò Văn Sau"] * concerns
    assert below(session, commune)[commune.cell.name] == (True, int(concerns))


def test_a_move_out_of_a_cell_is_told_to_both(session, commune, enter):
    member = enter(*FULL, full_name="Lò Văn Chuyển")
    for cell in (commune.cell, commune.other_cell):
        confirmed(session, commune, cell)
    moved = Draft(K.MOVED, ENDS, commune.other_cell.id, "9-QĐ/ĐU")
    records.record(session, commune.key, member, moved, by=commune.keeper)
    assert below(session, commune) == {
        commune.cell.name: (True, 1),
        commune.other_cell.name: (True, 1),
    }


def test_what_is_shown_is_the_latest_and_who_recorded_it(session, commune, enter):
    statement = confirmed(session, commune, commune.cell)
    for number in range(queries.SHOWN // 3 + 1):
        enter(*FULL, Draft(K.DIED, ENDS), full_name=f"Lò Văn {number}")
    found = queries.recorded_since(session, statement, commune.cell, ENDS, by=commune.keeper)
    assert len(found) == queries.SHOWN
    moments = [one.event.created_at for one in found]
    assert moments == sorted(moments, reverse=True)
    assert {one.event.recorded_by for one in found} == {commune.keeper.id}


def test_a_secretary_of_a_cell_sees_no_other_cell(session, commune):
    assert below(session, commune, who=commune.secretary) == {
        commune.cell.name: (False, 0),
    }


def test_a_statement_keeps_who_confirmed_and_every_figure(session, commune, enter):
    enter(admitted(BEGINS), full_name="Lò Văn Mới")
    enter(*FULL, Draft(K.DIED, ENDS), full_name="Cà Văn Mất")
    statement = confirmed(session, commune, commune.cell)
    assert (statement.opening, statement.closing) == (1, 1)
    assert statement.counts == {"admitted": 1, "died": 1}
    assert statement.confirmer.id == commune.keeper.id
    assert statement.created_at <= clock.now()


def test_the_figures_of_a_page_are_told_apart_by_each_line(session, commune, enter):
    empty = figures_of(ledger(session, commune.cell, commune.keeper))
    enter(*FULL, Draft(K.DIED, ENDS))
    died = figures_of(ledger(session, commune.cell, commune.keeper))
    enter(*FULL, Draft(K.LEFT, ENDS, decision="1"), cell=commune.cell)
    both = figures_of(ledger(session, commune.cell, commune.keeper))
    assert len({empty, died, both}) == 3
    assert empty.replace("-", "").strip("0") == ""
    assert died.startswith("1-")
    assert both.startswith("2-")


def test_a_body_without_bodies_below_shows_none(session, sign_in, commune):
    session.commit()
    html = sign_in(commune.secretary).get(f"/bodies/{commune.cell.id}/members/agreement")
    assert "Tổ chức đảng trực thuộc" not in html.get_data(as_text=True)
    html = sign_in(commune.keeper).get(f"/bodies/{commune.commune.id}/members/agreement")
    assert "đã xác nhận 0/2" in html.get_data(as_text=True)


def test_the_quarter_of_a_day_follows_the_one_before():
    found, day = [], date(2026, 11, 28)
    for _ in range(5):
        found.append(quarter(day))
        day = found[-1][0] - DAY
    assert all(one[0] - DAY == two[1] for one, two in pairwise(found))
    assert [one[0].month for one in found] == [10, 7, 4, 1, 10]
