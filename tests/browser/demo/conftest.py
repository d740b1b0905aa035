"""The product as a newcomer starts it, with its demo; one for all the tests of this folder."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from meetings.models import Database, Job, JobState

ROOT = Path(__file__).parents[3]
HEAD = "audit.head"  # waits for the end of the meeting
AIDS = "documents.aids"  # sharp and light pictures; others stand in for them
SCREENS = {
    "phone": (360, 780),
    "tablet-portrait": (820, 1180),
    "tablet-landscape": (1180, 820),
    "desktop": (1440, 900),
}


@dataclass
class Product:
    """A running installation with its demo."""

    address: str
    instance: Path
    accounts: dict[str, dict[str, str]]

    def wait_for_papers(self, seconds: float = 900) -> None:
        """Wait until every paper can be read and found."""
        database = Database(f"sqlite:///{self.instance / 'database.sqlite3'}")
        deadline = time.monotonic() + seconds
        waiting = select(func.count(Job.id)).where(
            Job.state.in_([JobState.WAITING, JobState.RUNNING]),
            Job.kind.not_in([HEAD, AIDS]),
        )
        while time.monotonic() < deadline:
            with database.reading() as session:
                if session.scalar(waiting) == 0:
                    database.close()
                    return
            time.sleep(0.5)
        database.close()
        raise TimeoutError


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("product")
    instance, bind = folder / "instance", f"127.0.0.1:{free_port()}"
    address = f"http://{bind}"
    environment = os.environ | {"MEETINGS_INSTANCE": str(instance), "MEETINGS_BIND": bind}
    with (folder / "output.txt").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "meetings", "run", "--demo"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while not answers(address):
            assert process.poll() is None, (folder / "output.txt").read_text()
            time.sleep(0.2)
        accounts = json.loads((instance / "demo-accounts.json").read_text())
        product = Product(address, instance, accounts)
        product.wait_for_papers()
        yield product
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, product: Product) -> Iterator[Open]:
    """Return a page of a screen size, signed in as a person of the demo or as nobody."""
    contexts = []

    def open_as(who: str | None, screen: str = "tablet-portrait") -> Page:
        width, height = SCREENS[screen]
        context = browser.new_context(
            base_url=product.address,
            viewport={"width": width, "height": height},
            has_touch=screen != "desktop",
            locale="vi-VN",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        page.goto("/")
        if who:
            account = product.accounts[who]
            page.fill("[name=username]", account["username"])
            page.fill("[name=password]", account["password"])
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    page_errors: list[str] = []
    yield open_as
    for context in contexts:
        context.close()
    assert page_errors == []
