"""Form 1 of a body: what it comes to, who explains it, and who may ask for it."""

from datetime import date, timedelta

import pytest

from meetings import clock
from meetings.intake.office.rows import rows_of
from meetings.members.life.movements import Line
from meetings.members.records.services import Draft
from meetings.members.reports.movements import queries
from meetings.members.reports.movements.forms import quarter, spans
from meetings.models import AuditEntry, EventKind
from tests import factories
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

SINCE, UNTIL = date(2026, 7, 1), date(2026, 9, 30)
DAY = timedelta(days=1)
SPAN = f"since={SINCE}&until={UNTIL}"


def happened(kind: EventKind, on: date, body=None, **facts: str) -> Draft:
    return Draft(kind, on, body.id if body else None, "12-QĐ/ĐU", facts)


@pytest.fixture
def quarterly(session, world, commune, enter):
    """A commune with three members before the quarter, of whom one dies and one is sent away."""
    elsewhere = factories.body(session, name="Chi bộ xã khác")
    before = (admitted(), official())
    enter(*before, full_name="Lò Văn Ở")
    enter(*before, happened(EventKind.DIED, SINCE), full_name="Cà Văn Mất")
    sent = happened(EventKind.TRANSFERRED_OUT, UNTIL, elsewhere="Đảng bộ tỉnh Nghệ An")
    enter(*before, sent, full_name="Vì Văn Đi", cell=commune.other_cell)
    enter(admitted(date(2026, 8, 1)), full_name="Tòng Thị Mới")
    inside = happened(EventKind.MOVED, date(2026, 8, 9), commune.other_cell)
    enter(*before, inside, full_name="Đèo Văn Trong")
    enter(*before, happened(EventKind.MOVED, date(2026, 8, 9), elsewhere), full_name="Hoàng Văn Xa")
    enter(*before, happened(EventKind.DIED, SINCE - DAY), full_name="Lường Văn Trước")
    enter(*before, happened(EventKind.DIED, UNTIL + DAY), full_name="Quàng Văn Sau")
    enter(*before, cell=elsewhere, full_name="Người xã khác")
    session.commit()
    return f"/bodies/{commune.commune.id}/members/movements"


def ledger(session, body, who):
    return queries.ledger_of(session, body, SINCE - DAY, UNTIL, by=who)


def test_what_was_there_and_what_happened_come_to_what_is_there(session, commune, quarterly):
    found = ledger(session, commune.commune, commune.keeper)
    assert (found.opening, found.closing) == (6, 4)
    told = {line: count for line, count in found.counts.items() if count}
    assert told == {Line.ADMITTED: 1, Line.DIED: 1, Line.SENT: 2}
    assert found.opening + sum(told.step.sign for told in found.steps) == found.closing


def test_the_cells_of_a_body_come_to_the_body_but_for_moves_among_them(session, commune, quarterly):
    cells = [ledger(session, one, commune.keeper) for one in (commune.cell, commune.other_cell)]
    whole = ledger(session, commune.commune, commune.keeper)
    assert sum(one.opening for one in cells) == whole.opening
    assert sum(one.closing for one in cells) == whole.closing
    assert [one.counts[Line.SENT] for one in cells] == [2, 1]
    assert cells[1].counts[Line.RECEIVED] == 1


def test_today_it_ends_with_the_register(session, sign_in, commune, quarterly):
    today = clock.today()
    found = queries.ledger_of(session, commune.commune, today - 400 * DAY, today, by=commune.keeper)
    session.commit()
    register = sign_in(commune.keeper).get(f"/bodies/{commune.commune.id}/members")
    assert f"{found.closing} đảng viên" in register.get_data(as_text=True)


def test_a_line_names_who_it_is_and_by_which_event(sign_in, commune, quarterly):
    client = sign_in(commune.keeper)
    html = client.get(f"{quarterly}?{SPAN}&line=sent").get_data(as_text=True)
    assert ["Vì Văn Đi" in html, "Hoàng Văn Xa" in html] == [True, True]
    assert "Đảng bộ tỉnh Nghệ An" in html
    assert "Chi bộ xã khác" in html
    for other in ("Cà Văn Mất", "Đèo Văn Trong", "Lường Văn Trước", "Người xã khác"):
        assert other not in html
    died = client.get(f"{quarterly}?{SPAN}&line=died").get_data(as_text=True)
    assert ["Cà Văn Mất" in died, "Quàng Văn Sau" in died] == [True, False]
    assert "Cà Văn Mất" not in client.get(f"{quarterly}?{SPAN}").get_data(as_text=True)


