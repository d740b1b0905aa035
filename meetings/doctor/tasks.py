"""The nightly examination of the data: the database's own check, and every file read again."""

import time
from datetime import timedelta

from meetings import audit, jobs, periodic
from meetings.doctor import queries

KIND = "doctor.examine"
OVERDUE = timedelta(hours=30)
TELL_SECONDS = 5.0

periodic.declare(KIND, periodic.Nightly(OVERDUE))


@jobs.handles(KIND, jobs.Urgency.WHEN_IDLE)
def examine(run: jobs.Run) -> None:
    """Examine the data, remove what nobody names, and write down what was found, also nothing."""
    installation, told = run.installation, time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            run.progress(done, total)

    with installation.database.reading() as session:
        problems = list(installation.database.dialect.damage(session))
    files, damaged = queries.damaged_files(installation, tell)
    problems += damaged
    for digest in queries.unnamed_files(installation):
        installation.store.remove(digest)
    found = {"files": files, "wrong": len(problems), "problems": problems[: queries.TOLD]}
    deed = audit.Deed(action=queries.EXAMINED, detail=found)
    installation.database.write(lambda session: audit.record(session, deed))
