"""The signals of a web process: streams end first, then gunicorn does what it always does."""

import dataclasses
import gc
import resource
import signal
import socket
from types import SimpleNamespace

import pytest

from meetings import server


@pytest.fixture
def handlers():
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
    before = {number: signal.getsignal(number) for number in numbers}
    yield before
    for number, handler in before.items():
        signal.signal(number, handler)


def test_streams_end_before_the_worker_waits_for_its_requests(handlers, app):
    order: list[str] = []

    class Part:
        def __init__(self, name: str) -> None:
            self.name = name

        def start(self) -> None:
            order.append(f"{self.name} begins")

        def close(self) -> None:
            order.append(f"{self.name} ends")

    silent = SimpleNamespace(timeout=75.0)
    wsgi = SimpleNamespace(extensions={"live": Part("hub"), "inbox": Part("inbox")})
    worker = SimpleNamespace(wsgi=wsgi, pending_conns=[silent])
    signal.signal(signal.SIGTERM, lambda _number, _frame: order.append("gunicorn"))
    server.begin(worker)
    assert order == ["inbox begins"], "the streams begin with the first who listens"
    signal.raise_signal(signal.SIGTERM)
    assert order[1:] == ["inbox ends", "hub ends", "gunicorn"]
    assert silent.timeout == 0.0


def test_gunicorn_is_given_a_thread_for_every_tablet(settings):
    config = server.Server(settings).cfg
    assert config.threads == settings.streams + server.SPARE_THREADS
    assert config.worker_connections > config.threads
    assert config.worker_class is server.Worker


@pytest.mark.parametrize(
    ("soft", "hard", "given"),
    [
        (1024, 20000, 1328),
        (1024, resource.RLIM_INFINITY, 1328),
        (1024, 1100, 1100),
        (1024, 1024, None),
        (4096, 20000, None),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, None),
    ],
)
def test_as_many_files_may_be_open_as_the_tablets_take(settings, monkeypatch, soft, hard, given):
    asked = []
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _kind, limits: asked.append(limits))
    server.Server(dataclasses.replace(settings, streams=536))
    assert asked == ([] if given is None else [(given, hard)])


@pytest.mark.parametrize("sent", [b"", b"more than was read"])
def test_whoever_closes_a_connection_after_it_was_hung_up_need_not_wait(monkeypatch, sent):
    monkeypatch.setattr(server, "HANG_UP_SECONDS", 0.05)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(b"the answer")
        theirs.sendall(sent)
        server.hang_up(ours)
        assert theirs.recv(100) == b"the answer"
        assert theirs.recv(100) == b""
        ours.setblocking(True)
        assert ours.recv(100) == b""
        server.hang_up(ours)


def test_what_the_application_holds_at_its_start_is_not_looked_through_for_waste(settings):
    loader = server.Server.__new__(server.Server)
    loader.settings = settings
    before = gc.get_freeze_count()
    app = server.Server.load(loader)
    try:
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
        app.extensions["live"].close()
        app.extensions["installation"].close()
