"""Pages on which a clerk takes an old archive in: seen before it is done, gone on with, told."""

import re

import pytest
from sqlalchemy import select

from meetings.archive.imports import services
from meetings.archive.imports.forms import PROBLEMS, sentence
from meetings.archive.imports.queries import folder_of, lists_in
from meetings.intake import Reason
from meetings.models import AuditEntry, Document, Job, JobState
from meetings.press.tables import Sheet, xlsx
from tests import papers
from tests.meetings.archive.imports.test_imports import GOOD, HEAD, changed

NAME = "đợt 1/danh mục.xlsx"


def workbook(*lines, head=HEAD) -> bytes:
    return xlsx(Sheet("Danh mục", head, lines))


@pytest.fixture
def shelf(settings, world):
    """The folder of the office's old archive: two scans, one list in a folder of its own."""
    folder = settings.imports_folder / world.office.name.upper()
    inside = folder / "đợt 1"
    inside.mkdir(parents=True)
    for name in "ab":
        (inside / f"{name}.pdf").write_bytes(papers.pdf(f"Nghị quyết {name}"))
    lines = [GOOD, changed(file="b.pdf"), changed(file="c.pdf", day="31/02/2021")]
    (inside / "danh mục.xlsx").write_bytes(workbook(*lines))
    (inside / "~$danh mục.xlsx").write_bytes(b"of an editor")
    (settings.imports_folder / "other").mkdir()
    (settings.imports_folder / "other" / "secret.xlsx").write_bytes(workbook(GOOD))
    return folder


@pytest.fixture
def at(world):
    return f"/bodies/{world.office.id}/imports"


def text(answer, status=200) -> str:
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def test_a_list_is_seen_before_anything_is_taken_in(sign_in, world, shelf, at, installation):
    client = sign_in(world.clerk)
    assert at in text(client.get(f"/bodies/{world.office.id}"))
    page = text(client.get(at))
    assert NAME in page
    assert "secret" not in page
    assert "~$" not in page
    page = text(client.get(f"{at}/list", query_string={"list": NAME}))
    assert "2 văn bản nhận được" in page
    assert "1 dòng cần sửa" in page
    assert "Thư mục không có tệp tên này. Đề nghị ghi ngày theo dạng" in page
    assert re.search(r">4</th>.{0,80}c\.pdf", page), "the row as the workbook counts it"
    assert "05-NQ/TU · Nghị quyết · " in page
    with installation.database.reading() as reading:
        assert reading.scalars(select(Job).where(Job.kind == services.KIND)).all() == []


def test_it_is_taken_in_stopped_gone_on_with_and_told(
    app, sign_in, world, shelf, at, installation, session
):
    client = sign_in(world.clerk)
    (shelf / "đợt 1" / "b.pdf").write_bytes(b"MZ no paper at all")
    answer = client.submit(f"{at}/list", list=NAME)
    assert (answer.status_code, answer.location) == (303, at)
    page = text(client.get(at))
    assert "Đã xếp hàng 2 văn bản." in page
    assert "0/2" in page
    assert "waiting.js" in page
    assert client.submit(f"{at}/stop").status_code == 303
    page = text(client.get(at))
    assert "Đã rút 2 văn bản khỏi hàng chờ." in page
    assert "waiting.js" not in page
    client.submit(f"{at}/list", list=NAME)
    papers.work(installation)
    page = text(client.get(at))
    assert "1/2" in page
    [(refused, problem)] = services.refusals(session, session.merge(world.office))
    session.rollback()
    with app.test_request_context():
        assert (refused, sentence(problem) in page) == ("b.pdf", True), problem
    report = client.get(f"{at}/report")
    assert report.data[:2] == b"PK"
    preview = text(client.get(f"{at}/list", query_string={"list": NAME}))
    assert "1 văn bản nhận được" in preview, "what was refused may come again"
    assert "1 văn bản đang chờ hoặc đã có" in preview
    (shelf / "đợt 1" / "b.pdf").write_bytes(papers.pdf("Kế hoạch"))
    client.submit(f"{at}/list", list=NAME)
    papers.work(installation)
    page = text(client.get(at))
    assert "2/2" in page
    assert "Chưa nhận được" not in page, "what came in the end is no refusal"
    assert len(session.scalars(select(Document)).all()) == 2
    deeds = session.scalars(select(AuditEntry).where(AuditEntry.action == "archive:import")).all()
    assert [deed.detail.get("rows") for deed in deeds if deed.detail.get("rows") is not None] == [
        2,
        2,
        1,
    ]


