"""A run does not care which database it came from: an installation moves from one to another."""

from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from meetings import clock
from meetings.backup import restoring, services
from meetings.backup.errors import BackupError
from meetings.installation import Installation
from meetings.models import Body, Event, new_id
from tests import factories


@pytest.fixture
def move(identity, tmp_path):
    """Back an installation up and bring it back with another setting of its database."""

    def to(installation: Installation, name: str, database: str) -> Installation:
        folder = tmp_path / f"runs of {name}"
        services.create(installation, folder)
        there = replace(installation.settings, instance=tmp_path / name, database=database, keys="")
        restoring.restore(there, folder, identity)
        return Installation(there)

    return to


def test_an_installation_moves_to_a_file_and_back(filled, move, elsewhere, told):
    with (
        closing(move(filled, "a file", "")) as file,
        closing(move(file, "back", elsewhere.database)) as back,
    ):
        tables = [told(one) for one in (filled, file, back)]
    changed = {name for name in tables[0] if len({one[name].digest for one in tables}) > 1}
    assert changed - {"access_change"} == {"audit_entry", "job"}, "on a server, arriving changes"


def test_rows_may_refer_to_later_ones(session, filled, move, elsewhere):
    child = factories.body(session, name="Chi bộ")
    parent = factories.body(session, name="Đảng bộ mới lập")
    child.parent_id = parent.id
    session.commit()
    with closing(move(filled, "elsewhere", elsewhere.database)) as there:
        with there.database.reading() as reading:
            assert reading.get_one(Body, child.id).parent_id == parent.id
        nobody = update(Body).where(Body.id == child.id).values(parent_id=new_id())
        with pytest.raises(IntegrityError):
            there.database.write(lambda writing: writing.execute(nobody))


def test_events_are_numbered_on(session, filled, move, elsewhere):
    for number in range(5):
        session.add(Event(at=clock.now(), topic="x", kind="y", data={"n": number}))
    session.commit()
    newest = max(session.scalars(select(Event.seq)))
    with closing(move(filled, "elsewhere", elsewhere.database)) as there:
        there.database.write(
            lambda writing: writing.add(Event(at=clock.now(), topic="x", kind="y", data={}))
        )
        with there.database.reading() as reading:
            assert max(reading.scalars(select(Event.seq))) == newest + 1


def test_nothing_is_restored_over_an_installation(filled, create, folder, identity, tmp_path):
    create()
    taken = replace(filled.settings, instance=tmp_path / "elsewhere", keys="")
    taken = replace(taken, database=filled.settings.database_url)
    with pytest.raises(BackupError, match="only restored"):
        restoring.restore(taken, folder, identity)
    assert not taken.instance.exists()
