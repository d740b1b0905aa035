import csv
import io
import zipfile
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.members.records import services
from meetings.members.records.services import Draft
from meetings.models import AuditEntry, EventKind
from tests import factories
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

NAMES = ("Lò Văn Tâm", "Quàng Thị An", "Cà Văn Ân", "Đèo Văn Bún")


@pytest.fixture
def listed(session, commune, enter):
    """Members of two cells, one who left, and noise of another commune."""
    for year, name in enumerate(NAMES):
        enter(admitted(date(1990 + year, 5, 19)), full_name=name, birth_date=f"{1970 - year}")
    enter(admitted(), cell=commune.other_cell, full_name="Vì Văn Xa")
    gone = enter(admitted(), official(), full_name="Tòng Văn Đi")
    away = Draft(EventKind.TRANSFERRED_OUT, date(2022, 1, 1), None, "9", {"elsewhere": "Hà Nội"})
    services.record(session, commune.key, gone, away, by=commune.keeper)
    factories.member(session, factories.body(session), full_name="Người xã khác")
    session.commit()
    return f"/bodies/{commune.cell.id}/members"


def names(html: str) -> list[str]:
    found = [*NAMES, "Vì Văn Xa", "Tòng Văn Đi", "Người xã khác"]
    return sorted((name for name in found if name in html), key=html.index)


def search(client, address: str, **fields: str) -> str:
    answer = client.submit(f"{address}/search", **fields)
    assert answer.status_code == 303
    assert not fields.get("words") or fields["words"] not in answer.location
    return client.get(answer.location).get_data(as_text=True)


def test_a_secretary_sees_the_cell_in_the_order_of_given_names(sign_in, commune, listed):
    html = sign_in(commune.secretary).get(listed).get_data(as_text=True)
    assert names(html) == ["Quàng Thị An", "Cà Văn Ân", "Đèo Văn Bún", "Lò Văn Tâm"]
    assert len(outline(html).all("th")) == 14 + len(NAMES)
    assert "/members/new" not in html
    assert not [a for a in outline(html).all("a") if a["href"].startswith("/members/")]


def test_a_committee_lists_the_cells_below_it(sign_in, commune, listed):
    address = f"/bodies/{commune.commune.id}/members"
    html = sign_in(commune.keeper).get(address).get_data(as_text=True)
    assert set(names(html)) == {*NAMES, "Vì Văn Xa"}
    assert "Chi bộ bản Phiêng Ban" in html
    assert sign_in(commune.secretary).get(address).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher", "outsider", "administrator"])
def test_everybody_else_finds_no_register(sign_in, world, listed, who: str):
    client = sign_in(getattr(world, who))
    assert client.get(listed).status_code == 404
    assert client.get(f"{listed}/file?format=xlsx").status_code == 404
    assert client.submit(f"{listed}/search", words="an").status_code == 404
    assert client.get("/members").status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("quang thi an", ["Quàng Thị An"]),
        ("Ân", ["Quàng Thị An", "Cà Văn Ân"]),
        ("văn bún", ["Đèo Văn Bún"]),
        ("100%", []),
        ("xa", []),
    ],
)
def test_names_are_found_with_and_without_accents(sign_in, commune, listed, words, found):
    html = search(sign_in(commune.secretary), listed, words=words)
    assert names(html.partition("</form>")[2]) == found


def test_a_card_number_is_found(sign_in, session, commune, listed, enter):
    card = {"card_number": "81004217"}
    enter(
        admitted(), Draft(EventKind.CARD_ISSUED, date(2004, 2, 3), facts=card), full_name="Cầm Thẻ"
    )
    session.commit()
    html = search(sign_in(commune.secretary), listed, words="004217")
    assert "Cầm Thẻ" in html
    assert names(html) == []


def test_the_list_is_narrowed_and_ordered(sign_in, commune, listed):
    client = sign_in(commune.secretary)
    gone = search(client, listed, standing="gone", sort="name")
    assert names(gone) == ["Tòng Văn Đi"]
    oldest = search(client, listed, sort="birth")
    assert names(oldest) == ["Đèo Văn Bún", "Cà Văn Ân", "Quàng Thị An", "Lò Văn Tâm"]
    admission = search(client, listed, sort="admission")
    assert names(admission) == list(NAMES)
    assert names(search(client, listed, standing="full")) == []
    assert set(names(search(client, listed, standing="probationary"))) == set(NAMES)
    assert client.get(f"{listed}?sort=x&standing=y&page=-3").status_code == 200