def test_other_bodies_are_counted_apart(session, world, shelf, at, sign_in, installation):
    sign_in(world.clerk).submit(f"{at}/list", list=NAME)
    assert services.standing(session, world.office) == {JobState.WAITING: 2}
    session.rollback()
    assert services.standing(session, world.commune) == {}
    assert services.break_off(session, world.commune) == 0
    assert services.refusals(session, world.commune) == []
    assert services.standing(session) == {JobState.WAITING: 2}


@pytest.mark.parametrize(
    "name",
    ["", "x.xlsx", "../other/secret.xlsx", "/etc/passwd", "đợt 1/a.pdf", "đợt 1", "a\0.xlsx"],
)
def test_only_lists_of_the_body_s_own_folder_are_read(sign_in, world, shelf, at, name):
    client = sign_in(world.clerk)
    assert client.get(f"{at}/list", query_string={"list": name}).status_code == 404
    assert client.submit(f"{at}/list", list=name).status_code == 404


def test_nobody_but_a_clerk_of_the_body_sees_or_does_it(sign_in, world, shelf, at, installation):
    for user in (world.researcher, world.delegate, world.outsider, world.administrator):
        client = sign_in(user)
        assert client.get(at).status_code == 404
        assert client.get(f"{at}/list", query_string={"list": NAME}).status_code == 404
        assert client.submit(f"{at}/list", list=NAME).status_code == 404
        assert client.submit(f"{at}/stop").status_code == 404
        assert at not in client.get(f"/bodies/{world.office.id}").get_data(as_text=True)
    with installation.database.reading() as reading:
        assert reading.scalars(select(Job).where(Job.kind == services.KIND)).all() == []


def test_without_a_folder_the_page_says_where_one_belongs(sign_in, world, at):
    assert f"imports/{world.office.name}" in text(sign_in(world.clerk).get(at))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no workbook", "Không đọc được dòng nào"),
        (workbook(), "Không đọc được dòng nào"),
        (workbook(["a.pdf"], head=["Quyển"]), "Dòng đầu cần có cột “Tệp”."),
    ],
    ids=["nonsense", "empty", "unnamed"],
)
def test_what_is_no_list_is_told_kindly(sign_in, world, shelf, at, content, said):
    (shelf / "đợt 1" / "danh mục.xlsx").write_bytes(content)
    page = text(sign_in(world.clerk).get(f"{at}/list", query_string={"list": NAME}))
    assert said in page
    assert "Nhận 0" not in page


def test_lists_are_found_a_few_folders_deep_and_never_through_a_link(tmp_path, world):
    deep = tmp_path / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    for folder in (tmp_path, deep.parent, deep):
        (folder / "list.xlsx").touch()
    (tmp_path / "folder.xlsx").mkdir()
    assert lists_in(tmp_path) == ["a/b/c/list.xlsx", "list.xlsx"]
    assert folder_of(tmp_path / "none", world.office) is None
    assert folder_of(tmp_path, world.office) is None


@pytest.mark.parametrize("problem", [*PROBLEMS, *Reason, "no column: title"])
def test_every_problem_has_a_sentence_of_its_own(app, problem):
    with app.test_request_context():
        assert "quản trị viên" not in sentence(problem) or problem in set(Reason)


def test_a_problem_that_nobody_foresaw_is_for_the_administrator(app):
    with app.test_request_context():
        assert "OSError" in sentence("OSError")
