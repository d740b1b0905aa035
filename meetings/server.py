"""The web server: gunicorn with a thread for every tablet, whose streams end before it waits."""

import gc
import os
import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers import gthread

from meetings import log
from meetings.app import create_app
from meetings.doctor.machine.queries import files_needed
from meetings.settings import Settings

SPARE_THREADS = 64
GRACEFUL_SECONDS = 30
LINGER_SECONDS = 0.3
SILENT_SECONDS = 1.0
HANG_UP_SECONDS = 1.0
READ_BYTES = 4096
TURN_SECONDS = 0.0005
"""After this time a thread lets another one compute.

Whoever writes waits for a turn at each statement, and all other writers wait for them: with ten
times as long, as Python has it, a hall that opens one paper at once queues up.
"""
MEMORY = "/dev/shm"  # noqa: S108 - gunicorn's heartbeat file, empty and unlinked


class Server(BaseApplication):
    """Gunicorn, configured from our settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn needs to know."""
        # How long a stopping worker waits on idle connections, among them those of ended streams;
        # gunicorn has no option for it, and its two seconds are most of a restart.
        gthread.STOP_KEEPALIVE_LINGER = LINGER_SECONDS
        # A browser opens connections it may never use; each would hold a thread this long.
        gthread.DEFAULT_WORKER_DATA_TIMEOUT = SILENT_SECONDS
        threads = self.settings.streams + SPARE_THREADS
        _allow_files(files_needed(self.settings.streams))
        options = {
            "bind": self.settings.bind,
            "worker_class": f"{__name__}.Worker",
            "workers": 1,
            "threads": threads,
            "worker_connections": 2 * threads,  # fewer would end every kept connection
            "preload_app": True,  # the master's memory is then shared with the process it forks
            "graceful_timeout": GRACEFUL_SECONDS,
            "timeout": 120,
            "keepalive": 75,
            "worker_tmp_dir": MEMORY if os.access(MEMORY, os.W_OK) else None,
            "loglevel": "warning",
            "post_worker_init": begin,
            "post_fork": _forget_connections,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application; what it holds now it holds to the end, so nobody looks for waste.

        A look at all of it takes a tenth of a second, in the middle of somebody's question.
        """
        log.configure()
        sys.setswitchinterval(TURN_SECONDS)
        app = create_app(self.settings)
        gc.collect()
        gc.freeze()
        return app


class Worker(gthread.ThreadWorker):
    """A worker whose main thread never waits for a slow sender.

    Gunicorn waits there until the sender of a request that was answered early hangs up, two
    seconds for each; hundreds of them would stop everybody else.
    """

    def handle(self, conn: Any) -> Any:
        """Answer a request; where that ends the connection, wait for its end in this thread."""
        goes_on = super().handle(conn)
        if not goes_on:
            hang_up(conn.sock)
        return goes_on


def hang_up(connection: socket.socket) -> None:
    """End a connection so that the answer arrives and whoever closes it need not wait."""
    deadline = time.monotonic() + HANG_UP_SECONDS
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(HANG_UP_SECONDS)
        while time.monotonic() < deadline and connection.recv(READ_BYTES):
            pass
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)


def _allow_files(needed: int) -> None:
    """Open as many files as the tablets take; an ordinary shell allows 1,024, tablets more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft not in {resource.RLIM_INFINITY, max(soft, most)}:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _forget_connections(_server: Any, worker: Any) -> None:
    """Leave connections opened before the fork to the parent."""
    app = worker.app.wsgi()
    app.extensions["installation"].database.forget()


def begin(worker: Any) -> None:
    """Let a worker that begins to serve look for files that come by themselves, too."""
    end_streams_first(worker)
    worker.wsgi.extensions["inbox"].start()


def end_streams_first(worker: Any) -> None:
    """Make the signals that stop a worker end its streams, which would never end by themselves.

    Connections that never asked for anything end too; gunicorn would wait for their first request.
    """

    def end() -> None:
        worker.wsgi.extensions["inbox"].close()
        worker.wsgi.extensions["live"].close()
        for silent in worker.pending_conns:
            silent.timeout = 0.0

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        _before(number, end)


def _before(number: signal.Signals, act: Any) -> None:
    then = signal.getsignal(number)

    def handle(received: int, frame: FrameType | None) -> None:
        act()
        if callable(then):
            then(received, frame)

    signal.signal(number, handle)