def test_a_search_is_forgotten_at_the_next_body(sign_in, commune, listed):
    client = sign_in(commune.keeper)
    search(client, listed, words="quang")
    other = client.get(f"/bodies/{commune.other_cell.id}/members?found=1").get_data(as_text=True)
    assert names(other) == ["Vì Văn Xa"]


def test_long_lists_come_in_pages(sign_in, session, commune):
    for number in range(120):
        factories.member(session, commune.cell, sort_name=f"{number:03}", facts={})
    session.commit()
    client, address = sign_in(commune.secretary), f"/bodies/{commune.cell.id}/members"
    first = client.get(address).get_data(as_text=True)
    assert "120 đảng viên" in first
    assert "page=2" in first
    last = client.get(f"{address}?page=3").get_data(as_text=True)
    assert len(outline(last).all("tr")) == 1 + 20


def test_an_empty_cell_says_what_comes(sign_in, commune):
    html = sign_in(commune.secretary).get(f"/bodies/{commune.cell.id}/members")
    assert "Chưa ghi đảng viên nào" in html.get_data(as_text=True)


def test_registers_are_listed_with_their_numbers(sign_in, commune, listed):
    html = sign_in(commune.keeper).get("/members").get_data(as_text=True)
    bodies = [commune.commune.name, commune.cell.name, commune.other_cell.name]
    assert all(name in html for name in bodies)
    assert html.index(bodies[0]) < html.index(bodies[1]) < html.index(bodies[2])
    own = sign_in(commune.secretary).get("/members").get_data(as_text=True)
    assert [name in own for name in bodies] == [False, True, False]


def test_the_register_is_taken_along_as_a_workbook_and_as_text(sign_in, commune, listed):
    client = sign_in(commune.secretary)
    book = client.get(f"{listed}/file?format=xlsx")
    sheet = zipfile.ZipFile(io.BytesIO(book.data)).read("xl/worksheets/sheet1.xml").decode()
    assert names(sheet) == ["Quàng Thị An", "Cà Văn Ân", "Đèo Văn Bún", "Lò Văn Tâm"]
    assert 'filename="so-danh-sach.xlsx"' in book.headers["Content-Disposition"]
    text = client.get(f"{listed}/file?format=csv&sort=admission").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [len(row) for row in rows] == [14] * 5
    assert [row[1] for row in rows[1:]] == list(NAMES)
    assert rows[1][10] == "19/05/1990"
    assert client.get(f"{listed}/file?format=exe").status_code == 404


def test_a_file_holds_what_the_list_was_narrowed_to(sign_in, commune, listed):
    client = sign_in(commune.secretary)
    search(client, listed, words="quang")
    text = client.get(f"{listed}/file?format=csv&found=1").get_data().decode("utf-8-sig")
    assert names(text) == ["Quàng Thị An"]


@pytest.mark.parametrize("formula", ["=1+1", "+84", "-2", "@SUM(A1)"])
def test_no_cell_is_ever_a_formula(sign_in, session, commune, enter, formula):
    enter(admitted(), occupation=formula)
    session.commit()
    client, address = sign_in(commune.secretary), f"/bodies/{commune.cell.id}/members/file"
    text = client.get(f"{address}?format=csv").get_data().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][6] == f"'{formula}"
    book = client.get(f"{address}?format=xlsx").data
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert f'<c t="inlineStr"><is><t xml:space="preserve">{formula}</t></is></c>' in sheet


def test_each_look_at_a_list_leaves_a_line(sign_in, installation, commune, listed):
    client = sign_in(commune.secretary)
    client.get(listed)
    client.get(f"{listed}/file?format=csv")
    with installation.database.reading() as reading:
        lines = reading.scalars(select(AuditEntry).where(AuditEntry.action == "member:list")).all()
    assert [line.actor_id for line in lines] == [commune.secretary.id] * 2


def test_whoever_left_before_today_is_no_member_in_force(sign_in, session, commune, enter):
    yesterday = clock.today() - timedelta(days=1)
    enter(admitted(), Draft(EventKind.DIED, yesterday), full_name="Đèo Văn Bún")
    session.commit()
    html = sign_in(commune.secretary).get(f"/bodies/{commune.cell.id}/members")
    assert "Đèo Văn Bún" not in html.get_data(as_text=True)
