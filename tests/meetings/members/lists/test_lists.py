"""A list is sent, matched, looked through, entered; refused rows are taken along."""

import io
import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from meetings import clock, jobs
from meetings.intake.office.rows import rows_of
from meetings.members.life.headings import columns_of
from meetings.members.lists import services
from meetings.members.lists.tasks import KIND
from meetings.members.records import queries as records
from meetings.models import AuditEntry, EventKind, Member, MemberEvent, MemberList, Standing
from meetings.press.tables import Sheet, csv, xlsx
from tests import factories
from tests.client import outline
from tests.meetings.members.conftest import admitted

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chi bộ", "Ngày vào Đảng", "Ngày chính thức"]
HEAD += ["Số thẻ đảng viên", "Dân tộc"]
AN = ["1", "Quàng Thị An", "24436", "Nữ", "Chi bộ bản Nà Lốc", "19/05/1990", "19/05/1991"]
AN += ["81004217", "Thái"]
BUN = ["2", "Đèo Văn Bún", "1970", "Nam", "phieng ban", "3/2/2026", "", "", "Thái"]
WRONG = ["3", "Vì Văn Xa", "31/02/1966", "?", "Chi bộ nào đó", "1990", "", "12", ""]
TITLE = ["DANH SÁCH ĐẢNG VIÊN"]


@pytest.fixture
def at(commune) -> str:
    return f"/bodies/{commune.commune.id}/members/list"


@pytest.fixture
def keeper(sign_in, commune):
    return sign_in(commune.keeper)


def send(client, address: str, content: bytes, name: str = "ds.xlsx"):
    return client.submit(address, files=(io.BytesIO(content), name))


def book(*rows: list[str]) -> bytes:
    return xlsx(Sheet("", TITLE + [""] * 8, [HEAD, *rows]))


def keep(session, commune, *rows: list[str], head: list[str] | None = None):
    """Let a list wait, as if it had been sent."""
    body = commune.commune
    every = [TITLE, head or HEAD, *rows]
    kept = services.keep(session, commune.key, every, body=body, by=commune.keeper)
    session.commit()
    return kept


def mark_of(html: str) -> str:
    return next(i["value"] for i in outline(html).all("input") if i.get("name") == "mark")


def shown(client, address: str, verdict: str = "") -> str:
    return client.get(f"{address}/rows?show={verdict}").get_data(as_text=True)


def test_a_list_goes_all_the_way_into_the_register(session, commune, keeper, at):
    answer = send(keeper, at, book(AN, BUN, WRONG))
    assert answer.location.endswith("/members/list/columns")
    html = keeper.get(answer.location).get_data(as_text=True)
    chosen = [o["value"] for o in outline(html).all("option") if "selected" in o]
    assert chosen == ["", "", *columns_of(HEAD)]
    assert "Quàng Thị An; Đèo Văn Bún; Vì Văn Xa" in html
    columns = {f"column_{n}": name for name, n in columns_of(HEAD).items()}
    answer = keeper.submit(answer.location, true_on="01/11/2026", encoding="", **columns)
    assert answer.location.endswith("/members/list/rows")
    assert session.scalar(select(func.count()).select_from(Member)) == 0
    session.commit()
    html = shown(keeper, at)
    assert "Quàng Thị An" in html
    assert "25/11/1966" in html
    answer = keeper.submit(f"{at}/enter", mark=mark_of(html))
    register = keeper.get(answer.location).get_data(as_text=True)
    assert "Đã ghi 2 đảng viên" in register
    assert "Vì Văn Xa" not in register
    assert keeper.get(f"{at}/rows").status_code == 404


def test_what_is_entered_follows_from_events(session, installation, commune, keeper, at):
    keep(session, commune, AN, BUN)
    keeper.submit(f"{at}/enter", mark=mark_of(shown(keeper, at)))
    with installation.database.reading() as reading:
        bun, an = reading.scalars(select(Member).order_by(Member.sort_name.desc())).all()
        assert (an.body_id, bun.body_id) == (commune.cell.id, commune.other_cell.id)
        assert (an.standing, bun.standing) == (Standing.FULL, Standing.PROBATIONARY)
        assert (an.admitted_on, an.official_on) == (date(1990, 5, 19), date(1991, 5, 19))
        assert (an.card_number, an.facts["sex"]) == ("81004217", "female")
        events = records.events_of(reading, an)
        kinds = [EventKind.REGISTERED, EventKind.ADMITTED, EventKind.MADE_OFFICIAL]
        assert [event.kind for event in events] == kinds
        assert {event.recorded_by for event in events} == {commune.keeper.id}
        assert "ethnicity" not in events[0].facts
        assert records.facts_of(commune.key, events[0])["ethnicity"] == "Thái"
        told = reading.scalars(select(AuditEntry).where(AuditEntry.action == "member:enter")).all()
        assert {"listed": 2, "entered": 2} in [line.detail for line in told]


