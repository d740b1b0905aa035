"""Many processes write at once: nobody is turned away, and the ledger stays one chain."""

import os
import subprocess
import sys
import time

from sqlalchemy import func, select

from meetings import audit
from meetings.installation import Installation
from meetings.models import AuditEntry, Event

PROCESSES = 4
WRITES = 5000 if os.environ.get("LONG_TESTS") else 500
WRITER = """
import sys
from meetings import audit, clock
from meetings.installation import Installation
from meetings.models import Event
from meetings.settings import Settings

installation = Installation(Settings.load())
for number in range(int(sys.argv[2])):
    def change(session):
        session.add(Event(at=clock.now(), topic=sys.argv[1], kind="written", data={"n": number}))
        audit.record(session, audit.Deed(action="test:write", detail={"n": number}))
    installation.database.write(change)
installation.close()
"""


def test_writers_in_several_processes_are_never_turned_away(installation: Installation, capsys):
    environment = os.environ | {"MEETINGS_INSTANCE": str(installation.settings.instance)}
    begun = time.perf_counter()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"writer {number}", str(WRITES)],
            env=environment,
            stderr=subprocess.PIPE,
        )
        for number in range(PROCESSES)
    ]
    problems = [writer.communicate()[1].decode() for writer in writers]
    seconds = time.perf_counter() - begun
    assert problems == [""] * PROCESSES
    with installation.database.reading() as session:
        written = session.execute(select(Event.topic, func.count()).group_by(Event.topic)).all()
        lines = session.scalar(select(func.count()).select_from(AuditEntry))
        assert list(audit.broken(session)) == []
    assert sorted(written) == [(f"writer {number}", WRITES) for number in range(PROCESSES)]
    assert lines == PROCESSES * WRITES
    with capsys.disabled():
        print(f"\n{PROCESSES} processes x {WRITES} writes: {lines / seconds:.0f} a second")