def test_a_record_is_linked_only_where_it_may_be_opened(session, sign_in, commune, quarterly):
    html = sign_in(commune.keeper).get(f"{quarterly}?{SPAN}&line=sent").get_data(as_text=True)
    links = [a for a in outline(html).all("a") if a["href"].startswith("/members/")]
    assert len(links) == 1, "who is in another commune now has their record there"


def test_the_page_has_a_picture_and_the_usual_times(sign_in, commune, quarterly):
    html = sign_in(commune.keeper).get(quarterly).get_data(as_text=True)
    assert len(outline(html).all("svg")) >= 1
    for first, last in spans(clock.today()).values():
        assert f"since={first}" in html
        assert f"until={last}" in html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("since=hôm+nay&until=2026-09-30", "since-error"),
        ("since=2026-09-30&until=2026-07-01", "until-error"),
        ("since=2026-07-01&until=2999-01-01", "until-error"),
        ("since=1900-01-01&until=2026-01-01", "since-error"),
        ("until=2026-01-01", "since-error"),
    ],
)
def test_days_that_cannot_be_are_told_at_the_field(sign_in, commune, asked, said):
    client = sign_in(commune.keeper)
    answer = client.get(f"/bodies/{commune.cell.id}/members/movements?{asked}")
    assert answer.status_code == 200
    assert said in answer.get_data(as_text=True)
    file = f"/bodies/{commune.cell.id}/members/movements/file?format=xlsx&{asked}"
    assert client.get(file).status_code == 404


def test_a_body_without_members_says_what_to_do(sign_in, commune):
    html = sign_in(commune.keeper).get(f"/bodies/{commune.cell.id}/members/movements?line=none")
    assert "Không có đảng viên trong thời gian này" in html.get_data(as_text=True)


def test_the_form_is_taken_along_with_its_heading(sign_in, commune, quarterly, tmp_path):
    client = sign_in(commune.keeper)
    path = tmp_path / "form.xlsx"
    path.write_bytes(client.get(f"{quarterly}/file?{SPAN}&format=xlsx").data)
    rows = {row[0]: row[1] for row in rows_of(path) if len(row) > 1}
    assert rows["Có đầu kỳ"] == "6"
    assert rows["Có cuối kỳ"] == "4"
    path = tmp_path / "form.docx"
    answer = client.get(f"{quarterly}/file?{SPAN}&format=docx")
    assert answer.status_code == 200
    assert "tang-giam-dang-vien-30-09-2026.docx" in answer.headers["Content-Disposition"]
    assert client.get(f"{quarterly}/file?{SPAN}&format=csv").status_code == 404
    assert client.get(f"{quarterly}/file?{SPAN}").status_code == 404


def test_a_secretary_asks_for_the_own_cell_and_strangers_for_nothing(
    sign_in, world, commune, quarterly
):
    own = f"/bodies/{commune.cell.id}/members/movements?{SPAN}&line=died"
    html = sign_in(commune.secretary).get(own).get_data(as_text=True)
    assert "Cà Văn Mất" in html
    assert sign_in(commune.secretary).get(quarterly).status_code == 404
    for who in (world.clerk, world.administrator, world.delegate):
        assert sign_in(who).get(quarterly).status_code == 404
        assert sign_in(who).get(f"{quarterly}/file?format=pdf").status_code == 404


def test_each_look_leaves_a_line(sign_in, installation, commune, quarterly):
    sign_in(commune.keeper).get(quarterly)
    with installation.database.reading() as reading:
        lines = reading.query(AuditEntry).filter(AuditEntry.action == "member:list").all()
    assert [line.subject_id for line in lines] == [str(commune.commune.id)]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 8, 15), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_three_whole_months(day, first, last):
    assert quarter(day) == (first, last)


def test_the_quarter_before_the_first_lies_in_the_year_before():
    assert spans(date(2026, 2, 3))["last-quarter"] == (date(2025, 10, 1), date(2025, 12, 31))
    assert spans(date(2026, 2, 3))["year"] == (date(2026, 1, 1), date(2026, 2, 3))
