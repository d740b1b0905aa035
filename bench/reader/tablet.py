"""A delegate's tablet: Chromium with the size, the line and the slow processor of a cheap one."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from bench.reader.library import Library

SCREEN = {"width": 834, "height": 1112}
SLOWER = 4
BITS = 8
SHOWN = """() => {
  const look = () => {
    const picture = document.querySelector(".reader-page img");
    const framed = document.querySelector("doc-reader:defined"); // before, it is not seen
    if (!framed || !picture?.complete || !picture.naturalWidth) return requestAnimationFrame(look);
    picture.decode().then(() => requestAnimationFrame(() => {
      globalThis.firstPage ??= performance.now();
    }), () => requestAnimationFrame(look));
  };
  requestAnimationFrame(look);
}"""


@dataclass(frozen=True)
class Line:
    """A line to the server: megabits a second and milliseconds there and back."""

    megabits: float
    latency: int = 40

    def __str__(self) -> str:
        """Return the line in figures."""
        return f"{self.megabits:g} Mbit/s, {self.latency} ms"


FAST, SLOW = Line(10), Line(2)


@dataclass(frozen=True)
class Tablet:
    """A page of the browser and the way to the browser's insides."""

    page: Page
    inside: CDPSession

    def connect(self, line: Line | None, *, slower: int = SLOWER) -> None:
        """Put a line before the tablet and slow its processor down."""
        rate = line.megabits * 1e6 / BITS if line else -1
        self.inside.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": line.latency if line else 0,
                "downloadThroughput": rate,
                "uploadThroughput": rate,
            },
        )
        self.inside.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def first_page(self, address: str) -> float:
        """Open an address; return the milliseconds until a picture of a page is on the screen."""
        self.page.goto(address, wait_until="commit")
        return float(self.wait_for("globalThis.firstPage"))

    def wait_for(self, what: str) -> Any:
        """Return the value of an expression once it is true; the pages forbid Playwright's way."""
        looking = f"while (!({what})) await new Promise((resolve) => setTimeout(resolve, 10));"
        return self.page.evaluate(f"async () => {{ {looking} return {what}; }}")

    def ask(self, script: str, *values: Any) -> Any:
        """Run a function in the page."""
        return self.page.evaluate(script, list(values))


@contextlib.contextmanager
def tablet(browser: Browser, library: Library, *, who: str = "delegate") -> Iterator[Tablet]:
    """Open a tablet that has been in use: signed in, with the code of the pages at hand."""
    context = browser.new_context(
        base_url=library.product.address,
        viewport={"width": SCREEN["width"], "height": SCREEN["height"]},
        device_scale_factor=2,
        has_touch=True,
        service_workers="allow",
    )
    jar = library.product.visitor(who).jar
    context.add_cookies(
        [
            {"name": one.name, "value": one.value or "", "url": library.product.address}
            for one in jar
        ]
    )
    context.add_init_script(f"({SHOWN})()")
    page = context.new_page()
    page.set_default_timeout(120_000)
    inside = context.new_cdp_session(page)
    inside.send("Network.enable")
    try:
        yield Tablet(page, inside)
    finally:
        context.close()


def middle(measured: Callable[[], float], rounds: int) -> float:
    """Return the median of some rounds."""
    return median(measured() for _ in range(rounds))
