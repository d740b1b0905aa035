"""The product and the bare yardstick, each started as a newcomer would."""

import contextlib
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from meetings.models import Database, Job, JobState

PATIENCE = 300


@dataclass
class Product:
    """A running server."""

    address: str
    process: "subprocess.Popen[bytes]"
    instance: Path

    def visitor(self, who: str) -> "Visitor":
        """Return a signed-in person of the demo."""
        account = json.loads((self.instance / "demo-accounts.json").read_text())[who]
        return Visitor(self.address, account["username"], account["password"])


class Visitor:
    """A person with a cookie."""

    def __init__(self, address: str, username: str, password: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.opener.addheaders.append(("Origin", address))  # as a browser says whose page sends
        page = self.get("/sign-in").decode()
        token = re.search(r'name="csrf-token" content="([^"]+)"', page)
        fields = {
            "username": username,
            "password": password,
            "csrf_token": token[1] if token else "",
        }
        self.opener.open(f"{address}/sign-in", urllib.parse.urlencode(fields).encode()).read()

    def get(self, path: str) -> bytes:
        """Return the body of a page."""
        with self.opener.open(self.address + path) as answer:
            body: bytes = answer.read()
        return body

    @property
    def cookie(self) -> str:
        """Return the cookies as one header."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def free_address() -> str:
    """Return an address nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def wait_until_answers(address: str, path: str = "/health") -> None:
    """Wait for a server's first answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address + path, timeout=2):
            return
        time.sleep(0.05)
    raise TimeoutError


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Product]:
    """Run the product with its demo until every paper is prepared."""
    instance, bind = folder / "instance", free_address()
    environment = os.environ | {"MEETINGS_INSTANCE": str(instance), "MEETINGS_BIND": bind}
    command = [sys.executable, "-m", "meetings", "run", "--demo"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        product = Product(f"http://{bind}", process, instance)
        try:
            wait_until_answers(product.address)
            wait_for_papers(instance)
            yield product
        finally:
            process.send_signal(signal.SIGTERM)


def wait_for_papers(instance: Path) -> None:
    """Wait until the worker has nothing left to do."""
    database = Database(f"sqlite:///{instance / 'database.sqlite3'}")
    unfinished = select(func.count(Job.id)).where(
        Job.state.in_([JobState.WAITING, JobState.RUNNING]),
        Job.kind != "audit.head",  # it waits for the end of the meeting
    )
    while True:
        with database.reading() as session:
            if not session.scalar(unfinished):
                return
        time.sleep(0.5)


@contextlib.contextmanager
def bare_flask() -> Iterator[str]:
    """Run a Flask that says hello, under the same server with the same threads."""
    bind = free_address()
    options = ["-k", "gthread", "-w", "1", "--threads", "600", "--worker-connections", "1200"]
    command = [sys.executable, "-m", "gunicorn", *options, "--log-level", "warning", "-b", bind]
    with subprocess.Popen([*command, "bench.hello:app"]) as process:
        try:
            wait_until_answers(f"http://{bind}", "/")
            yield f"http://{bind}"
        finally:
            process.terminate()
