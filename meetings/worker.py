"""The worker: does the slow steps, one at a time, and gives its lease back when told to stop."""

import contextlib
import logging
import os
import signal
import socket
import time
from datetime import timedelta
from types import FrameType

from meetings import events, jobs, log, periodic
from meetings.accounts import services as accounts
from meetings.accounts.throttle import services as throttle
from meetings.agenda.access import tasks as access_tasks
from meetings.agenda.tray import tasks as tray_tasks
from meetings.archive import tasks as archive_tasks
from meetings.archive.fruitless import tasks as fruitless_tasks
from meetings.archive.imports import tasks as imports_tasks
from meetings.audit import tasks as audit_tasks
from meetings.backup import tasks as backup_tasks
from meetings.demo import tasks as demo_tasks
from meetings.doctor import tasks as doctor_tasks
from meetings.documents import tasks as documents_tasks
from meetings.documents.aids import tasks as aids_tasks
from meetings.documents.destruction import tasks as destruction_tasks
from meetings.documents.pages import tasks as page_tasks
from meetings.documents.quarantine.services import sweep_quarantine
from meetings.documents.reading import tasks as reading_tasks
from meetings.documents.signatures import tasks as signature_tasks
from meetings.installation import Installation
from meetings.members.dossiers.packages import tasks as dossier_package_tasks
from meetings.members.dossiers.scans import tasks as dossier_scan_tasks
from meetings.members.lists import tasks as member_list_tasks
from meetings.messages import tasks as message_tasks
from meetings.notices import tasks as notice_tasks
from meetings.reader.notes import tasks as note_tasks
from meetings.reader.notes.keeping import tasks as note_keeping_tasks
from meetings.settings import Settings

IDLE_SECONDS = 0.2
LOOK_SECONDS = 10.0
SWEEP_EVERY = timedelta(hours=1)
HEAD_EVERY = timedelta(minutes=10)
ABANDONED = timedelta(hours=1)
TASKS = (
    access_tasks,
    tray_tasks,
    documents_tasks,
    page_tasks,
    reading_tasks,
    aids_tasks,
    note_tasks,
    note_keeping_tasks,
    signature_tasks,
    destruction_tasks,
    archive_tasks,
    fruitless_tasks,
    imports_tasks,
    dossier_package_tasks,
    dossier_scan_tasks,
    member_list_tasks,
    message_tasks,
    notice_tasks,
    demo_tasks,
    backup_tasks,
    doctor_tasks,
)  # importing them registers their handlers

logger = logging.getLogger(__name__)


def work(settings: Settings) -> None:
    """Do jobs until a signal says stop."""
    log.configure()
    installation = Installation(settings)
    owner = f"{socket.gethostname()}:{os.getpid()}"
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        with contextlib.suppress(SystemExit):
            _serve(installation, owner, stop)
        logger.info("worker stops")
    finally:
        installation.database.write(lambda session: jobs.give_back(session, owner))
        installation.close()


class Stop:
    """The wish to stop, which interrupts a step and is remembered if a library swallows that."""

    def __init__(self) -> None:
        self.wanted = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Note the wish and interrupt what is going on."""
        self.wanted = True
        raise SystemExit


def _serve(installation: Installation, owner: str, stop: Stop) -> None:
    look_at = 0.0
    while not stop.wanted:
        if time.monotonic() >= look_at:
            look_at = time.monotonic() + LOOK_SECONDS
            periodic.order_due(installation)
        if not (_has_work(installation) and jobs.run_next(installation, owner)):
            time.sleep(IDLE_SECONDS)


def _has_work(installation: Installation) -> bool:
    with installation.database.reading() as session:
        return jobs.is_due(session)


@jobs.handles("worker.sweep")
def _sweep(run: jobs.Run) -> None:
    installation = run.installation
    installation.database.write(events.forget_old)
    installation.database.write(throttle.forget_old)
    installation.database.write(accounts.end_worn_out)
    installation.store.sweep(ABANDONED)
    sweep_quarantine(installation.settings.quarantine_folder, ABANDONED)
    archive_tasks.reconcile(installation)


@jobs.handles("audit.head", jobs.Urgency.SOMEBODY_WAITS)
def _keep_head(run: jobs.Run) -> None:
    audit_tasks.keep_head(run.installation)


periodic.declare("worker.sweep", periodic.Every(SWEEP_EVERY))
periodic.declare("audit.head", periodic.Every(HEAD_EVERY))
