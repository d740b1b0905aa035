"""Those who carry messages, as small real servers of a test."""

import json
import os
import pty
import socketserver
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class Received:
    """What a carrier got, and the address it has."""

    address: str = ""
    texts: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mail_server(recipient: bytes = b"250 OK") -> Iterator[Received]:
    """A server of mail that answers so to every recipient."""
    got = Received()

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say(b"220 here")
            for line in self.rfile:
                word = line.split(b":")[0].strip().upper()
                if word == b"DATA":
                    self._say(b"354 go on")
                    self._take()
                    self._say(b"250 taken")
                elif word == b"RCPT TO":
                    self._say(recipient)
                elif word == b"QUIT":
                    self._say(b"221 bye")
                    return
                else:
                    self._say(b"250 OK")

        def _say(self, words: bytes) -> None:
            self.wfile.write(words + b"\r\n")

        def _take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                lines.append(line.decode())
            got.texts.append("".join(lines))

    server = socketserver.TCPServer(("127.0.0.1", 0), Conversation)
    got.address = f"smtp://127.0.0.1:{server.server_address[1]}"
    with serving(server):
        yield got


@contextmanager
def gateway(status: int = 200, elsewhere: Received | None = None) -> Iterator[Received]:
    """A gateway of short messages that answers so to every order."""
    got = Received()

    class Order(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = self.rfile.read(int(self.headers["Content-Length"]))
            got.headers.append(dict(self.headers))
            got.texts.append(json.loads(told))
            self.send_response(status)
            if elsewhere:
                self.send_header("Location", elsewhere.address)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Order)
    got.address = f"http://127.0.0.1:{server.server_address[1]}/send"
    with serving(server):
        yield got


@contextmanager
def modem(ending: bytes = b"\r\n+CMGS: 1\r\n\r\nOK\r\n") -> Iterator[Received]:
    """A modem at the other end of a line, which answers so when it has a message."""
    got = Received()
    here, there = pty.openpty()
    tty.setraw(there)
    got.address = f"modem:{os.ttyname(there)}"
    answers = {b"ATE0": b"OK\r\n", b"AT+CMGF=1": b"OK\r\n"}

    def answer() -> None:
        said = b""
        while True:
            try:
                said += os.read(here, 256)
            except OSError:
                return
            if b"\x1a" in said:
                got.texts.append(said.decode())
                os.write(here, ending)
                said = b""
            while b"\r" in said:
                order, _, said = said.partition(b"\r")
                got.texts.append(order.decode())
                os.write(here, b"> " if order.startswith(b"AT+CMGS") else answers[order])

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield got
    finally:
        os.close(there)
        thread.join(2)
        os.close(here)
