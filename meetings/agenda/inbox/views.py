"""The inbox of this web process: it looks where files come in by themselves, and takes them in.

Only the process that serves may do so: until a file has passed the gate, its bytes are sealed
under a key in this process's memory.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import UUID

from flask import Flask, current_app

from meetings import clock
from meetings.agenda.inbox import services
from meetings.agenda.inbox.arrivals import Arrival, Door, Source, Unreachable
from meetings.agenda.inbox.folder import WatchedFolder
from meetings.agenda.inbox.mailbox import Mailbox
from meetings.agenda.inbox.services import code_of
from meetings.agenda.papers.forms import TAKEN
from meetings.documents.quarantine.services import CHUNK, Draft, Received, TooLarge
from meetings.documents.uploads.services import Outcome
from meetings.documents.uploads.views import Shelf, through_gate
from meetings.installation import Installation
from meetings.intake import Reason, Verdict
from meetings.models import Meeting
from meetings.settings import Settings

LOOK_SECONDS = 20.0
AGAIN_SECONDS = 3600.0  # as long waits a declaration; what lies there still is taken in anew
LOCK = "inbox.lock"

logger = logging.getLogger(__name__)


@dataclass
class Told:
    """What became of an arrival so far: whether it was kept or refused, how many parts wait."""

    kept: int = 0
    refused: int = 0
    waiting: int = 0
    settled: bool = False

    @property
    def done(self) -> bool:
        """Tell whether something became of it and nothing waits."""
        return bool(self.kept or self.refused) and not self.waiting


@dataclass
class Inbox:
    """Looks every now and then, in a thread of its own, at every door that the settings name."""

    app: Flask
    doors: Sequence[Door]
    troubles: dict[Source, datetime] = field(default_factory=dict)
    _seen: dict[str, float] = field(default_factory=dict)
    _closed: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def _installation(self) -> Installation:
        return cast("Installation", self.app.extensions["installation"])

    def start(self) -> None:
        """Begin to look, in the process that serves, if there is anywhere to look."""
        if self.doors and self._thread is None:
            self._thread = threading.Thread(target=self._go_on, name="inbox", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Look no more; a file that is broken off lies where it came from, and comes again."""
        self._closed.set()

    def look(self) -> int:
        """Take in what came by itself; return how many files. Of many processes one looks."""
        with _alone(self._installation.settings.instance / LOCK) as alone, self.app.app_context():
            return sum(map(self._look_at, self.doors)) if alone else 0

    def _go_on(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:
                logger.exception("the inbox goes on after a failure")

    def _look_at(self, door: Door) -> int:
        taken = 0
        try:
            for arrival in door.arrivals():
                if self._closed.is_set():
                    break
                if not self._known(arrival.key):
                    taken += self._take(arrival, door.source)
        except Unreachable:
            if door.source not in self.troubles:
                logger.warning("inbox=%s cannot be reached", door.source.value)
            self.troubles.setdefault(door.source, clock.now())
        else:
            self.troubles.pop(door.source, None)
        return taken

    def _known(self, key: str) -> bool:
        """Tell whether a file that still lies there was looked at a short while ago."""
        moment = time.monotonic()
        self._seen = {k: at for k, at in self._seen.items() if moment - at < AGAIN_SECONDS}
        return key in self._seen

    def _take(self, arrival: Arrival, source: Source) -> bool:
        """Take a file through the gate; where none may be taken in, it stays where it is."""
        self._seen[arrival.key] = time.monotonic()
        known = self._place(arrival.code)
        if known is None:
            return False
        told = Told()
        shelf = self._shelf(arrival, source, told, *known)
        draft = self._draft(arrival)
        if isinstance(draft.problem, TooLarge):
            shelf.turn_away(Received(arrival.name, arrival.size, ""), Reason.TOO_LARGE)
        elif draft.problem is None:
            outcomes = through_gate(draft, arrival.name, shelf, folder=arrival.folder)
            told.waiting = sum(bool(outcome.waits) for outcome in outcomes)
        self._settle(arrival, told)
        return told.settled

    def _place(self, code: str) -> tuple[UUID, UUID] | None:
        """Return the meeting that a code names and the account that takes files in for it."""
        name = self._installation.settings.inbox_account
        with self._installation.database.reading() as session:
            by = services.steward(session, name)
            meeting = services.place_of(session, code, by=by) if by else None
            return (meeting.id, by.id) if by and meeting else None

    def _draft(self, arrival: Arrival) -> Draft:
        settings = self._installation.settings
        draft = Draft(settings.quarantine_folder, settings.max_upload)
        try:
            with arrival.open() as stream:
                while draft.problem is None and (part := stream.read(CHUNK)):
                    draft.write(part)
        except OSError as error:
            draft.problem = error
        return draft

    def _shelf(
        self, arrival: Arrival, source: Source, told: Told, meeting: UUID, by: UUID
    ) -> Shelf:
        def keep(received: Received, verdict: Verdict) -> Outcome:
            document = services.take_in(
                self._installation, received, verdict, meeting=meeting, by=by, source=source
            )
            told.kept += 1
            if verdict.declared:
                told.waiting -= 1
                self._settle(arrival, told)
            return Outcome(received.name, ok=True, message=str(TAKEN), document=str(document))

        def turn_away(received: Received, reason: Reason) -> None:
            services.turn_away(
                self._installation, received, reason, meeting=meeting, by=by, source=source
            )
            told.refused += 1

        return Shelf(meeting, keep, turn_away, sender=by)

    def _settle(self, arrival: Arrival, told: Told) -> None:
        """Take a file away from where it came, once; what waits for a declaration stays there."""
        if told.settled or not told.done:
            return
        try:
            arrival.settle(not told.refused)
            told.settled = True
        except OSError:
            logger.warning("inbox: a file that was taken in cannot be put away")


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Tell whether no other process looks at the moment."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def doors_of(settings: Settings) -> list[Door]:
    """Return where the settings say that files come in by themselves."""
    doors: list[Door] = []
    if settings.watched_folder:
        doors.append(WatchedFolder(Path(settings.watched_folder)))
    if settings.mailbox:
        password = Path(settings.mailbox_password_file)
        doors.append(Mailbox(settings.mailbox, password, largest=settings.max_upload))
    return doors


def ways_to(meeting: Meeting) -> Mapping[str, object]:
    """Return how files reach a meeting's tray by themselves, and what is wrong with a way."""
    inbox = cast("Inbox", current_app.extensions["inbox"])
    settings = inbox.app.extensions["installation"].settings
    return {
        "code": code_of(meeting),
        "folder": settings.watched_folder,
        "mail": settings.mailbox_name,
        "troubles": {source.value: since for source, since in inbox.troubles.items()},
    }
