import subprocess
import sys
import threading
from contextlib import closing

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from meetings import clock
from meetings.installation import Installation
from meetings.models import Database, Event, database

COUNT_UP = """
import sys
from sqlalchemy import text
from meetings import clock
from meetings.installation import Installation
from meetings.models import Database
database = Database(sys.argv[1])
def change(session):
    n = session.execute(text("SELECT n FROM counter")).scalar_one()
    session.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})
for _ in range(200):
    database.write(change)
"""


@pytest.fixture
def counter(empty_database: str) -> str:
    one = Database(empty_database)
    with one.writing() as session:
        session.execute(text("CREATE TABLE counter (n INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))
        session.commit()
    one.close()
    return empty_database


class Held(Exception):
    """What a driver says when another writer did not end in time."""

    sqlstate = "55P03"


def test_two_processes_that_read_then_write_lose_nothing(counter: str):
    command = [sys.executable, "-c", COUNT_UP, counter]
    others = [subprocess.Popen(command) for _ in range(2)]
    assert [other.wait(60) for other in others] == [0, 0]
    with closing(Database(counter)) as one, one.reading() as session:
        assert session.execute(text("SELECT n FROM counter")).scalar_one() == 400


def test_a_writer_does_not_wait_for_readers_who_hold_every_connection(counter: str, monkeypatch):
    monkeypatch.setattr(database, "READERS", {"pool_size": 1, "max_overflow": 0})
    with closing(Database(counter)) as one, one.reading() as reader:
        assert reader.execute(text("SELECT n FROM counter")).scalar_one() == 0
        one.write(lambda session: session.execute(text("UPDATE counter SET n = 5")))


def test_readers_do_not_wait_for_a_writer(counter: str):
    one = Database(counter)
    with one.writing() as writer:
        writer.execute(text("UPDATE counter SET n = 5"))
        with one.reading() as reader:
            assert reader.execute(text("SELECT n FROM counter")).scalar_one() == 0
    one.close()


def test_a_write_tries_again_while_another_writer_is_in_the_way(counter: str):
    one = Database(counter)
    attempts = []

    def change(session: Session) -> str:
        attempts.append(1)
        if len(attempts) < 3:
            raise OperationalError("UPDATE", {}, Held("database is locked"))
        return "done"

    assert one.write(change) == "done"
    one.close()


@pytest.mark.parametrize(
    ("problem", "tries"), [(Held("database is locked"), 5), (Exception("disk I/O error"), 1)]
)
def test_a_write_gives_up_on_what_does_not_pass(
    counter: str, monkeypatch: pytest.MonkeyPatch, problem: Exception, tries: int
):
    monkeypatch.setattr(database.time, "sleep", lambda _seconds: None)
    one = Database(counter)
    attempts = []

    def change(session: Session) -> None:
        attempts.append(1)
        raise OperationalError("UPDATE", {}, problem)

    with pytest.raises(OperationalError, match=str(problem)):
        one.write(change)
    assert len(attempts) == tries
    one.close()


def test_a_change_that_raises_leaves_nothing(installation: Installation):
    def change(session: Session) -> None:
        session.add(Event(at=clock.now(), topic="x", kind="y", data={}))
        message = "no"
        raise ValueError(message)

    with pytest.raises(ValueError, match="no"):
        installation.database.write(change)
    with installation.database.reading() as session:
        assert session.scalars(select(Event)).all() == []


def test_threads_share_one_database(counter: str):
    one = Database(counter)

    def count() -> None:
        one.write(lambda session: session.execute(text("UPDATE counter SET n = n + 1")))

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with one.reading() as session:
        assert session.execute(text("SELECT n FROM counter")).scalar_one() == 8
    one.close()
