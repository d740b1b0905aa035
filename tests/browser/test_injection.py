"""Injection: what people write is shown as they wrote it and never runs, in a real browser."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from meetings import clock, paging, vault
from meetings.documents.queries import current_version, pages_of
from meetings.installation import Installation
from meetings.models import Destruction, Document, Role
from meetings.web.forms import one_line, trimmed
from tests import factories, papers
from tests.browser.observer import Observer, observing, text, texts
from tests.browser.payloads import HANDLERS, PAYLOADS, SCRIPTS

pytestmark = pytest.mark.browser
FORMS = {"mt": "title", "mp": "place", "it": "title", "ip": "presenter", "fb": "text", "fp": "page"}
ROWS = ("dt", "dn", "di", "ds", "bn", "pn", "un", "pt", "on", "wd", "tx", "ua", "dv", "dc", "rs")
SEARCHES = {"qa": "/archive", "qp": "/people", "qu": "/users", "qr": "reader"}
FILES = ("fs", "fj")
HEADLINES = {"mt", "it"}
TRIMMED = {*FORMS, "ds"}  # a signer is shown in its form alone
FIELDS = (*FORMS, *ROWS, *SEARCHES, *FILES)
SEND = """([address, name]) => {
  const body = new FormData();
  body.set("csrf_token", document.querySelector("meta[name=csrf-token]").content);
  body.set("files", new File(["x"], name));
  return fetch(address, { method: "POST", body, redirect: "manual" }).then((r) => r.type);
}"""


def shown(code: str, index: int) -> str:
    """Return how a page shows a payload: forms trim, and a file's name is sent in a header."""
    payload = one_line(PAYLOADS[index]) if code in HEADLINES else PAYLOADS[index]
    if code in TRIMMED:
        return trimmed(payload)
    if code == "fs":
        return payload.replace("\\", "").replace("\n", "%0A")
    return payload


@pytest.fixture
def observer(app: Flask, browser: Browser, sign_in, poisoned) -> Iterator[Observer]:
    """The application, and a browser of each person who sees its pages."""
    people = {who: getattr(poisoned.world, who) for who in ("clerk", "delegate", "administrator")}
    with observing(app, browser, sign_in, people, FIELDS, shown) as observer:
        yield observer


@dataclass
class Poisoned:
    """A world in which every text is hostile."""

    world: Any
    paper: str
    waiting: str
    destruction: str
    meetings: list[str]
    items: list[str]


@pytest.fixture
def poisoned(installation: Installation, session: Session, world, sign_in) -> Poisoned:
    paper = papers.prepared(installation, world.office)
    _poison_words(installation, paper)
    waiting = _poison_documents(session, world, paper)
    destruction = _poison_bin(session, world)
    _poison_people(session, world)
    session.commit()
    client = sign_in(world.clerk)
    when = {"starts_at": _typed(hours=1), "ends_at": _typed(hours=3), "kind": "work_session"}
    meetings = [
        client.submit(f"/bodies/{world.office.id}/meetings/new", title=title, place=place, **when)
        for title, place in zip(texts("mt", 500), texts("mp", 500), strict=True)
    ]
    facts = {"kind": "report", "planned_minutes": "1", "parent": ""}
    address = f"/meetings/{world.meeting.id}/agenda-items/new"
    items = [
        client.submit(address, title=title, presenter=presenter, **facts)
        for title, presenter in zip(texts("it", 500), texts("ip", 500), strict=True)
    ]
    said = [client.submit("/feedback", text=words) for words in texts("fb", 4000)]
    said += [client.submit("/feedback", text="x", page=words) for words in texts("fp", 200)]
    assert {answer.status_code for answer in meetings + items + said} == {303}
    return Poisoned(
        world,
        f"/documents/{paper.id}",
        f"/documents/{waiting.id}",
        f"/destructions/{destruction.id}",
        [answer.location.removesuffix("/prepare") for answer in meetings],
        [f"/agenda-items/{answer.location.partition('#item-')[2]}/edit" for answer in items],
    )