def test_rows_outside_are_told_on_the_page_and_in_a_report(session, commune, keeper, at, tmp_path):
    keep(session, commune, AN, WRONG)
    html = shown(keeper, at, "refused")
    assert "1 dòng chưa ghi" in html
    for said in (
        "Chi bộ nào đó",
        "Không có ngày này",
        "Nam, Nữ",
        "Không có tổ chức nào",
        "8 đến 12 chữ số",
    ):
        assert said in html
    report = keeper.get(f"{at}/refused")
    assert 'filename="chua-ghi.xlsx"' in report.headers["Content-Disposition"]
    (tmp_path / "report.xlsx").write_bytes(report.data)
    head, row = rows_of(tmp_path / "report.xlsx")
    assert head == ["Dòng", "Họ và tên đang dùng", "Cách xử lý"]
    assert row[:2] == ["4", "Vì Văn Xa"]
    assert "Ngày sinh: " in row[2]


def test_without_a_row_outside_there_is_no_report(session, commune, keeper, at):
    keep(session, commune, AN)
    assert keeper.get(f"{at}/refused").status_code == 404


def test_a_namesake_is_shown_and_entered_only_as_another_person(
    session, installation, commune, keeper, at, enter
):
    there = enter(admitted(), full_name="QUÀNG THỊ AN")
    enter(admitted(), full_name="Quàng Thị An", birth_date="1950")
    keep(session, commune, [*AN[:5], "3/2/1995", "", "", ""])
    html = shown(keeper, at)
    assert f"/members/{there.id}" in html
    assert "mark" not in [i.get("name") for i in outline(html).all("input")]
    answer = keeper.submit(f"{at}/rows/apart", row="3")
    assert keeper.get(answer.location).status_code == 200
    keeper.submit(f"{at}/enter", mark=mark_of(shown(keeper, at)))
    with installation.database.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(Member)) == 3


def test_whoever_was_entered_is_recognised_in_the_next_list(session, commune, keeper, at):
    keep(session, commune, AN)
    keeper.submit(f"{at}/enter", mark=mark_of(shown(keeper, at)))
    keep(session, commune, AN, BUN)
    html = shown(keeper, at, "refused")
    assert "đã có trong danh sách" in html
    assert "Đèo Văn Bún" in shown(keeper, at, "ready")


def test_a_list_that_reads_otherwise_is_not_entered(session, installation, commune, keeper, at):
    kept = keep(session, commune, AN, BUN)
    seen = mark_of(shown(keeper, at))
    services.match(
        session,
        kept,
        columns=columns_of(HEAD) | {"birth_date": 6},
        encoding="",
        true_on=clock.today(),
    )
    session.commit()
    answer = keeper.submit(f"{at}/enter", mark=seen)
    assert answer.location.endswith("/members/list/rows")
    assert keeper.submit(f"{at}/enter").location.endswith("/members/list/rows")
    with installation.database.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(MemberEvent)) == 0


def test_a_register_that_changed_meanwhile_takes_nothing(session, commune, enter):
    kept = keep(session, commune, AN)
    of_list = {"by": commune.keeper, "body": commune.commune}
    roll = services.queries.roll_of(session, commune.key, kept, commune.commune, by=commune.keeper)
    members = services.made(commune.key, roll, by=commune.keeper)
    enter(admitted(), full_name="Cà Văn Ân")
    with pytest.raises(services.Changed):
        services.enter(session, roll, members, **of_list)
    assert session.scalar(select(func.count()).select_from(Member)) == 1


def test_what_happens_elsewhere_keeps_no_list_from_being_entered(session, commune, enter):
    kept = keep(session, commune, AN)
    roll = services.queries.roll_of(session, commune.key, kept, commune.commune, by=commune.keeper)
    members = services.made(commune.key, roll, by=commune.keeper)
    stranger = factories.member(session, factories.body(session))
    factories.member_event(session, stranger, commune.keeper)
    services.enter(session, roll, members, by=commune.keeper, body=commune.commune)
    assert session.scalar(select(func.count()).select_from(Member)) == 2


def test_columns_are_corrected_by_the_keeper(session, commune, keeper, at):
    keep(session, commune, AN, head=["?"] * 9)
    columns = {f"column_{n}": name for name, n in columns_of(HEAD).items()}
    twice = keeper.submit(f"{at}/columns", true_on="01/11/2026", **columns | {"column_0": "sex"})
    assert (twice.status_code, "Cột khác đã" in twice.get_data(as_text=True)) == (422, True)
    few = keeper.submit(f"{at}/columns", true_on="01/11/2026", column_1="full_name")
    assert few.status_code == 422
    assert "Ngày sinh, Ngày vào Đảng" in few.get_data(as_text=True)
    late = (clock.today() + timedelta(days=1)).isoformat()
    assert keeper.submit(f"{at}/columns", true_on=late, **columns).status_code == 422
    good = keeper.submit(f"{at}/columns", true_on="01/11/2026", **columns)
    assert good.status_code == 303


