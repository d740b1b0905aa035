"""The nightly examination of the data: the database's own check, and every file read again."""

import time
from datetime import timedelta

from meetings import audit, clock, jobs
from meetings.doctor import queries
from meetings.installation import Installation

KIND = "doctor.examine"
EVERY_SECONDS = 600.0
NIGHT = range(1, 5)  # hours in Vietnam in which nobody waits for the worker
OVERDUE = timedelta(hours=30)
TELL_SECONDS = 5.0


def order_if_due(installation: Installation) -> None:
    """Queue an examination each night, and by day where a machine sleeps at night."""
    key = f"examine:{clock.today()}"
    with installation.database.reading() as session:
        since = queries.unexamined_since(session)
        overdue = since is not None and clock.now() - since > OVERDUE
        by_night = clock.local(clock.now()).hour in NIGHT
        if not (by_night or overdue) or jobs.latest(session, key):
            return
    installation.database.write(lambda session: jobs.enqueue(session, KIND, {}, key=key))


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
