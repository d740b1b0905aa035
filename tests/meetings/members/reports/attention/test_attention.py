"""What waits: probations that end, members sent and received nowhere, records not supplemented."""

import csv
import io
from datetime import date, timedelta

import pytest

from meetings import clock
from meetings.members.life.party_age import years_later
from meetings.members.records import services as records
from meetings.members.records.queries import events_of
from meetings.members.records.services import Draft
from meetings.members.register import views as register_views
from meetings.members.reports.attention import queries
from meetings.members.reports.attention.queries import Matter
from meetings.models import EventKind
from tests import factories
from tests.meetings.members.conftest import admitted, official

TODAY = clock.today()
YEAR_AGO = years_later(TODAY, -1)
DAY = timedelta(days=1)
K = EventKind


def happened(kind: EventKind, on: date, body=None, **facts: str) -> Draft:
    return Draft(kind, on, body.id if body else None, "12-QĐ/ĐU", facts)


def sent(on: date) -> Draft:
    return happened(K.TRANSFERRED_OUT, on, elsewhere="Đảng bộ tỉnh Nghệ An")


def waiting(session, commune, matter: Matter) -> list[tuple[str, bool]]:
    found = queries.waiting(session, commune.commune, matter, 1, by=commune.keeper)
    return [(one.member.full_name, one.overdue) for one in found.rows]


@pytest.fixture
def fresh(enter):
    """Enter members whose record was supplemented lately."""

    def enter_fresh(*life: Draft, **facts):
        return enter(*life, happened(K.SUPPLEMENTED, TODAY - DAY), **facts)

    return enter_fresh


def test_a_probation_is_told_sixty_days_before_its_end_and_when_it_is_over(session, commune, fresh):
    fresh(admitted(YEAR_AGO - DAY), full_name="Lò Văn Quá")
    fresh(admitted(YEAR_AGO + 59 * DAY), full_name="Cà Thị Sắp", cell=commune.other_cell)
    fresh(admitted(YEAR_AGO + 63 * DAY), full_name="Vì Văn Còn")
    fresh(admitted(YEAR_AGO - DAY), official(TODAY), full_name="Tòng Văn Chính")
    gone = happened(K.STRUCK_OFF, TODAY)
    struck = fresh(admitted(YEAR_AGO - DAY), full_name="Hoàng Văn Xóa")
    records.record(session, commune.key, struck, gone, by=commune.keeper)
    found = waiting(session, commune, Matter.PROBATION)
    assert found == [("Lò Văn Quá", True), ("Cà Thị Sắp", False)]


def test_a_corrected_admission_counts_from_its_right_day(session, commune, fresh):
    member = fresh(admitted(YEAR_AGO - DAY), full_name="Lò Văn Sửa")
    first = events_of(session, member)[1]
    late = Draft(K.ADMITTED, TODAY - 90 * DAY, decision="9-QĐ/ĐU")
    records.record(session, commune.key, member, late, by=commune.keeper, corrects=first)
    assert waiting(session, commune, Matter.PROBATION) == []


def test_who_was_sent_waits_until_somebody_received_them(session, commune, enter):
    full = (admitted(), official())
    day = date(2026, 3, 1)
    enter(*full, sent(day), full_name="Lò Văn Chờ")
    answered = happened(K.RECEIVED_THERE, day + 9 * DAY, elsewhere="Đảng bộ tỉnh Nghệ An")
    enter(*full, sent(day), answered, full_name="Cà Văn Xong")
    back = happened(K.TRANSFERRED_IN, day + 9 * DAY, commune.cell, elsewhere="Trường Chính trị")
    enter(*full, sent(day), back, full_name="Vì Văn Về")
    again = (sent(day), answered, back, sent(day + 20 * DAY))
    enter(*full, *again, full_name="Tòng Văn Lại")
    enter(*full, happened(K.DIED, day), full_name="Đèo Văn Mất")
    enter(*full, full_name="Hoàng Văn Ở")
    found = [name for name, _late in waiting(session, commune, Matter.SENT)]
    assert found == ["Lò Văn Chờ", "Tòng Văn Lại"]


def test_a_record_waits_when_nobody_supplemented_it_for_a_year(session, commune, enter, fresh):
    full = (admitted(), official())
    enter(*full, full_name="Lò Văn Cũ")
    enter(*full, happened(K.SUPPLEMENTED, YEAR_AGO), full_name="Cà Văn Năm Ngoái")
    enter(*full, happened(K.RATED, TODAY, period="2026", rating="good"), full_name="Vì Văn Xếp")
    fresh(*full, full_name="Tòng Văn Mới")
    enter(*full, sent(TODAY), full_name="Đèo Văn Đi")
    found = {name for name, _late in waiting(session, commune, Matter.SUPPLEMENT)}
    assert found == {"Lò Văn Cũ", "Cà Văn Năm Ngoái", "Vì Văn Xếp"}


def test_the_counts_are_those_of_the_lists_and_of_no_other_body(session, commune, enter):
    enter(admitted(YEAR_AGO), full_name="Lò Văn Một")
    enter(admitted(YEAR_AGO), full_name="Cà Văn Hai", cell=commune.other_cell)
    enter(admitted(YEAR_AGO), cell=factories.body(session), full_name="Người xã khác")
    for body, expected in ((commune.commune, 2), (commune.cell, 1)):
        found = queries.counts(session, body, by=commune.keeper)
        assert found == {Matter.PROBATION: expected, Matter.SENT: 0, Matter.SUPPLEMENT: expected}


def test_the_register_leads_to_what_waits(session, sign_in, commune, enter, monkeypatch):
    enter(admitted(YEAR_AGO - DAY), full_name="Lò Văn Quá")
    session.commit()
    client = sign_in(commune.keeper)
    register = client.get(f"/bodies/{commune.commune.id}/members").get_data(as_text=True)
    assert "Cần xử lý (2)" in register
    monkeypatch.setattr(register_views, "COUNTED", 0)
    register = client.get(f"/bodies/{commune.commune.id}/members").get_data(as_text=True)
    assert "Cần xử lý (" not in register
    assert "Cần xử lý" in register
    at = f"/bodies/{commune.commune.id}/members/attention"
    html = client.get(at).get_data(as_text=True)
    assert ["Lò Văn Quá" in html, "quá hạn" in html] == [True, True]
    assert "Dự bị sắp hết hạn (1)" in html
    html = client.get(f"{at}?about=supplement").get_data(as_text=True)
    assert ["Lò Văn Quá" in html, "quá hạn" in html] == [True, False]
    assert "Không còn ai" in client.get(f"{at}?about=sent").get_data(as_text=True)


def test_the_list_is_taken_along_and_strangers_get_nothing(session, sign_in, world, commune, enter):
    enter(admitted(YEAR_AGO - DAY), full_name="Lò Văn Quá")
    session.commit()
    at = f"/bodies/{commune.cell.id}/members/attention"
    answer = sign_in(commune.secretary).get(f"{at}/file?about=probation&format=csv")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Lò Văn Quá"]
    assert sign_in(commune.secretary).get(f"{at}/file?format=docx").status_code == 404
    whole = f"/bodies/{commune.commune.id}/members/attention"
    assert sign_in(commune.secretary).get(whole).status_code == 404
    for who in (world.clerk, world.administrator, world.delegate):
        assert sign_in(who).get(at).status_code == 404
