"""Live streams: server-sent events from event rows, found by one watcher thread a process."""

import json
import logging
import queue
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from flask import Response, abort, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from meetings import events, policy
from meetings.models import Database, Event
from meetings.models.base import Identified
from meetings.policy import Permission
from meetings.web.context import installation, person_asking
from meetings.web.visitors import visitor_of

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 1.0
FAREWELL_SECONDS = 10.0
HEARTBEAT_SECONDS = 15.0
ANSWERS = 256
HEARTBEAT = b"event: heartbeat\ndata: 1\n\n"  # an event, for scripts never see comments
END = None

logger = logging.getLogger(__name__)
Listener = queue.SimpleQueue[Event | None]


class Hub:
    """The open streams of this process and the thread that feeds them."""

    def __init__(self, database: Database, *, streams: int) -> None:
        self._database = database
        self._free = threading.Semaphore(streams)
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._asking = threading.Lock()
        self._answer = lru_cache(ANSWERS)(_answer_at)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start watching, once, in the process that serves (threads do not survive a fork)."""
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                newest = self._newest()  # before the first stream: what comes after is for it
                self._thread = threading.Thread(
                    target=self._watch, args=(newest,), name="live", daemon=True
                )
                self._thread.start()

    def close(self) -> None:
        """End every stream and the watcher."""
        self._closed.set()
        with self._lock:
            for listener in {one for group in self._listeners.values() for one in group}:
                listener.put(END)
        if self._thread is not None:  # it gives its connection back
            self._thread.join(FAREWELL_SECONDS)

    def admit(self) -> bool:
        """Take a place for one more stream, if there is one."""
        return not self._closed.is_set() and self._free.acquire(blocking=False)

    def leave(self) -> None:
        """Give the place of an ended stream back."""
        self._free.release()

    def stream(
        self, topic: str, last_seen: int | None, guard: "Guard | None" = None
    ) -> Iterator[bytes]:
        """Yield the topic's events as they come, first those after the last one seen.

        A guard ends the stream once its person may no longer hear it.
        """
        listener: Listener = queue.SimpleQueue()
        topics = (topic, guard.topic) if guard else (topic,)
        with self._lock:
            for one in topics:
                self._listeners[one].add(listener)
        try:
            yield b"retry: 2000\n\n"
            last = last_seen or 0
            for event in self._missed(topic, last_seen):
                last = event.seq
                yield _line(event)
            yield from self._coming(listener, last, guard)
        finally:
            with self._lock:
                for one in topics:
                    self._listeners[one].discard(listener)

    def _missed(self, topic: str, last_seen: int | None) -> Sequence[Event]:
        if last_seen is None:
            return ()
        with self._database.reading() as session:
            return events.after(session, last_seen, topic=topic)

    def _coming(self, listener: Listener, last: int, guard: "Guard | None") -> Iterator[bytes]:
        while not self._closed.is_set():
            try:
                event = listener.get(timeout=HEARTBEAT_SECONDS)
            except queue.Empty:
                if guard and not guard.may_go_on():  # the sign-in may have run out meanwhile
                    return
                yield HEARTBEAT
                continue
            if event is END:
                return
            if guard and event.topic == guard.topic:
                if not self._may_go_on_after(event, guard):
                    return
                continue
            if event.seq > last:  # else it was among the missed ones already
                yield _line(event)

    def _may_go_on_after(self, event: Event, guard: "Guard") -> bool:
        """Ask once for all streams of a sign-in that hear of the same change of rights."""
        with self._asking:
            return self._answer(event.seq, guard)

    def _watch(self, last: int) -> None:
        with self._database.pulse() as pulse:
            seen = -1
            while not self._closed.wait(POLL_SECONDS):
                try:
                    beat = pulse()
                    if beat != seen:
                        seen, last = beat, self._hand_out(last)
                except (OperationalError, PoolTimeout) as error:
                    logger.warning("live problem=%s", type(error).__name__)
                    self._closed.wait(PATIENCE_SECONDS)

    def _newest(self) -> int:
        with self._database.reading() as session:
            return events.last_seq(session)

    def _hand_out(self, last: int) -> int:
        with self._database.reading() as session:
            news = events.after(session, last)
        with self._lock:
            for event in news:
                for listener in self._listeners.get(event.topic, ()):
                    listener.put(event)
        return news[-1].seq if news else last


def _answer_at(_seq: int, guard: "Guard") -> bool:
    """Answer for a change that was seen to be there; each later one is asked about anew."""
    return guard.may_go_on()


def _line(event: Event) -> bytes:
    data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event.seq}\nevent: {event.kind}\ndata: {data}\n\n".encode()


@dataclass(frozen=True)
class Guard:
    """Who listens, under which permission to which row: asked again when their rights change."""

    database: Database
    person_id: UUID
    token: str
    needs: Permission
    row: UUID

    @property
    def topic(self) -> str:
        """Return the topic on which changes of the person's rights are told."""
        return events.person_topic(self.person_id)

    def may_go_on(self) -> bool:
        """Tell whether the sign-in is open and the permission still held."""
        with self.database.reading() as session:
            visitor = visitor_of(session, self.token)
            if visitor is None:
                return False
            return policy.permitted(session, visitor, self.needs, self.row) is not None


def stream_response(hub: Hub, topic: str, needs: Permission, row: Identified) -> Response:
    """Answer with a topic's stream after `?after=` or Last-Event-ID; 503 when it is full."""
    if not hub.admit():
        abort(Response("", 503, {"Retry-After": "5"}))
    hub.start()
    who = person_asking()
    guard = Guard(installation().database, who.person_id, who.token, needs, row.id)
    stream = hub.stream(topic, _last_seen(), guard)
    response = Response(stream, mimetype="text/event-stream")
    response.call_on_close(hub.leave)
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _last_seen() -> int | None:
    given = request.headers.get("Last-Event-ID") or request.args.get("after") or ""
    return int(given) if given.isascii() and given.isdecimal() else None
