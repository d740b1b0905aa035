"""Whom a badge is due at the next days of award, and who may have it early."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from meetings import clock
from meetings.members.badges import queries
from meetings.members.badges.queries import Due
from meetings.members.life.party_age import award_before, days_of_award, years_later
from meetings.members.records.services import Draft
from meetings.models import AuditEntry, EventKind
from tests import factories
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

DAYS = days_of_award(clock.today())
DAY = DAYS[1]
"""The second of the next days of award."""


def in_party_for(years: int, *, until: date = DAY) -> tuple[Draft, Draft]:
    """Return the events of somebody whose years are full on a day."""
    since = years_later(until, -years)
    return admitted(since), official(since + timedelta(days=365))


@pytest.fixture
def due(session, commune, enter):
    """Members whose years are full at DAY, and noise around them."""
    enter(*in_party_for(30), full_name="Lò Văn Ba")
    enter(*in_party_for(50), full_name="Cà Văn Năm", cell=commune.other_cell)
    enter(*in_party_for(30, until=award_before(DAY)), full_name="Vì Văn Trước")
    enter(*in_party_for(30, until=DAY + timedelta(days=1)), full_name="Tòng Văn Sau")
    enter(*in_party_for(35), full_name="Đèo Văn Lẻ")
    gone = Draft(EventKind.DIED, date(2021, 1, 1))
    enter(*in_party_for(30), gone, full_name="Hoàng Văn Mất")
    factories.member(
        session,
        factories.body(session),
        full_name="Người xã khác",
        admitted_on=years_later(DAY, -30),
        present=True,
    )
    session.commit()
    return f"/bodies/{commune.commune.id}/badges"


def due_on(session, commune, day: date = DAY) -> Sequence[Due]:
    return queries.due_on(session, commune.commune, [day], by=commune.keeper)[day]


def told(session, commune, day: date = DAY) -> list[tuple[str, int]]:
    return names(due_on(session, commune, day))


def names(found: Sequence[Due]) -> list[tuple[str, int]]:
    return [(one.member.full_name, one.badge.level) for one in found]


def test_a_badge_is_due_when_its_years_are_full_since_the_award_before(session, commune, due):
    assert told(session, commune) == [("Cà Văn Năm", 50), ("Lò Văn Ba", 30)]
    assert told(session, commune, DAYS[0]) == [("Vì Văn Trước", 30)]
    assert told(session, commune, DAYS[2]) == [("Tòng Văn Sau", 30)]


def test_several_days_are_asked_as_one_and_told_as_each(session, commune, due):
    found = queries.due_on(session, commune.commune, DAYS, by=commune.keeper)
    assert list(found) == list(DAYS)
    assert {day: names(one) for day, one in found.items()} == {
        day: told(session, commune, day) for day in DAYS
    }


def test_a_badge_that_was_given_is_not_due_again(session, commune, enter):
    given = Draft(EventKind.BADGE_AWARDED, date(2025, 11, 7), decision="1", facts={"badge": "30"})
    enter(*in_party_for(30), given, full_name="Lò Văn Ba")
    enter(*in_party_for(40), given, full_name="Cà Văn Bốn")
    assert told(session, commune) == [("Cà Văn Bốn", 40)]


def test_time_outside_the_party_makes_it_due_later(session, commune, enter):
    left, back = date(2021, 1, 1), date(2022, 1, 1)
    since = years_later(DAY, -30) - (back - left)
    life = (admitted(since), official(since + timedelta(days=365)))
    away = (
        Draft(EventKind.LEFT, left, decision="1"),
        Draft(EventKind.RESTORED, back, commune.cell.id, "2"),
    )
    enter(*life, *away, full_name="Vì Văn Về")
    enter(*life, full_name="Lò Văn Ở")
    assert told(session, commune) == [("Vì Văn Về", 30)]
    (due,) = due_on(session, commune)
    assert due.member.since == years_later(DAY, -30)


def test_who_may_have_it_early_is_told_apart(session, commune, due, enter):
    enter(*in_party_for(70, until=years_later(DAY, 2)), full_name="Quàng Thị Già")
    enter(*in_party_for(65, until=years_later(DAY, 2)), full_name="Lường Thị Trẻ")
    early = queries.early_on(session, commune.commune, DAY, by=commune.keeper)
    assert names(early) == [("Quàng Thị Già", 70), ("Tòng Văn Sau", 30)]


def test_the_page_tells_days_people_and_the_rule(sign_in, commune, due):
    client = sign_in(commune.keeper)
    html = client.get(f"{due}?day={DAY}").get_data(as_text=True)
    assert [name in html for name in ("Cà Văn Năm", "Lò Văn Ba", "Vì Văn Trước")] == [
        True,
        True,
        False,
    ]
    assert "Người xã khác" not in html
    assert f"{DAY:%d/%m/%Y} (2)" in html
    assert "không quá 24 tháng" in html
    assert len(outline(html).all("rect")) == 2
    early = client.get(f"{due}?day={DAY}&early=1").get_data(as_text=True)
    assert "Tòng Văn Sau" in early
    assert "1 Huy hiệu Đảng có thể xét tặng sớm" in early
    assert "Lò Văn Ba" not in early
    first = client.get(f"{due}?day=never").get_data(as_text=True)
    assert "Vì Văn Trước" in first


def test_a_day_without_a_badge_says_so(sign_in, commune):
    html = sign_in(commune.keeper).get(f"/bodies/{commune.cell.id}/badges")
    assert "Đợt này không có ai" in html.get_data(as_text=True)


def test_the_list_is_taken_along(sign_in, commune, due):
    client = sign_in(commune.keeper)
    answer = client.get(f"{due}/file?day={DAY}&format=csv")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Cà Văn Năm", "Lò Văn Ba"]
    assert rows[1][5:] == ["50", f"{DAY:%d/%m/%Y}"]
    assert f"huy-hieu-dang-{DAY:%d-%m-%Y}.csv" in answer.headers["Content-Disposition"]
    assert client.get(f"{due}/file?format=xlsx").status_code == 200
    assert client.get(f"{due}/file?format=docx").status_code == 404


def test_a_secretary_sees_the_own_cell_and_strangers_nothing(sign_in, world, commune, due):
    own = f"/bodies/{commune.cell.id}/badges?day={DAY}"
    html = sign_in(commune.secretary).get(own).get_data(as_text=True)
    assert ["Lò Văn Ba" in html, "Cà Văn Năm" in html] == [True, False]
    assert not [a for a in outline(html).all("a") if a["href"].startswith("/members/")]
    assert sign_in(commune.secretary).get(due).status_code == 404
    for who in (world.clerk, world.administrator, world.delegate):
        assert sign_in(who).get(due).status_code == 404
        assert sign_in(who).get(f"{due}/file?format=csv").status_code == 404


def test_each_look_leaves_a_line(sign_in, installation, commune, due):
    sign_in(commune.keeper).get(due)
    with installation.database.reading() as reading:
        lines = reading.query(AuditEntry).filter(AuditEntry.action == "member:list").all()
    assert [line.actor_id for line in lines] == [commune.keeper.id]