def _typed(**ahead: float) -> str:
    return clock.local(clock.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def _poison_words(installation: Installation, paper: Document) -> None:
    """Put words between the boxes of a page that no honest file has there."""

    def change(session: Session) -> None:
        version = current_version(session, session.get_one(Document, paper.id))
        box = {"x": 0.1, "y": 0.1, "w": 0.1, "h": 0.1}
        words = [box | {"text": text("wd", index)} for index in range(len(PAYLOADS))]
        store, keys = installation.store, installation.keys
        reading, storing = vault.reading_key(keys, version), vault.storage_key(keys, version)
        for page in pages_of(session, version):
            page.words = store.put_bytes(json.dumps(words).encode(), key=reading).digest
            page.text = store.put_bytes(texts("tx")[0].encode(), key=storing).digest

    installation.database.write(change)


def _poison_documents(session: Session, world, paper: Document) -> Document:
    values = {
        "title": texts("dt")[0],
        "symbol": texts("dn")[0],
        "issuer": texts("di")[0],
        "signer": texts("ds")[0],
    }
    for name, value in values.items():
        setattr(paper, name, value)
    session.merge(paper)
    waiting = factories.document(session, world.office, **values)
    for document in (paper, waiting):
        factories.paper(session, world.item, document)
    factories.paper(session, world.planned_item, paper, released_at=None)
    return waiting


def _poison_bin(session: Session, world) -> Destruction:
    thrown = factories.document(session, world.office, discarded_at=clock.now())
    words = {"decision": texts("dc")[0], "reason": texts("rs")[0]}
    return factories.destruction(session, thrown.id, factories.user(session), **words)


def _poison_people(session: Session, world) -> None:
    for index in range(len(PAYLOADS)):
        factories.device(session, world.delegate, name=text("dv", index))
        body = factories.body(session, world.province, name=text("bn", index))
        person = factories.person(session, full_name=text("pn", index))
        factories.user(session, (Role.RESEARCHER, body), person=person, username=text("un", index))
        factories.post(session, person, world.office, title=text("pt", index))
        factories.participant(session, world.planned_meeting, person)
        factories.sign_in(session, world.delegate, browser=text("ua", index))
    world.delegate.person.full_name = texts("on")[0]
    session.merge(world.delegate.person)


def test_no_text_that_people_write_ever_runs(observer: Observer, poisoned: Poisoned):
    """Each payload must be found on a page, letter by letter, in each field that takes text."""
    read_as_clerk(observer, poisoned)
    read_as_delegate(observer, poisoned)
    read_as_administrator(observer, poisoned)
    search_for_it(observer, poisoned)
    send_files_named_like_it(observer, poisoned)
    missing = {(code, index) for code in FIELDS for index in range(len(PAYLOADS))} - observer.pairs
    assert observer.problems == []
    assert missing == set()
    assert len(observer.pairs) == len(PAYLOADS) * len(FIELDS) == 120 * 27
    print(f"{len(observer.pairs)} pairs of payload and field on {observer.pages} pages: 0 ran")


def read_as_clerk(observer: Observer, poisoned: Poisoned) -> None:
    world = poisoned.world
    for meeting in poisoned.meetings:
        for page in ("", "/edit"):
            observer.visit("clerk", meeting + page)
    observer.visit("clerk", f"{poisoned.meetings[0]}/prepare")
    for item in poisoned.items:
        observer.visit("clerk", item)
    for page in ("prepare", "release", "agenda-items/new"):
        observer.visit("clerk", f"/meetings/{world.meeting.id}/{page}")
    observer.visit("clerk", f"/meetings/{world.planned_meeting.id}/prepare")
    observer.visit("clerk", f"/users/{world.delegate.id}/devices")
    for address in (poisoned.paper, poisoned.waiting):
        observer.visit("clerk", f"{address}/edit", next=f"javascript:{PAYLOADS[0]}")
    office = f"/bodies/{world.office.id}"
    for page in ("/", "/meetings", "/archive", "/bodies", office, "/bin", poisoned.destruction):
        observer.visit("clerk", page)
    read_whole_list(observer, "clerk", "/people")


def read_as_delegate(observer: Observer, poisoned: Poisoned) -> None:
    for page in ("/", f"/meetings/{poisoned.world.meeting.id}", poisoned.waiting):
        observer.visit("delegate", page)
    observer.visit("delegate", "/account/sign-ins")
    page = observer.visit("delegate", poisoned.paper)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**page=2**")
    observer.look(page)


def read_as_administrator(observer: Observer, poisoned: Poisoned) -> None:
    for page in ("/system", f"/users/{poisoned.world.delegate.id}"):
        observer.visit("administrator", page)
    read_whole_list(observer, "administrator", "/users")


def read_whole_list(observer: Observer, who: str, path: str) -> None:
    for number in range(1, len(PAYLOADS) // paging.ROWS + 2):
        observer.visit(who, path, page=str(number))


def search_for_it(observer: Observer, poisoned: Poisoned) -> None:
    asking = {"qa": "clerk", "qp": "delegate", "qu": "administrator", "qr": "delegate"}
    for code, who in asking.items():
        path = poisoned.paper if code == "qr" else SEARCHES[code]
        for words in texts(code, 500):
            observer.visit(who, path, q=words)


def send_files_named_like_it(observer: Observer, poisoned: Poisoned) -> None:
    """Send files by script, then as a form without scripts, whose outcome comes as a notice."""
    meeting = poisoned.world.planned_meeting.id
    page = observer.visit("clerk", f"/meetings/{meeting}/prepare")
    names = texts("fj", 1500)
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"x"} for name in names]
    page.locator("input[type=file]").set_input_files(files)
    page.locator(".intake-refused").nth(len(names) - 1).wait_for()
    observer.look(page)
    upload = f"/agenda-items/{poisoned.world.planned_item.id}/papers"
    for name in texts("fs", 1500):
        assert page.evaluate(SEND, [upload, name]) == "opaqueredirect"
        observer.visit("clerk", f"/meetings/{meeting}/prepare")


def test_the_payloads_do_run_where_nothing_escapes_them(browser: Browser):
    """Otherwise nothing would be proved by their silence."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**", lambda route: route.abort())
    ran = 0
    for payload in (*SCRIPTS, *HANDLERS):
        page.set_content(payload, wait_until="domcontentloaded")
        page.wait_for_timeout(20)
        ran += page.evaluate("window.__hit ?? 0")
        page.evaluate("delete window.__hit")
    context.close()
    assert ran >= 30
