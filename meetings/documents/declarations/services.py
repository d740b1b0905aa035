"""Files that wait for a person's declaration: sealed, their keys in this process's memory alone.

A restart forgets them, as it forgets unfinished uploads; nothing was promised of them yet.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from meetings import audit
from meetings.documents.quarantine.services import Received, let_go
from meetings.documents.uploads.services import Outcome
from meetings.installation import Installation
from meetings.intake import Reason, Verdict, page_picture, shown_numbers

PATIENCE_SECONDS = 3600
EACH = 60
ALL = 240
ID_BYTES = 18
STOPPED = "secrecy:stopped"
DECLARED = "secrecy:declared"

Keep = Callable[[Received, Verdict], Outcome]


class Full(Exception):
    """As many files wait as may."""


@dataclass(frozen=True)
class Waiting:
    """A file that waits, who sent it, for which meeting, and how it is kept once it may be."""

    id: str
    owner: UUID
    meeting: UUID
    received: Received
    verdict: Verdict
    keep: Keep
    since: float

    @property
    def pages(self) -> list[int]:
        """Return the numbers of the pages that can be looked at here."""
        return shown_numbers(self.verdict)


class Declarations:
    """The files of one process that wait; any thread may ask."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._waiting: dict[str, Waiting] = {}

    def wait(
        self, received: Received, verdict: Verdict, *, owner: UUID, meeting: UUID, keep: Keep
    ) -> Waiting:
        """Let a file wait; raise Full."""
        with self._lock:
            self._forget_old()
            own = sum(other.owner == owner for other in self._waiting.values())
            if own >= EACH or len(self._waiting) >= ALL:
                raise Full
            identity = secrets.token_urlsafe(ID_BYTES)
            waiting = Waiting(identity, owner, meeting, received, verdict, keep, self._now())
            self._waiting[identity] = waiting
        return waiting

    def of(self, meeting: UUID) -> list[Waiting]:
        """Return the files that wait for a meeting, whoever sent them, as they came."""
        with self._lock:
            self._forget_old()
            return [waiting for waiting in self._waiting.values() if waiting.meeting == meeting]

    def find(self, identity: str, meeting: UUID) -> Waiting | None:
        """Return a file that waits, if it came for this meeting."""
        return next((waiting for waiting in self.of(meeting) if waiting.id == identity), None)

    def take(self, waiting: Waiting) -> bool:
        """Take a file out for good; tell whether it was still there: two answers are one."""
        with self._lock:
            return self._waiting.pop(waiting.id, None) is not None

    def _forget_old(self) -> None:
        for waiting in list(self._waiting.values()):
            if self._now() - waiting.since > PATIENCE_SECONDS:
                del self._waiting[waiting.id]
                let_go(waiting.received)


def receive(declarations: Declarations, waiting: Waiting) -> Outcome | None:
    """Receive a file of which a person declared that it holds no state secret."""
    if not declarations.take(waiting):
        return None
    try:
        declared = replace(waiting.verdict, needs_eyes=False, declared=True)
        return waiting.keep(waiting.received, declared)
    finally:
        let_go(waiting.received)


def drop(
    installation: Installation, declarations: Declarations, waiting: Waiting, *, by: UUID
) -> None:
    """Drop a file that holds a state secret, or that a person is not sure of."""
    if declarations.take(waiting):
        let_go(waiting.received)
        note_secret(installation, meeting=waiting.meeting, by=by, action=DECLARED)


def note_secret(
    installation: Installation, *, meeting: UUID, by: UUID, action: str = STOPPED
) -> None:
    """Write down that a state secret was stopped: when and whose, never its name."""
    deed = audit.Deed(action=action, actor_id=by, subject_type="Meeting", subject_id=str(meeting))
    installation.database.write(lambda session: audit.record(session, deed))


def picture(waiting: Waiting, number: int) -> bytes | Reason:
    """Return a page of a file that waits as a JPEG, drawn in memory; or why there is none."""
    with waiting.received.laid_out() as path:
        return page_picture(path, waiting.verdict.media_type or "", number)
