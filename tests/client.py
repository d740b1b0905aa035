"""A test client that checks the house rules on every page it fetches."""

import gzip
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from meetings.web.pages import SAFE_METHODS
from meetings.web.programs import ROOT

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
CONTROLS = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image"}


class Outline(HTMLParser):
    """What a page consists of, as far as the house rules ask."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.labelled: set[str] = set()
        self.wrapped: list[dict[str, str]] = []
        self.forms: list[tuple[dict[str, str], list[dict[str, str]]]] = []
        self.text: dict[str, str] = {"title": "", "h1": ""}
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag == "label" and "for" in found:
            self.labelled.add(found["for"])
        if tag == "form":
            self.forms.append((found, []))
        elif tag in CONTROLS and self.forms:
            self.forms[-1][1].append(found)
        if tag in CONTROLS and "label" in self._open:
            self.wrapped.append(found)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        for tag in self.text:
            if tag in self._open and "svg" not in self._open:
                self.text[tag] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def outline(html: str) -> Outline:
    parsed = Outline()
    parsed.feed(html)
    return parsed


class BrowserClient(FlaskClient):
    """Say, as a browser does, that a page of this site sends what changes something."""

    tells_origin = True

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        if self.tells_origin and options.get("method", "GET") not in SAFE_METHODS:
            options["headers"] = given = Headers(options.get("headers"))
            if "Sec-Fetch-Site" not in given and "Origin" not in given:
                given["Sec-Fetch-Site"] = "same-origin"
        return super().open(*arguments, **options)


class CheckingClient(BrowserClient):
    """Fetch like a browser and fail on a page that breaks a house rule."""

    bearer = ""
    """The token with which a program of the same person asks, where only programs ask."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        if self.bearer and ROOT in str(arguments[0]):
            options["headers"] = given = Headers(options.get("headers"))
            given.setdefault("Authorization", f"Bearer {self.bearer}")
        response = super().open(*arguments, **options)
        assert response.status_code != 500, "no request may end in an unforeseen error"
        check_headers(response)
        empty = response.status_code == 204 or response.content_length == 0
        if (
            response.mimetype == "text/html"
            and not empty
            and response.status_code
            not in {
                301,
                302,
                303,
                304,
                308,
            }
        ):
            check_page(plain(response))
        return response

    def submit(self, address: str, **fields: Any) -> TestResponse:
        """Send a form as the page would, with its CSRF token."""
        return self.post(address, data={"csrf_token": self.csrf_token(), **fields})

    def csrf_token(self) -> str:
        """Return a token from a page that every visitor may open."""
        html = self.get("/help").get_data(as_text=True)
        metas = {m.get("name"): m.get("content") for m in outline(html).all("meta")}
        return metas["csrf-token"] or ""


def plain(response: TestResponse) -> str:
    """Return the text of an answer, also of a packed one."""
    body = response.get_data()
    return (gzip.decompress(body) if response.content_encoding else body).decode()


def check_headers(response: TestResponse) -> None:
    headers = response.headers
    assert "Content-Security-Policy" in headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    cached = headers.get("Cache-Control", "")
    assert "no-store" in cached or response.request.path.startswith(("/assets/", "/blobs/")), (
        "private answers stay private"
    )


def check_page(html: str) -> None:
    page = outline(html)
    assert page.all("html")[0].get("lang") in {"vi", "en"}, "the page names its language"
    assert page.text["title"].strip().removesuffix("· Nghị Sự").strip(), "the page has a title"
    assert len(page.all("h1")) == 1, "the page has one h1"
    assert page.text["h1"].strip(), "the h1 says something"
    check_controls(page)
    check_forms(page)
    check_no_inline(page)


def check_controls(page: Outline) -> None:
    for tag, control in page.elements:
        if tag in CONTROLS and control.get("type") not in NEEDS_NO_LABEL:
            named = {"aria-label", "aria-labelledby"} & control.keys()
            labelled = control.get("id") in page.labelled or control in page.wrapped
            assert named or labelled, f"a control without label: {control}"
    for image in page.all("img"):
        assert "alt" in image, f"a picture without words: {image}"


def check_forms(page: Outline) -> None:
    for form, controls in page.forms:
        if form.get("method", "get").lower() == "post":
            names = {control.get("name") for control in controls}
            assert "csrf_token" in names, f"a form without its token: {form}"


def check_no_inline(page: Outline) -> None:
    assert not page.all("style"), "no inline style"
    for tag, attributes in page.elements:
        assert "style" not in attributes, f"no inline style: {tag}"
        assert not [a for a in attributes if a.startswith("on")], f"no inline script: {tag}"
        assert tag != "script" or "src" in attributes, "no inline script"
