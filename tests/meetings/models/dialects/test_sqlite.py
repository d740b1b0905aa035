"""SQLite: what its dialect promises."""

import pytest

from meetings.models import Database
from meetings.models.dialects import DIALECTS, sqlite


def test_a_library_that_may_lose_commits_opens_nothing(monkeypatch):
    monkeypatch.setattr(sqlite, "OLDEST", (99, 0, 0))
    with pytest.raises(RuntimeError, match="install the locked packages"):
        Database("sqlite://")


def test_a_copy_is_one_file_with_the_rows_of_the_moment(tmp_path):
    address = f"sqlite:///{tmp_path / 'live.sqlite3'}"
    live = Database(address)
    with live.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mark (word TEXT)")
        connection.exec_driver_sql("INSERT INTO mark VALUES ('đã có')")
    DIALECTS["sqlite"].copy(address, tmp_path / "copy")
    live.close()
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy"]
    copy = Database(f"sqlite:///{tmp_path / 'copy'}")
    with copy.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT word FROM mark").all() == [("đã có",)]
    copy.close()


def test_the_pulse_changes_when_another_connection_commits(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'live.sqlite3'}")
    with database.pulse() as pulse:
        before = pulse()
        assert pulse() == before
        with database.writer.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE mark (word TEXT)")
        assert pulse() != before
    database.close()