def test_a_list_in_an_old_font_is_shown_changed(session, commune, keeper, at):
    old = "Hä vµ tªn;Ngµy sinh;Ngµy vµo §¶ng\nNguyÔn V¨n B×nh;1966;19/05/1990\n"
    answer = send(keeper, at, old.encode("latin-1"), "ds.csv")
    html = keeper.get(answer.location).get_data(as_text=True)
    assert "phông chữ cũ" in html
    assert "Nguyễn Văn Bình" in html
    assert "Nguyễn Văn Bình" in shown(keeper, at)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 \0", "Không đọc được dòng nào"),
        (b"", "Không đọc được dòng nào"),
        (csv(Sheet("", ["TỐI MẬT"], [["Họ và tên"]])), "độ mật"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_at_the_field(session, keeper, at, content, said):
    answer = send(keeper, at, content)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert session.scalar(select(MemberList)) is None


def test_no_file_and_too_many_rows_are_told(session, commune, keeper, at, monkeypatch):
    assert keeper.submit(at).status_code == 422
    monkeypatch.setattr(services, "LONGEST", 2)
    answer = send(keeper, at, csv(Sheet("", HEAD, [AN, AN])))
    assert "20.000" in answer.get_data(as_text=True)


def test_a_member_goes_to_the_body_that_is_named(session, commune, keeper, at):
    closed = factories.body(
        session, commune.commune, name="Chi bộ bản Cũ", closed_on=date(2025, 1, 1)
    )
    for _ in range(2):
        factories.body(session, commune.commune, name="Chi bộ bản Trùng")
    factories.body(session, name="Chi bộ xã khác")
    places = ["Chi bộ xã khác", "Chi bộ bản Trùng", closed.name, ""]
    rows = [
        ["", f"Lò Văn {n}", "1970", "", place, "3/2/2000", "", "", ""]
        for n, place in enumerate(places)
    ]
    keep(session, commune, *rows)
    html = shown(keeper, at, "refused")
    said = ["Không có tổ chức nào", "Nhiều tổ chức", "chưa thành lập hoặc đã", "Chi bộ: Vui lòng"]
    assert [html.count(text) >= 1 for text in said] == [True] * 4


def test_a_list_waits_sealed_and_its_next_takes_its_place(session, commune, keeper, at):
    first = keep(session, commune, AN)
    assert b"Qu\xc3\xa0ng" not in first.rows
    names = json.dumps([first.columns, first.others, first.encoding])
    assert "Quàng" not in names
    assert "Quàng Thị An" not in keeper.get(at).get_data(as_text=True)
    keep(session, commune, BUN)
    assert session.scalar(select(func.count()).select_from(MemberList)) == 1
    session.commit()
    keeper.submit(f"{at}/drop")
    assert keeper.get(f"{at}/rows").status_code == 404


def test_lists_that_nobody_enters_are_forgotten(session, installation, commune):
    old = keep(session, commune, AN)
    jobs.enqueue(session, KIND, {}, key=KIND)
    session.commit()
    assert jobs.run_next(installation, "worker")
    session.expire_all()
    assert session.get(MemberList, old.id) is not None
    old.created_at = clock.now() - services.KEPT - timedelta(minutes=1)
    jobs.enqueue(session, KIND, {}, key=f"{KIND}:2")
    session.commit()
    assert jobs.run_next(installation, "worker")
    session.expire_all()
    assert session.scalar(select(MemberList)) is None


@pytest.mark.parametrize("who", ["secretary", "clerk", "administrator"])
def test_only_the_keeper_of_the_register_sends_lists(session, sign_in, world, commune, at, who):
    keep(session, commune, AN)
    client = sign_in(getattr(commune, who, None) or getattr(world, who))
    assert client.get(at).status_code == 404
    assert client.get(f"{at}/rows").status_code == 404
    assert client.get(f"{at}/refused").status_code == 404
    assert client.submit(f"{at}/enter").status_code == 404
    assert client.submit(f"{at}/drop").status_code == 404
    assert "/members/list" not in client.get("/members").get_data(as_text=True)


def test_long_lists_come_in_pages(session, commune, keeper, at):
    rows = [["", f"Lò Văn {n}", "1970", "", "Nà Lốc", "3/2/2000", "", "", ""] for n in range(120)]
    keep(session, commune, *rows)
    html = shown(keeper, at)
    assert "page=2" in html
    assert len(outline(html).all("tr")) == 51
    assert "Không có dòng nào" in shown(keeper, at, "doubtful")
