"""The page of a table of participants: looked at first, then saved, and told at the field."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from meetings.intake import tables
from meetings.intake.tables import text_of, text_of_file
from meetings.models import AuditEntry, Participant, ParticipantRole, Role
from meetings.press.tables import Sheet, csv, xlsx
from tests import factories
from tests.client import outline

HEAD = ["Họ và tên", "Chức vụ", "Đơn vị", "Vai trò dự họp", "Điện thoại"]
MAI = ["Lò Thị Mai", "Bí thư", "Đảng ủy xã Suối Ngân", "Đại biểu mời", "0900"]
NOBODY = ["Giàng A Páo", "", "", "", ""]


@pytest.fixture
def mai(session, world):
    person = factories.person(session, full_name="Lò Thị Mai")
    factories.post(session, person, world.commune, title="Bí thư")
    session.commit()
    return person


@pytest.fixture
def at(world):
    return f"/meetings/{world.meeting.id}/participants/table"


@pytest.fixture
def parts(installation, world):
    def look():
        with installation.database.reading() as reading:
            rows = select(Participant).where(Participant.meeting_id == world.meeting.id)
            return {row.person_id: row.role for row in reading.scalars(rows)}

    return look


def words(answer, status=200):
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def sent(client, at, content, name="ds.xlsx"):
    fields = {"csrf_token": client.csrf_token(), "otherwise": "voting_delegate", "text": ""}
    return client.post(at, data=fields | {"file": (BytesIO(content), name)})


def pasted(client, at, *rows, step="look", **fields):
    text = text_of([HEAD, *rows])
    return client.submit(at, text=text, otherwise="voting_delegate", step=step, **fields)


def mark_in(answer):
    inputs = outline(answer.get_data(as_text=True)).all("input")
    return next(one["value"] for one in inputs if one.get("name") == "seen")


def test_a_workbook_is_looked_at_then_saved_by_what_the_page_carries(
    world, mai, at, parts, sign_in
):
    client, before = sign_in(world.clerk), parts()
    assert at in words(client.get(f"/meetings/{world.meeting.id}/prepare"))
    assert "Tệp mẫu" in words(client.get(at))
    answer = sent(client, at, xlsx(Sheet("Danh sách", HEAD, [MAI])))
    page = words(answer)
    assert "Thêm mới: 1" in page
    assert "Chắc" in page
    assert "Cột không dùng đến: Điện thoại" in page
    assert parts() == before, "nothing is saved before it was seen"
    answer = pasted(client, at, MAI, step="keep", seen=mark_in(answer))
    assert answer.status_code == 303
    assert parts() == before | {mai.id: ParticipantRole.INVITED_DELEGATE}
    assert "Đã thêm 1 đồng chí" in words(client.get(answer.location))


def test_a_csv_file_is_read_like_a_workbook(world, mai, at, sign_in):
    page = words(sent(sign_in(world.clerk), at, csv(Sheet("Danh sách", HEAD, [MAI])), "ds.csv"))
    assert "Thêm mới: 1" in page


def test_the_change_and_its_line_in_the_audit_are_one(installation, world, mai, at, sign_in):
    client = sign_in(world.clerk)
    mark = mark_in(pasted(client, at, MAI))
    pasted(client, at, MAI, step="keep", seen=mark)
    with installation.database.reading() as reading:
        rows = reading.scalars(select(AuditEntry).where(AuditEntry.action == "meeting:prepare"))
        told = [entry.detail for entry in rows if entry.detail.get("rows")]
    assert [one["rows"]["added"] for one in told] == [1]
    assert "Mai" not in str(told)


def test_who_is_not_found_is_chosen_or_left_out_and_a_changed_choice_is_kept(
    world, mai, at, parts, sign_in
):
    client, before = sign_in(world.clerk), parts()
    near = ["Lò Văn Mai", "", "", "Báo cáo viên", ""]
    answer = pasted(client, at, near, NOBODY)
    page = words(answer)
    assert "Còn 2 dòng chưa xong" in page
    assert "Chưa có người nào tên này" in page
    assert "Nhờ quản trị nhập người này" in page
    assert 'value="keep"' not in page
    choices = {"row-2": mai.id, "row-3": "skip"}
    page = words(pasted(client, at, near, NOBODY, **choices))
    assert re.search(rf'value="{mai.id}" selected', page)
    assert "Bỏ qua: 1" in page
    answer = pasted(client, at, near, NOBODY, step="keep", seen=mark_in(answer), **choices)
    assert answer.status_code == 303
    assert parts() == before | {mai.id: ParticipantRole.PRESENTER}


def test_a_table_that_is_unsettled_or_was_not_seen_saves_nothing(world, mai, at, parts, sign_in):
    client, before = sign_in(world.clerk), parts()
    page = words(pasted(client, at, MAI, step="keep"))
    assert "Chưa lưu gì. Đề nghị xem lại các dòng một lần nữa" in page
    mark = mark_in(pasted(client, at, MAI, NOBODY))
    page = words(pasted(client, at, MAI, NOBODY, step="keep", seen=mark))
    assert "Chưa lưu gì" in page
    assert "Giàng A Páo" in page, "the table is still there"
    assert parts() == before


def test_rows_to_put_right_come_as_a_workbook(world, mai, at, sign_in):
    wrong = ["Lò Thị Mai", "", "", "Vua", ""]
    answer = pasted(sign_in(world.clerk), at, MAI, wrong, NOBODY, step="report")
    assert "can-sua.xlsx" in answer.headers["Content-Disposition"]
    rows = text_of_file(answer.get_data()).splitlines()
    assert len(rows) == 3
    assert "Không có vai trò này" in rows[1]
    assert "Giàng A Páo" in rows[2]


def test_the_sample_has_those_who_take_part_and_changes_nothing(world, at, sign_in):
    client = sign_in(world.clerk)
    answer = client.get(f"{at}/sample")
    text = text_of_file(answer.get_data())
    assert world.delegate.person.full_name in text
    page = words(sent(client, at, answer.get_data()))
    assert "Đã có: 2" in page
    assert "Cột không dùng đến" not in page, "each heading of the sample is understood"
    assert "Bảng này không làm thay đổi gì" in page


def test_the_sample_of_an_empty_meeting_has_an_example(session, world, sign_in):
    meeting = factories.meeting(session, world.office)
    session.commit()
    answer = sign_in(world.clerk).get(f"/meetings/{meeting.id}/participants/table/sample")
    assert "Nguyễn Văn A" in text_of_file(answer.get_data())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Đề nghị chọn tệp hoặc dán bảng"),
        ("Chức vụ\tĐơn vị\nBí thư\tXã", "Dòng tiêu đề thiếu cột: “Họ và tên”"),
        ("Họ và tên\tĐơn vị\n", "không có dòng nào"),
        ('Họ và tên\tĐơn vị\n"Lò Thị Mai\tXã', "Có dấu ngoặc kép"),
        ("Họ và tên\n" + "A\n" * (tables.MOST_ROWS + 1), "không quá 500 dòng"),
        ("Họ và tên\n" + "A" * tables.LONGEST, "Bảng quá dài"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_at_its_field(world, at, sign_in, text, told):
    answer = sign_in(world.clerk).submit(at, text=text, otherwise="voting_delegate")
    page = words(answer, 422)
    assert told in page
    assert 'id="text-error"' in page


def test_a_file_that_is_no_table_or_too_large_is_told_at_its_field(world, at, sign_in, monkeypatch):
    client = sign_in(world.clerk)
    page = words(sent(client, at, b"\xff\xd8\xff\xe0\x00\x10JFIF", "anh.jpg"), 422)
    assert "Không đọc được bảng này" in page
    assert 'id="file-error"' in page
    monkeypatch.setattr(tables, "LARGEST_FILE", 99)
    page = words(sent(client, at, b"a" * 100, "to.csv"), 422)
    assert "Tệp lớn hơn 2 MB" in page


def test_what_a_table_says_is_shown_as_text(world, at, sign_in):
    page = words(pasted(sign_in(world.clerk), at, ["<b onclick=x>Lò</b>", "", "", "", ""]))
    assert "&lt;b onclick=x&gt;" in page
    assert "<b onclick" not in page


def test_only_the_office_of_the_meeting_takes_a_table_in(session, world, mai, at, parts, sign_in):
    before, foreign = parts(), factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    for who in (world.delegate, world.researcher, foreign):
        client = sign_in(who)
        assert client.get(at).status_code == 404
        assert client.get(f"{at}/sample").status_code == 404
        assert pasted(client, at, MAI, step="keep").status_code == 404
    assert parts() == before
