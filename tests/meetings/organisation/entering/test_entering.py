"""An administrator enters people and posts from a table: seen first, then all of it or nothing."""

import re
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from meetings.intake.tables import text_of, text_of_file
from meetings.models import AuditEntry, Person, Post
from meetings.organisation.entering.queries import plan_of
from meetings.organisation.entering.services import Wish, enter
from meetings.organisation.rosters.queries import Change, ChangedMeanwhileError
from meetings.press.tables import Sheet, xlsx
from tests import factories
from tests.client import outline

HEAD = ["Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị", "Thứ tự", "Từ ngày", "Đến ngày"]
AT = "/people/table"
UNIT = "Đảng ủy xã Suối Ngân"


def row(name="Giàng A Páo", post="Bí thư", body=UNIT, rank="", since="01/07/2025", until=""):
    return [name, "1980", post, body, rank, since, until]


@pytest.fixture
def mai(session, world):
    person = factories.person(session, full_name="Lò Thị Mai")
    since = date(2020, 1, 1)
    factories.post(session, person, world.commune, title="Bí thư", since=since)
    session.commit()
    return person


@pytest.fixture
def planned(session, world):
    """Return a maker of plans, each with the wish to enter it."""

    def plan(*rows, **choices):
        text = text_of([HEAD, *rows])
        chosen = {int(name.removeprefix("row")): str(who) for name, who in choices.items()}
        made = plan_of(session, text, chosen, by=world.administrator)
        return made, Wish(text, chosen, made.mark)

    return plan


def posts_of(session, person):
    held = session.scalars(select(Post).where(Post.person_id == person.id).order_by(Post.since))
    return [(post.title, post.since, post.until) for post in held]


def test_a_new_person_with_two_posts_is_one_person(session, world, planned):
    rows = (row(rank="7"), row(post="Đại biểu", body=world.office.name, since="45839"))
    plan, wish = planned(*rows)
    assert [line.change for line in plan.lines] == [Change.ADDED, Change.ADDED]
    enter(session, wish, by=world.administrator)
    [person] = session.scalars(select(Person).where(Person.full_name == "Giàng A Páo")).all()
    assert person.protocol_rank == 7
    assert sorted(posts_of(session, person)) == [
        ("Bí thư", date(2025, 7, 1), None),
        ("Đại biểu", date(2025, 7, 1), None),
    ]


def test_who_is_known_gets_a_post_or_ends_one_and_what_is_there_stays(session, world, mai, planned):
    rows = (
        row("Lò Thị Mai", until="30/06/2025", since="01/01/2020"),
        row("Lò Thị Mai", post="Chánh Văn phòng", body=world.office.name),
    )
    plan, wish = planned(*rows)
    assert [line.change for line in plan.lines] == [Change.ENDED, Change.POSTED]
    assert [line.person for line in plan.lines] == [mai, mai]
    enter(session, wish, by=world.administrator)
    assert posts_of(session, mai) == [
        ("Bí thư", date(2020, 1, 1), date(2025, 6, 30)),
        ("Chánh Văn phòng", date(2025, 7, 1), None),
    ]
    plan, _wish = planned(*rows)
    assert [line.change for line in plan.lines] == [Change.SAME, Change.SAME]


def test_a_namesake_can_be_a_new_person_or_be_left_out(session, world, mai, planned):
    _plan, wish = planned(row("Lò Thị Mai", post="Ủy viên"), row(), row2="new", row3="skip")
    enter(session, wish, by=world.administrator)
    same = select(func.count()).select_from(Person).where(Person.full_name == "Lò Thị Mai")
    assert session.scalar(same) == 2
    assert session.scalar(select(Person).where(Person.full_name == "Giàng A Páo")) is None


def test_of_two_namesakes_one_is_chosen(session, mai, planned):
    twin = factories.person(session, full_name="Lò Thị Mai")
    session.commit()
    plan, _wish = planned(row("Lò Thị Mai", post="Chuyên viên", body="Văn phòng Tỉnh ủy"))
    assert plan.lines[0].change is Change.OPEN
    plan, _wish = planned(
        row("Lò Thị Mai", post="Chuyên viên", body="Văn phòng Tỉnh ủy"), row2=twin.id
    )
    assert (plan.lines[0].change, plan.lines[0].person) == (Change.POSTED, twin)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (row(name=""), ("name", "missing")),
        (row(post=""), ("post", "missing")),
        (row(body=""), ("body", "missing")),
        (row(body="Ban nào đó"), ("body", "unknown")),
        (row(since=""), ("since", "missing")),
        (row(since="31/02/2025"), ("since", "day")),
        (row(until="mai"), ("until", "day")),
        (row(until="01/01/2000"), ("until", "before")),
        (row(rank="đầu"), ("rank", "number")),
        (row(rank="0"), ("rank", "number")),
    ],
)
def test_a_wrong_row_names_its_field_and_keeps_the_whole_table_out(
    session, world, planned, wrong, problem
):
    plan, wish = planned(row("Vàng A Lử"), wrong)
    assert plan.lines[1].problems == (problem,)
    with pytest.raises(ChangedMeanwhileError):
        enter(session, wish, by=world.administrator)
    assert session.scalar(select(Person).where(Person.full_name == "Vàng A Lử")) is None


