"""An old archive taken in: reported row by row, queued, gone on with, broken off."""

from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from meetings import jobs
from meetings.archive.imports import services, tasks
from meetings.archive.imports.queries import COLUMNS, mapping_of, path_in, rows_in
from meetings.cli import main
from meetings.documents.issuing.queries import circulation_of
from meetings.models import (
    AccessLevel,
    AuditEntry,
    Document,
    DocumentType,
    Job,
    JobState,
    Reach,
    Term,
)
from meetings.press.tables import Sheet, xlsx
from tests import papers

HEAD = ["Tên tệp", "Số, ký hiệu", "Thể loại", "Ngày ban hành", "Trích yếu", "Người ký", "Nơi nhận"]
GOOD = ["a.pdf", "05-NQ/TU", "Nghị quyết", "21/06/2021", "Về chuyển đổi số", "Hà Khiêm", ""]


@pytest.fixture
def folder(tmp_path):
    """A folder with two scans, and a file beside it that no list may reach."""
    inside = tmp_path / "scans"
    inside.mkdir()
    (inside / "a.pdf").write_bytes(papers.pdf("Nghị quyết về chuyển đổi số"))
    (inside / "b.pdf").write_bytes(papers.pdf("Kế hoạch thực hiện"))
    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    return inside


@pytest.fixture
def read(session, world, folder):
    """Return a reader of lines below the head."""

    def rows(*lines, head=HEAD, **given):
        return rows_in(session, [head, *lines], folder, given, by=world.clerk)

    return rows


def changed(**said) -> list[str]:
    places = ("file", "symbol", "kind", "day", "title", "signer", "reach")
    return [said.get(name, value) for name, value in zip(places, GOOD, strict=True)]


def test_a_row_says_what_a_document_is(read):
    [row] = read(GOOD, ["", "", ""])
    assert (row.number, row.file, row.symbol) == (2, "a.pdf", "05-NQ/TU")
    assert row.doc_type is DocumentType.RESOLUTION
    assert row.issued_on == date(2021, 6, 21)
    assert row.level is AccessLevel.INTERNAL
    assert row.circulation.reach is Reach.ARCHIVISTS, "without a word, the archivists only"
    assert row.problems == ()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"file": ""}, "no file named"),
        ({"file": "c.pdf"}, "file not found"),
        ({"file": "../secret.pdf"}, "file not found"),
        ({"file": "a\0.pdf"}, "file not found"),
        ({"title": ""}, "no title"),
        ({"day": "31/02/2021"}, "day not understood"),
        ({"kind": "Bài thơ"}, "kind not known"),
    ],
)
def test_what_is_wrong_is_said_row_by_row(read, said, problem):
    rows = read(GOOD, changed(file="b.pdf"), changed(**said))
    assert [row.problems for row in rows[:2]] == [(), ()]
    assert problem in rows[2].problems


def test_a_file_named_twice_and_a_level_nobody_knows(read):
    head = [*HEAD, "Phạm vi tiếp cận"]
    rows = read([*GOOD, "Nội bộ"], [*GOOD, "Mật"], head=head)
    assert rows[0].problems == ()
    assert rows[1].problems == ("file named twice", "access level not known")
    assert rows[1].level is AccessLevel.RESTRICTED


@pytest.mark.parametrize("day", ["44368", "44368.0", "21-06-2021", "21.6.2021", "2021-06-21"])
def test_days_are_read_as_people_and_workbooks_write_them(read, day):
    assert read(changed(day=day))[0].issued_on == date(2021, 6, 21)


def test_the_circulation_comes_from_its_column(read, world):
    rows = read(changed(reach=f"{world.office.name}; Lưu"), changed(reach="Toàn Đảng bộ tỉnh"))
    assert rows[0].circulation.bodies == {world.office.id}
    assert rows[1].circulation.reach is Reach.PARTY


def test_columns_are_found_by_their_heads_or_as_somebody_says(read):
    assert mapping_of(HEAD, {})["symbol"] == 1
    assert set(mapping_of(HEAD, {})) == set(COLUMNS) - {"issuer", "level"}
    head = ["Quyển", *HEAD[1:]]
    [row] = read(GOOD, head=head)
    assert row.problems == ("no column: file",)
    assert read(GOOD, head=head, file="quyển")[0].file == "a.pdf"
    assert read(head=HEAD) == []


def test_an_empty_list_has_no_rows(session, world, folder):
    assert rows_in(session, [], folder, {}, by=world.clerk) == []


