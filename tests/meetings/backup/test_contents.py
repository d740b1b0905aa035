"""What a database says, told the same way wherever it lies."""

from contextlib import closing
from io import BytesIO

import pikepdf
import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import select

from meetings import jobs, worker
from meetings.backup import contents, file_database
from meetings.documents import services as documents
from meetings.documents import tasks
from meetings.documents.aids import tasks as aids_tasks
from meetings.documents.quarantine.services import examine, quarantine
from meetings.models import AccessLevel, Base


@pytest.fixture
def database(tmp_path):
    """Return what makes a database of some statements."""

    def make(*statements: str):
        with closing(sqlite.connect(str(tmp_path / "small"))) as made:
            made.execute("PRAGMA writable_schema=ON")
            for statement in statements:
                made.execute(statement)
            made.commit()
        return tmp_path / "small"

    return make


def test_the_digest_of_a_table_tells_values_and_types_apart(filled, session, world, told):
    before = told(filled)
    world.office.name += " "
    session.commit()
    after = told(filled)
    assert {name for name in before if before[name] != after[name]} == {"body"}
    assert before["body"].rows == after["body"].rows


@pytest.mark.sqlite
def test_a_snapshot_holds_no_trace_of_a_sign_in(filled, tmp_path):
    live = contents_of(filled.settings.instance / "database.sqlite3")
    assert b"canary-of-a-sign-in" in live
    assert b"canary-of-a-secret" in live
    file_database.snapshot(filled.database, tmp_path / "copy")
    assert b"canary-of-a-s" not in contents_of(tmp_path / "copy")
    with closing(sqlite.connect(str(tmp_path / "copy"))) as copy:
        assert copy.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def contents_of(file) -> bytes:
    """Return the bytes of a database and of its log."""
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


def test_text_and_bytes_of_the_same_letters_differ(database):
    with contents.opened(database("CREATE TABLE a(x)", "INSERT INTO a VALUES ('A')")) as engine:
        text = contents.tables_of(engine)
    with contents.opened(database("UPDATE a SET x=x'41'")) as engine:
        assert contents.tables_of(engine) != text


def test_the_digest_does_not_depend_on_the_order_of_writing(database):
    first = database("CREATE TABLE a(x)", "INSERT INTO a VALUES (1),(2)")
    with contents.opened(first) as engine:
        before = contents.tables_of(engine)
    with contents.opened(database("DELETE FROM a", "INSERT INTO a VALUES (2),(1)")) as engine:
        assert contents.tables_of(engine) == before


def test_a_row_that_breaks_its_table_is_found(database):
    file = database(
        "CREATE TABLE a(x)",
        "INSERT INTO a VALUES (NULL)",
        "UPDATE sqlite_master SET sql='CREATE TABLE a(x NOT NULL)'",
    )
    assert "NULL value" in contents.problem_of(file)


def test_an_empty_ledger_has_an_empty_head(session):
    assert contents.audit_head_of(session) == (0, "")


def columns_naming(installation, digests: set[str]) -> set[str]:
    found = set()
    with installation.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                texts = {name: str(value) for name, value in row.items()}
                found |= {f"{table.name}.{name}" for name in texts if texts[name] in digests}
    return found


def do_every_job(installation) -> None:
    while jobs.run_next(installation, "test"):
        pass


def test_every_column_that_names_a_file_is_known(session, installation, world):
    """A real paper is received and prepared; a new column with files must join BLOBS."""
    pdf, content = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.save(content)
    content.seek(0)
    place = installation.settings.quarantine_folder
    received = quarantine(content, "a.pdf", place, 10**6)
    verdict = examine(received)
    options = {"body": world.office, "access_level": AccessLevel.NORMAL, "by": world.clerk}
    documents.receive(session, installation, received, verdict, **options)
    session.commit()
    assert {tasks, aids_tasks} < set(worker.TASKS)
    do_every_job(installation)
    installation.database.write(
        lambda session: jobs.enqueue(session, aids_tasks.ALL, {}, key="all")
    )
    do_every_job(installation)
    digests = set(installation.store.digests())
    known = {f"{column.class_.__tablename__}.{column.key}" for column in contents.BLOBS}
    assert columns_naming(installation, digests) == known
    assert contents.blobs_of(session) == digests
