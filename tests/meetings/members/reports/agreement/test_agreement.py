"""A body confirms its quarter, the body above sees it, and what changed since is told by name."""

from datetime import date, timedelta

import pytest

from meetings import clock
from meetings.members.records import services as records
from meetings.members.records.queries import events_of
from meetings.members.records.services import Draft
from meetings.members.reports.agreement import queries
from meetings.members.reports.agreement.forms import figures_of
from meetings.members.reports.agreement.views import QUARTERS
from meetings.members.reports.movements.forms import quarter
from meetings.members.reports.movements.queries import ledger_of
from meetings.models import AuditEntry, EventKind, MemberStatement
from tests import factories
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

DAY = timedelta(days=1)
THIS = quarter(clock.today())
BEGINS, ENDS = quarter(THIS[0] - DAY)
FULL = (admitted(), official())


def died(on: date) -> Draft:
    return Draft(EventKind.DIED, on)


@pytest.fixture
def at(session, commune, enter):
    """Two members of a cell, of whom one dies in the quarter; one of the other cell."""
    enter(*FULL, full_name="Lò Văn Ở")
    enter(*FULL, died(BEGINS), full_name="Cà Văn Mất")
    enter(*FULL, cell=commune.other_cell, full_name="Vì Văn Bên")
    session.commit()
    return f"/bodies/{commune.cell.id}/members/agreement"


def seen(page: str) -> str:
    return next(e["value"] for e in outline(page).all("input") if e.get("name") == "seen")


def confirmed(client, at: str):
    """Confirm the last quarter as it stands on the page."""
    figures = seen(client.get(at).get_data(as_text=True))
    return client.submit(f"{at}/confirm?quarter={BEGINS}", seen=figures)


def test_a_secretary_confirms_and_the_superior_sees_it(session, sign_in, commune, at):
    client = sign_in(commune.secretary)
    page = client.get(at).get_data(as_text=True)
    assert "Xác nhận số liệu này" in page
    assert confirmed(client, at).status_code == 303
    kept = session.query(MemberStatement).one()
    assert (kept.opening, kept.closing, kept.counts) == (2, 1, {"died": 1})
    assert (kept.body_id, kept.begins_on) == (commune.cell.id, BEGINS)
    session.commit()
    page = client.get(at).get_data(as_text=True)
    assert "Xác nhận số liệu này" not in page
    above = f"/bodies/{commune.commune.id}/members/agreement"
    html = sign_in(commune.keeper).get(above).get_data(as_text=True)
    assert "đã xác nhận 1/2" in html
    assert ["chưa xác nhận" in html, "đã thay đổi" in html] == [True, False]


def test_what_was_recorded_after_it_is_told_by_name(session, sign_in, commune, at, enter):
    client = sign_in(commune.secretary)
    confirmed(client, at)
    enter(*FULL, died(ENDS), full_name="Tòng Văn Muộn")
    enter(admitted(THIS[0]), full_name="Đèo Văn Sau")
    session.commit()
    html = client.get(at).get_data(as_text=True)
    assert "Thay đổi sau khi xác nhận" in html
    assert "Tòng Văn Muộn" in html
    above = f"/bodies/{commune.commune.id}/members/agreement"
    assert "đã thay đổi" in sign_in(commune.keeper).get(above).get_data(as_text=True)
    client = sign_in(commune.secretary)
    confirmed(client, at)
    html = client.get(at).get_data(as_text=True)
    assert ["Thay đổi sau khi xác nhận" in html, "Tòng Văn Muộn" in html] == [False, False]
    assert session.query(MemberStatement).count() == 2, "the one before stays"


def test_a_correction_out_of_the_quarter_is_told_too(session, sign_in, commune, at, enter):
    late = enter(*FULL, died(ENDS), full_name="Hoàng Văn Sửa")
    session.commit()
    client = sign_in(commune.secretary)
    confirmed(client, at)
    first = events_of(session, late)[-1]
    moved = Draft(EventKind.DIED, ENDS + DAY, decision="9-QĐ/ĐU")
    records.record(session, commune.key, late, moved, by=commune.keeper, corrects=first)
    session.commit()
    statement = queries.statement_of(session, commune.cell, BEGINS)
    found = queries.recorded_since(session, statement, commune.cell, ENDS, by=commune.keeper)
    assert [one.member.full_name for one in found] == ["Hoàng Văn Sửa"]
    session.commit()
    assert "(đính chính)" in client.get(at).get_data(as_text=True)


def test_what_does_not_move_anybody_changes_nothing(session, sign_in, commune, at, enter):
    client = sign_in(commune.secretary)
    confirmed(client, at)
    member = factories.member(session, commune.cell)
    factories.member_event(session, member, commune.keeper, happened_on=BEGINS)
    enter(*FULL, cell=commune.other_cell, full_name="Người chi bộ khác")
    session.flush()
    statement = queries.statement_of(session, commune.cell, BEGINS)
    whole = (session, statement, commune.cell, ENDS)
    assert queries.recorded_since(*whole, by=commune.keeper) == []


def test_figures_that_changed_meanwhile_are_not_confirmed(session, sign_in, commune, at, enter):
    client = sign_in(commune.secretary)
    old = seen(client.get(at).get_data(as_text=True))
    enter(*FULL, died(ENDS), full_name="Tòng Văn Muộn")
    session.commit()
    answer = client.submit(f"{at}/confirm?quarter={BEGINS}", seen=old)
    assert answer.status_code == 303
    assert session.query(MemberStatement).count() == 0
    session.commit()
    assert "Số liệu vừa thay đổi" in client.get(at).get_data(as_text=True)


def test_a_quarter_that_is_not_over_cannot_be_confirmed(session, sign_in, commune, at):
    client = sign_in(commune.secretary)
    page = client.get(f"{at}?quarter={THIS[0]}").get_data(as_text=True)
    assert "Quý này chưa kết thúc" in page
    assert "Xác nhận số liệu này" not in page
    now = ledger_of(session, commune.cell, THIS[0] - DAY, clock.today(), by=commune.keeper)
    session.commit()
    client.submit(f"{at}/confirm?quarter={THIS[0]}", seen=figures_of(now))
    assert session.query(MemberStatement).count() == 0


def test_some_quarters_are_chosen_from_and_others_are_the_last_one(sign_in, commune, at):
    client = sign_in(commune.keeper)
    html = client.get(f"{at}?quarter=1999-01-01").get_data(as_text=True)
    assert f"{BEGINS:%d/%m/%Y}" in html
    assert len([a for a in outline(html).all("a") if "agreement?quarter" in a["href"]]) == QUARTERS


def test_nobody_else_confirms_or_sees(session, sign_in, world, commune, at):
    other = f"/bodies/{commune.other_cell.id}/members/agreement"
    for who in (commune.secretary, world.clerk, world.administrator, world.delegate):
        client = sign_in(who)
        assert client.get(other).status_code == 404
        assert client.submit(f"{other}/confirm?quarter={BEGINS}", seen="").status_code == 404
    assert session.query(MemberStatement).count() == 0


def test_a_confirmation_leaves_a_line(session, sign_in, installation, commune, at):
    client = sign_in(commune.secretary)
    confirmed(client, at)
    with installation.database.reading() as reading:
        (line,) = reading.query(AuditEntry).filter(AuditEntry.action == "member:confirm").all()
    assert (line.actor_id, line.subject_id) == (commune.secretary.id, str(commune.cell.id))