def test_files_are_taken_in_once_and_issued_as_their_rows_say(
    installation, session, world, folder, read
):
    rows = read(GOOD, changed(file="b.pdf", reach=world.office.name), changed(file="none.pdf"))
    order = {"body": world.office, "by": world.clerk}
    assert services.order(session, folder, rows, **order) == 2
    assert services.order(session, folder, rows, **order) == 0
    session.commit()
    papers.work(installation)
    assert services.order(session, folder, rows, **order) == 0, "to go on is to order again"
    documents = session.scalars(select(Document).order_by(Document.id)).all()
    assert {one.symbol for one in documents} == {"05-NQ/TU"}
    assert all(one.archived_at for one in documents)
    reaches = {circulation_of(session, one).reach for one in documents}
    assert reaches == {Reach.ARCHIVISTS, Reach.BODIES}
    assert services.standing(session) == {JobState.DONE: 2}
    tasks.take_in(jobs.Run(installation, *_first(session)))
    session.rollback()
    assert len(session.scalars(select(Document)).all()) == 2, "the same bytes come once"


def _first(session):
    job = session.scalars(select(Job).where(Job.kind == services.KIND)).first()
    found = (job.id, job.payload)
    session.rollback()
    return found


def test_what_the_gate_refuses_is_reported(installation, session, world, folder, read):
    (folder / "a.pdf").write_bytes(b"MZ no paper at all")
    rows = read(GOOD, changed(file="b.pdf"))
    services.order(session, folder, rows, body=world.office, by=world.clerk)
    (folder / "b.pdf").unlink()
    session.commit()
    papers.work(installation)
    assert {file for file, _ in services.refusals(session)} == {"a.pdf", "b.pdf"}
    assert session.scalars(select(Document)).all() == []


def test_of_a_state_secret_not_even_the_row_is_kept(
    installation, session, world, folder, read, monkeypatch
):
    from meetings.intake import Reason, Verdict

    monkeypatch.setattr(tasks, "examine", lambda _: Verdict(reason=Reason.CLASSIFIED))
    services.order(session, folder, read(GOOD), body=world.office, by=world.clerk)
    session.commit()
    papers.work(installation)
    [job] = session.scalars(select(Job).where(Job.kind == services.KIND))
    assert (job.state, job.payload) == (JobState.DEAD, {})
    assert [file for file, _ in services.refusals(session)] == ["–"]


def test_what_was_not_begun_is_broken_off_and_gone_on_with(session, world, folder, read):
    rows = read(GOOD, changed(file="b.pdf"))
    order = {"body": world.office, "by": world.clerk}
    services.order(session, folder, rows, **order)
    assert services.break_off(session) == 2
    assert services.break_off(session) == 0
    assert services.order(session, folder, rows, **order) == 2


def test_no_name_leads_out_of_the_folder(folder):
    (folder / "link.pdf").symlink_to(folder.parent / "secret.pdf")
    assert path_in(folder, "a.pdf") == folder.resolve() / "a.pdf"
    for name in ("..\\secret.pdf", "/etc/passwd", "link.pdf", ".", "x" * 9999):
        assert path_in(folder, name) is None


@pytest.fixture
def command(installation, settings, monkeypatch, folder, tmp_path, world):
    """Return the command on this installation, with a list of one good and one bad row."""
    monkeypatch.setenv("MEETINGS_INSTANCE", str(settings.instance))
    list_ = tmp_path / "list.xlsx"
    list_.write_bytes(xlsx(Sheet("Danh mục", HEAD, [GOOD, changed(file="none.pdf")])))
    body, account = world.office.name, world.clerk.username

    def run(*more: str, body: str = body, account: str = account):
        parts = ["archive", "import", str(folder), str(list_), "--body", body, "--as", account]
        return CliRunner().invoke(main, [*parts, *more])

    return run


def test_the_command_reports_queues_tells_and_cancels(command):
    dry = command("--dry-run")
    assert dry.exit_code == 1
    assert "row 3: none.pdf: file not found" in dry.output
    assert "2 rows, 1 with problems, 0 queued." in dry.output
    assert "1 queued" in command().output
    assert "waiting    1" in CliRunner().invoke(main, ["archive", "progress"]).output
    assert "1 rows were taken" in CliRunner().invoke(main, ["archive", "cancel"]).output


def test_the_command_is_for_clerks_of_the_body(command, world):
    for who in (world.researcher.username, "nobody"):
        assert "is no clerk of" in command(account=who).output
    assert "is no clerk of" in command(body="Không có").output


def test_a_term_begins_once(command, installation, world):
    for _ in range(2):
        answer = CliRunner().invoke(main, ["archive", "term", world.office.name, "26/09/2025"])
        assert "begins on 26/09/2025" in answer.output
    with installation.database.reading() as reading:
        assert reading.scalars(select(Term.starts_on)).all() == [date(2025, 9, 26)]
        actions = reading.scalars(select(AuditEntry.action)).all()
    assert actions.count("archive:term") == 1
    answer = CliRunner().invoke(main, ["archive", "term", "Không có", "2025-09-26"])
    assert "There is no body" in answer.output


def test_a_column_that_nobody_knows_is_refused(command):
    assert "--column takes one of" in command("--column", "colour=Màu").output
    assert "1 with problems" in command("--column", "title=Trích yếu").output
