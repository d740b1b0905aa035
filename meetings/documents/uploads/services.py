"""Uploads that go on where the connection broke: their state is in this process's memory alone.

A restart forgets them with the keys of their drafts; the browser then sends the file again.
"""

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import UUID

from meetings.documents.quarantine.services import Draft
from storage import BlobReader, Sealer, StorageError

CHUNK = 4 * 1024 * 1024
IDLE_SECONDS = 3600
SETTLED_SECONDS = 300  # as long may a browser ask again what became of its file
QUIET_SECONDS = 60  # then an upload of the same person gives way to a new one
EACH = 8
ALL = 64
ID_BYTES = 24


class Gone(Exception):
    """There is no such upload, or it is another person's or goes elsewhere."""


class Crowded(Exception):
    """There are as many uploads as may be."""


class OutOfStep(Exception):
    """A chunk is not the next one."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file, ready to be told."""

    name: str
    ok: bool
    message: str
    document: str = ""
    paper: str = ""
    waits: str = ""


@dataclass
class Upload:
    """A file of which chunks come, whose it is and where it goes."""

    id: str
    owner: UUID
    place: UUID
    name: str
    size: int
    draft: Draft
    touched: float
    offset: int = 0
    whole: bool = False
    folder: str = ""
    outcomes: tuple[Outcome, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, offset: int, chunk: bytes) -> bool:
        """Take the next chunk and tell whether it was the last; raise OutOfStep."""
        with self._lock:
            follows = offset == self.offset and len(chunk) <= self.size - offset
            if self.whole or not follows or not (chunk or self.size == 0):
                raise OutOfStep
            self.draft.write(chunk)
            self.offset += len(chunk)
            self.whole = self.offset == self.size or self.draft.problem is not None
            return self.whole


def ticket_of(upload: Upload, secret: bytes) -> str:
    """Seal the name of an upload for the browser that sends it; nobody here keeps it."""
    told = [str(upload.owner), str(upload.place), upload.id, upload.name]
    sealer = Sealer(key=_key_of_tickets(secret))
    sealed = b"".join([sealer.header, *sealer.add(json.dumps(told).encode()), sealer.end()])
    return urlsafe_b64encode(sealed).decode()


def named_in(ticket: str, secret: bytes, owner: UUID, place: UUID) -> tuple[str, str] | None:
    """Return id and name of an upload of a person to a place, if that is what a ticket says."""
    try:
        sealed = BytesIO(urlsafe_b64decode(ticket))
        told = json.loads(BlobReader(sealed, key=_key_of_tickets(secret)).read())
    except (ValueError, StorageError):
        return None
    whose, where, identity, name = told
    return (identity, name) if (whose, where) == (str(owner), str(place)) else None


def _key_of_tickets(secret: bytes) -> bytes:
    return hashlib.sha256(b"upload tickets\0" + secret).digest()


class Uploads:
    """The uploads of one process; any thread may ask."""

    def __init__(
        self, folder: Path, limit: int, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder, self._limit, self._now = folder, limit, now
        self._lock = threading.Lock()
        self._uploads: dict[str, Upload] = {}
        self._alarm: threading.Timer | None = None

    def begin(self, owner: UUID, place: UUID, name: str, size: int, *, folder: str = "") -> Upload:
        """Begin an upload; raise Crowded, or NoSpace."""
        with self._lock:
            self._forget_idle()
            self._make_room(owner)
            draft = Draft(self._folder, self._limit)
            identity = secrets.token_urlsafe(ID_BYTES)
            touched = self._now()
            upload = Upload(identity, owner, place, name, size, draft, touched, folder=folder)
            self._uploads[upload.id] = upload
            self._set_alarm()
        return upload

    def find(self, identity: str, owner: UUID, place: UUID) -> Upload:
        """Return the upload of a person to a place; raise Gone."""
        with self._lock:
            self._forget_idle()
            upload = self._uploads.get(identity)
            if upload is None or (upload.owner, upload.place) != (owner, place):
                raise Gone
            upload.touched = self._now()
        return upload

    def is_coming(self, identity: str) -> bool:
        """Tell whether an upload is under way, or went through the gate a short while ago."""
        with self._lock:
            upload = self._uploads.get(identity)
            quiet = upload is None or self._now() - upload.touched > QUIET_SECONDS
            return upload is not None and (upload.whole or not quiet)

    def settle(self, upload: Upload, outcomes: Sequence[Outcome]) -> None:
        """Keep what became of a file, or of those in it, for a browser that missed the answer."""
        with self._lock:
            upload.outcomes, upload.touched = tuple(outcomes), self._now()

    def forget(self, upload: Upload) -> None:
        """Forget an upload and drop its bytes."""
        with self._lock:
            self._drop(upload)

    def forget_idle(self) -> None:
        """Forget what nobody asked about for long."""
        with self._lock:
            self._alarm = None
            self._forget_idle()
            self._set_alarm()

    def _forget_idle(self) -> None:
        for upload in list(self._uploads.values()):
            patience = SETTLED_SECONDS if upload.outcomes else IDLE_SECONDS
            if self._now() - upload.touched > patience:
                self._drop(upload)

    def _make_room(self, owner: UUID) -> None:
        """Let a person's upload that went quiet give way, as one of a page that was closed does."""
        running = [upload for upload in self._uploads.values() if not upload.outcomes]
        own = [upload for upload in running if upload.owner == owner]
        if len(own) < EACH and len(running) < ALL:
            return
        quiet = [upload for upload in own if not upload.whole]
        oldest = min(quiet, key=lambda upload: upload.touched, default=None)
        if oldest is None or self._now() - oldest.touched < QUIET_SECONDS:
            raise Crowded
        self._drop(oldest)

    def _drop(self, upload: Upload) -> None:
        self._uploads.pop(upload.id, None)
        upload.draft.close()

    def _set_alarm(self) -> None:
        """Look again in an hour: nobody may ask until then."""
        if self._uploads and self._alarm is None:
            self._alarm = threading.Timer(IDLE_SECONDS, self.forget_idle)
            self._alarm.daemon = True
            self._alarm.start()
