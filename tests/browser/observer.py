"""What a browser sees of hostile texts, on any page and by anybody; nothing may run."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page

from meetings.models import User
from tests.browser.payloads import EVALUATED, PAYLOADS
from tests.serving import served

MARK = re.compile(r"\b([a-z]{2})(\d+):")
WATCH = """
window.__violations = [];
addEventListener("securitypolicyviolation", (event) =>
  __violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
LOOK = """() => {
  const values = [];
  for (const element of document.querySelectorAll("*"))
    for (const attribute of element.attributes) values.push(attribute.value);
  const scripted = [...document.querySelectorAll("[href],[src],[action],[formaction]")]
    .map((e) => e.getAttribute("href") ?? e.getAttribute("src") ?? e.getAttribute("action"))
    .filter((address) => /^\\s*(javascript|data|vbscript):/i.test(address ?? ""));
  return {
    hit: window.__hit ?? null,
    violations: window.__violations,
    text: [document.documentElement.textContent, ...values].join("\\n"),
    scripted,
  };
}"""


def text(code: str, index: int) -> str:
    """Return a payload as a field holds it: after a mark that tells which and where."""
    return f"{code}{index}:{PAYLOADS[index]}"


def texts(code: str, limit: int = 10**6) -> list[str]:
    """Return all payloads of a field, as many in each text as its limit allows."""
    joined = [""]
    for index in range(len(PAYLOADS)):
        one = text(code, index)
        if len(joined[-1]) + len(one) >= limit:
            joined.append("")
        joined[-1] = f"{joined[-1]} {one}".strip()
    return joined


@dataclass
class Observer:
    """What the browser saw and what went wrong on any page."""

    address: str
    fields: Collection[str]
    shown: Callable[[str, int], str]
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    pairs: set[tuple[str, int]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    pages: int = 0

    def page(self, who: str) -> Page:
        context = self.contexts[who]
        return context.pages[0] if context.pages else self._new_page(context)

    def visit(self, who: str, path: str, **query: str) -> Page:
        """Open a page as a person and look at it."""
        page = self.page(who)
        answer = page.goto(f"{self.address}{path}?{urlencode(query)}", wait_until="load")
        if answer is None or answer.status != 200:
            self.problems.append(f"{path}: {answer and answer.status}")
        if not page.url.startswith(self.address + path):
            self.problems.append(f"{path}: went to {page.url}")
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        """Note what the page shows; it must show it and do nothing else."""
        self.pages += 1
        told = page.url.removeprefix(self.address)[:80]
        try:
            found: dict[str, Any] = page.evaluate(LOOK)
        except Error as error:  # a payload led the browser away from under us
            self.problems.append(f"{told}: {error}")
            return
        if found["hit"] or found["violations"] or found["scripted"] or EVALUATED in found["text"]:
            self.problems.append(f"{told}: {found | {'text': ''}}")
        for mark in MARK.finditer(found["text"]):
            code, index = mark[1], int(mark[2])
            if code in self.fields and found["text"].startswith(
                self.shown(code, index), mark.end()
            ):
                self.pairs.add((code, index))

    def _new_page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("console", lambda said: self._console(said.text))
        page.on("request", lambda request: self._request(request.url))
        return page

    def _dialog(self, dialog: Any) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, said: str) -> None:
        if "Content Security Policy" in said or "__hit" in said or "TrustedScript" in said:
            self.problems.append(f"console: {said}")

    def _request(self, url: str) -> None:
        if not url.startswith((self.address, "blob:")):
            self.problems.append(f"asked {url}")


@contextmanager
def observing(
    app: Flask,
    browser: Browser,
    sign_in: Callable[[User], Any],
    people: dict[str, User],
    fields: Collection[str],
    shown: Callable[[str, int], str],
) -> Iterator[Observer]:
    """Serve the application at a real port, with a browser of each person who sees its pages."""
    with served(app) as server:
        observer = Observer(f"http://127.0.0.1:{server.server_port}", fields, shown)
        for who, account in people.items():
            context = observer.contexts[who] = browser.new_context()
            context.add_init_script(WATCH)
            context.set_default_timeout(15_000)
            cookie = sign_in(account).get_cookie("sid")
            context.add_cookies([{"name": "sid", "value": cookie.value, "url": observer.address}])
        yield observer
        for context in observer.contexts.values():
            context.close()