def test_a_body_of_which_there_are_two_and_a_row_that_stands_twice_are_told(session, planned):
    for _ in range(2):
        factories.body(session, name="Chi bộ Một")
    session.commit()
    plan, _wish = planned(row(body="Chi bộ Một"), row(), row(post="bí thư"))
    assert [line.problems for line in plan.lines] == [
        (("body", "several"),),
        (),
        (("post", "3"),),
    ]


def test_what_somebody_changed_since_is_looked_at_again(session, world, mai, planned):
    _plan, wish = planned(row("Lò Thị Mai", post="Ủy viên"))
    factories.post(session, mai, world.commune, title="Ủy viên")
    with pytest.raises(ChangedMeanwhileError):
        enter(session, wish, by=world.administrator)


def words(answer, status=200):
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def mark_in(answer):
    inputs = outline(answer.get_data(as_text=True)).all("input")
    return next(one["value"] for one in inputs if one.get("name") == "seen")


def test_a_workbook_is_looked_at_then_entered_with_a_line_in_the_audit(
    installation, world, mai, sign_in
):
    client = sign_in(world.administrator)
    assert AT in words(client.get("/people"))
    sheet = xlsx(Sheet("Nhân sự", HEAD, [row(), row("Lò Thị Mai", since="01/01/2020")]))
    fields = {"csrf_token": client.csrf_token(), "file": (BytesIO(sheet), "ns.xlsx")}
    answer = client.post(AT, data=fields)
    page = words(answer)
    assert "Người mới: 1" in page
    assert "Đã có: 1" in page
    assert "Cột không dùng đến: Năm sinh" in page
    text = text_of([HEAD, row(), row("Lò Thị Mai", since="01/01/2020")])
    answer = client.submit(AT, text=text, step="keep", seen=mark_in(answer))
    assert answer.status_code == 303
    assert "Đã nhập 1 dòng" in words(client.get(answer.location))
    with installation.database.reading() as reading:
        assert reading.scalar(select(Person).where(Person.full_name == "Giàng A Páo"))
        entries = reading.scalars(select(AuditEntry)).all()
    told = [one.detail["rows"] for one in entries if one.detail.get("rows")]
    assert [one["added"] for one in told] == [1]


def test_nothing_is_entered_unseen_and_wrong_rows_come_as_a_workbook(installation, world, sign_in):
    client = sign_in(world.administrator)
    text = text_of([HEAD, row(), row("Vàng A Lử", body="Ban nào đó")])
    page = words(client.submit(AT, text=text, step="keep"))
    assert "Chưa lưu gì" in page
    assert "Không có tổ chức đang hoạt động nào tên này" in page
    answer = client.submit(AT, text=text, step="report")
    rows = text_of_file(answer.get_data()).splitlines()
    assert len(rows) == 2
    assert "Vàng A Lử" in rows[1]
    page = words(client.submit(AT, text="Họ tên\tChức vụ\nA\tB"), 422)
    assert "Dòng tiêu đề thiếu cột: “Đơn vị”, “Từ ngày”" in page
    with installation.database.reading() as reading:
        assert reading.scalar(select(Person).where(Person.full_name == "Giàng A Páo")) is None


def test_every_heading_of_the_sample_is_understood(world, sign_in):
    client = sign_in(world.administrator)
    text = text_of_file(client.get(f"{AT}/sample").get_data())
    page = words(client.submit(AT, text=text))
    assert "Nguyễn Văn A" in page
    assert "Cột không dùng đến" not in page


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher"])
def test_who_is_no_administrator_enters_nothing_and_sees_no_button(
    installation, world, sign_in, who
):
    client = sign_in(getattr(world, who))
    assert AT not in words(client.get("/people"))
    assert client.get(AT).status_code == 403
    assert client.get(f"{AT}/sample").status_code == 403
    assert client.submit(AT, text=text_of([HEAD, row()]), step="keep").status_code == 403
    with installation.database.reading() as reading:
        assert reading.scalar(select(Person).where(Person.full_name == "Giàng A Páo")) is None
