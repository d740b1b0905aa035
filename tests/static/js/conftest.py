from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

STATIC = Path(__file__).parents[3] / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Stage:
    """What the pages of these tests are served, and what they asked for."""

    def __init__(self) -> None:
        self.body = ""
        self.answers: dict[str, tuple[int, str, str]] = {}
        self.streams: list[str] = []
        self.posted: list[tuple[dict[str, str], bytes]] = []
        self.full = False
        self.ended = Event()
        self.news: SimpleQueue[str] = SimpleQueue()


class Handler(BaseHTTPRequestHandler):
    """Static files, one page, one stream, and answers to posts."""

    stage: Stage

    def log_message(self, *_parts: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/stream":
            self._stream()
        elif path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            self._send(200, TYPES[file.suffix], file.read_bytes())
        else:
            page = f"<!doctype html><html><body>{self.stage.body}</body></html>"
            self._send(200, "text/html; charset=utf-8", page.encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.stage.posted.append((dict(self.headers), body))
        status, kind, text = self.stage.answers.get(self.path, (404, "text/html", "absent"))
        self._send(status, kind, text.encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.stage.streams.append(self.path)
        if self.stage.full:
            return self._send(503, "text/plain", b"")
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while not self.stage.ended.is_set():
                self._pass_on()
        except OSError:
            return None
        return None

    def _pass_on(self) -> None:
        try:
            text = self.stage.news.get(timeout=0.02)
        except Empty:
            text = ":\n\n"  # finds out whether anybody still listens
        self.wfile.write(text.encode())


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def address(stage: Stage) -> Iterator[str]:
    handler = type("StageHandler", (Handler,), {"stage": stage})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        stage.ended.set()
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(15_000)  # a stream that fails once comes back after five
    yield context.new_page()
    context.close()
