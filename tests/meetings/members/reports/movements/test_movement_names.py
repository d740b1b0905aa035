"""Whom a line of form 1 names, to whom, and how the file of the form looks."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from meetings import clock
from meetings.members.life.movements import GAINS, LOSSES, Line
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.members.reports.movements import queries
from meetings.models import EventKind
from tests import factories
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

K = EventKind
DAY = timedelta(days=1)
TODAY = clock.today()
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
SPAN = {"since": FIRST.isoformat(), "until": LAST.isoformat()}
FULL = (admitted(), official())


def happened(kind: EventKind, on: date, body=None, **facts: str) -> Draft:
    return Draft(kind, on, body.id if body else None, "12-QĐ/ĐU", facts)


@pytest.fixture
def elsewhere(session):
    return factories.body(session, name="Chi bộ xã khác")


@pytest.fixture
def every_line(session, commune, enter, elsewhere):
    """One member for each line of the form."""
    enter(admitted(FIRST), full_name="admitted")
    came = happened(K.MOVED, FIRST, commune.cell)
    enter(*FULL, came, cell=elsewhere, full_name="received")
    left = happened(K.LEFT, date(2024, 1, 1))
    back = happened(K.RESTORED, FIRST, commune.cell)
    enter(*FULL, left, back, full_name="restored")
    facts = {"full_name": "entered"}
    first = Draft(K.REGISTERED, FIRST, commune.cell.id, facts=facts)
    records.enter(session, commune.key, [first, *FULL], by=commune.keeper)
    enter(*FULL, happened(K.TRANSFERRED_OUT, LAST, elsewhere="Huế"), full_name="sent")
    for kind in (K.EXPELLED, K.STRUCK_OFF, K.LEFT):
        enter(*FULL, happened(kind, LAST), full_name=kind.value)
    enter(*FULL, happened(K.DIED, LAST), full_name="died")
    session.commit()
    return f"/bodies/{commune.commune.id}/members/movements"


def told_of(session, commune, who=None):
    who = who or commune.keeper
    found = queries.ledger_of(session, commune.commune, FIRST - DAY, LAST, by=who)
    return found, {
        line: [one.member.full_name for one in queries.named(session, told, by=who)]
        for line in Line
        if (told := found.told_of(line))
    }


def test_every_line_names_its_member(session, commune, every_line):
    found, told = told_of(session, commune)
    assert told == {line: [line.value] for line in Line}
    assert found.counts == dict.fromkeys(Line, 1)
    assert (found.opening, found.closing) == (5, 4)
    assert found.opening + len(GAINS) - len(LOSSES) == found.closing


def test_each_line_is_a_page_of_its_own(sign_in, commune, every_line):
    client = sign_in(commune.keeper)
    html = client.get(every_line, query_string=SPAN).get_data(as_text=True)
    links = [a["href"] for a in outline(html).all("a") if "line=" in a["href"]]
    assert len(links) == len(Line)
    for line, href in zip(Line, links, strict=True):
        assert f"line={line.value}#who" in href
        page = client.get(href).get_data(as_text=True)
        assert f">{line.value}<" in page.replace("\n", "").replace("  ", "")


def test_a_line_without_anybody_leads_nowhere(session, sign_in, commune, enter):
    enter(*FULL, full_name="Lò Văn Ở")
    session.commit()
    at = f"/bodies/{commune.commune.id}/members/movements"
    client = sign_in(commune.keeper)
    html = client.get(at, query_string=SPAN).get_data(as_text=True)
    assert not [a for a in outline(html).all("a") if "line=" in a["href"]]
    html = client.get(at, query_string=SPAN | {"line": "died"}).get_data(as_text=True)
    assert "Không có ai trong thời gian này" in html


@pytest.mark.parametrize("line", ["", "none", "DIED", "'; --", "died "])
def test_a_line_that_is_none_shows_the_form_alone(sign_in, commune, every_line, line):
    answer = sign_in(commune.keeper).get(every_line, query_string=SPAN | {"line": line})
    assert answer.status_code == 200
    assert 'id="who"' not in answer.get_data(as_text=True)


def test_many_names_are_turned_page_by_page(session, sign_in, commune, enter):
    for number in range(55):
        enter(admitted(FIRST + number * DAY), full_name=f"Lò Văn Số {number}.")
    session.commit()
    client, asked = sign_in(commune.keeper), SPAN | {"line": "admitted"}
    at = f"/bodies/{commune.commune.id}/members/movements"
    first = client.get(at, query_string=asked).get_data(as_text=True)
    second = client.get(at, query_string=asked | {"page": 2}).get_data(as_text=True)
    assert ["Số 0." in first, "Số 0." in second] == [True, False]
    assert ["Số 54." in first, "Số 54." in second] == [False, True]
    assert "55" in first


def test_where_somebody_came_from_is_told(session, commune, every_line):
    found, _told = told_of(session, commune)
    named = {
        line: queries.named(session, found.told_of(line), by=commune.keeper)[0] for line in Line
    }
    assert named[Line.RECEIVED].elsewhere == "Chi bộ xã khác"
    assert named[Line.SENT].elsewhere == "Huế"
    assert {one.here for one in named.values()} == {commune.cell.name}
    assert named[Line.DIED].elsewhere == ""


def test_the_other_end_of_a_move_sees_it_too_and_nothing_else(
    session, commune, every_line, elsewhere
):
    keeper = factories.user(session)
    stranger = queries.ledger_of(session, elsewhere, FIRST - DAY, LAST, by=keeper)
    assert (stranger.opening, stranger.closing, list(stranger.steps)) == (0, 0, [])


@pytest.mark.parametrize(("ending", "part"), [("docx", "word/document.xml")])
def test_the_file_has_the_official_heading_and_every_line(
    sign_in, commune, every_line, ending, part
):
    answer = sign_in(commune.keeper).get(
        f"{every_line}/file", query_string=SPAN | {"format": ending}
    )
    text = ZipFile(BytesIO(answer.data)).read(part).decode()
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", commune.commune.name.upper(), "BIỂU SỐ 1"):
        assert words in text
    for line in Line:
        assert {
            Line.ADMITTED: "Kết nạp",
            Line.RECEIVED: "Chuyển đến",
            Line.RESTORED: "Khôi phục quyền đảng viên",
            Line.ENTERED: "Ghi vào sổ lần đầu",
            Line.SENT: "Chuyển đi",
            Line.EXPELLED: "Khai trừ",
            Line.STRUCK_OFF: "Xóa tên",
            Line.LEFT: "Cho ra khỏi Đảng",
            Line.DIED: "từ trần",
        }[line].lower() in text.lower()
    assert "01/04/2026" in text
    assert "30/06/2026" in text
