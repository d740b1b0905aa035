"""What every test may ask for."""

import gc
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import hypothesis
import jinja2
import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from meetings.app import create_app
from meetings.help.queries import print_problem
from meetings.installation import Installation
from meetings.intake import sandbox
from meetings.models import (
    AgendaItem,
    Body,
    BodyKind,
    Meeting,
    MeetingState,
    Role,
    User,
)
from meetings.models.dialects import postgres
from meetings.press import pdf
from meetings.settings import Settings
from meetings.web.visitors import token_hash
from tests import factories
from tests.client import CheckingClient
from tests.databases import SERVER, Databases, chosen
from tests.remembered import Remembered

hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

DEMO = "tests/browser/demo/"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Together(LoadScopeScheduling):
    """Hands a worker the tests of a file together, and those of the demo, which takes minutes."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return DEMO if file.startswith(DEMO) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Hand the tests out to the workers."""
    return Together(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run beside a server what asks for a database, but nothing that is about SQLite itself."""
    fits = _asks_the_server if SERVER else _needs_no_server
    config.hook.pytest_deselected(items=[item for item in items if not fits(item)])
    items[:] = [item for item in items if fits(item)]


def pytest_collection_finish() -> None:
    """Let nobody look for waste among what every test needs; each leaves an application behind."""
    gc.collect()
    gc.freeze()


def _asks_the_server(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "databases" in fixtures and item.get_closest_marker("sqlite") is None


def _needs_no_server(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgres") is None


SignInAs = Callable[[User | None], CheckingClient]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a file; its loop ends with it, for signatures are verified in another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def databases() -> Databases:
    return chosen()


@pytest.fixture(scope="session")
def empty_instance(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Settings:
    """A prepared instance, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("prepared") / "instance"
    settings = Settings(instance=folder, database=databases.of_instance())
    installation = Installation(settings).prepare()
    installation.close()
    return settings


@pytest.fixture
def settings(
    empty_instance: Settings,
    databases: Databases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Settings]:
    """The settings of an instance of its own; commands and other processes find its database."""
    folder = tmp_path / "instance"
    shutil.copytree(empty_instance.instance, folder)
    with databases.copied(empty_instance.database) as database:
        monkeypatch.setenv("MEETINGS_DATABASE", database)
        yield Settings(instance=folder, min_free=0, database=database)


@pytest.fixture
def empty_database(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    with databases.empty(tmp_path) as address:
        yield address


class Compiled(jinja2.BytecodeCache):
    """Templates compiled once for every application of a run; each test builds one."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
STATEMENTS = 3000


class BuiltOnce(Rule):
    """A route whose address is compiled once for every application of a run; there are many."""

    _built: ClassVar[dict[tuple[str, str, bool], Callable[..., tuple[str, str]]]] = {}
    _read: ClassVar[dict[tuple[str, str], dict[str, Any]]] = {}

    def compile(self) -> None:
        key = (self.rule, repr(self.defaults))
        if key not in self._read:
            super().compile()
            names = ("_parts", "_trace", "_converters", "arguments")
            self._read[key] = {name: getattr(self, name) for name in names}
            return
        vars(self).update(self._read[key])
        self._build = self._compile_builder(append_unknown=False).__get__(self, None)
        self._build_unknown = self._compile_builder(append_unknown=True).__get__(self, None)

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, repr(self.defaults), append_unknown)
        if key not in self._built:
            self._built[key] = super()._compile_builder(append_unknown)
        return self._built[key]


@pytest.fixture(scope="session", autouse=True)
def _addresses_built_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "url_rule_class", BuiltOnce)
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_put_into_words_once() -> Iterator[None]:
    """Compile a statement once for all databases of a run, which speak alike; there are many."""
    spoken: dict[type[Dialect], Dialect] = {}
    known: LRUCache[Any, Any] = LRUCache(STATEMENTS)
    compile_anew = ClauseElement._compile_w_cache

    def compile_once(
        statement: ClauseElement, dialect: Dialect, *, compiled_cache: Any, **how: Any
    ) -> Any:
        alike = spoken.setdefault(type(dialect), dialect)
        kept = known if compiled_cache is not None else None
        return compile_anew(statement, alike, compiled_cache=kept, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClauseElement, "_compile_w_cache", compile_once)
        yield


@pytest.fixture(scope="session")
def sandbox_memory() -> Remembered:
    return Remembered(sandbox.run)


@pytest.fixture(autouse=True)
def _children_asked_once(sandbox_memory: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a child once for the same of the same file; tests of the children ask each time."""
    monkeypatch.setattr(sandbox, "run", sandbox_memory.run)


@pytest.fixture(scope="session")
def press_memory() -> Callable[..., bytes]:
    return cache(pdf._ask)


@pytest.fixture(autouse=True)
def _pages_set_once(press_memory: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the same page once; tests of the press set it each time."""
    monkeypatch.setattr(pdf, "_ask", press_memory)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    app.test_client_class = CheckingClient
    yield app
    app.extensions["live"].close()
    app.extensions["installation"].close()


@pytest.fixture
def installation(app: Flask) -> Installation:
    return app.extensions["installation"]


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    """A session that writes; commit before a request asks for what it holds."""
    with installation.database.writing() as session:
        yield session
        session.rollback()


@pytest.fixture(autouse=True)
def _no_complaint_comes_late(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let what a test leaves open, and may, be found out within that test, not in another."""
    yield
    if any("Unraisable" in str(mark.args) for mark in request.node.iter_markers("filterwarnings")):
        gc.collect()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Forget what a process asks once: each test asks again."""
    print_problem.cache_clear()


@pytest.fixture(autouse=True)
def _a_server_that_may_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server of the tests keep nothing through a crash, without a red light for it."""
    monkeypatch.setattr(postgres, "KEEP_COMMITS", ("full_page_writes", "synchronous_commit"))


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, installation: Installation) -> SignInAs:
    """Return a client signed in as a user, and with a token of theirs, but without a password."""

    def sign_in_as(user: User | None) -> CheckingClient:
        client = app.test_client()
        if user is not None:
            token = secrets.token_urlsafe(32)
            hashed = {"token_hash": token_hash(token)}

            def let_in(session: Session) -> None:
                factories.sign_in(session, user, **hashed)
                factories.access_token(session, user, **hashed)

            installation.database.write(let_in)
            client.bearer = token
            with client.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie["_fresh"] = True
        return client

    return sign_in_as


@dataclass
class World:
    """A small organisation with one person of each kind."""

    province: Body
    office: Body
    commune: Body
    clerk: User
    delegate: User
    other_delegate: User
    researcher: User
    outsider: User
    administrator: User
    meeting: Meeting
    item: AgendaItem
    planned_meeting: Meeting
    planned_item: AgendaItem


@pytest.fixture
def world(session: Session) -> World:
    """The world, committed, so that requests see it."""
    province = factories.body(session, kind=BodyKind.PROVINCIAL_COMMITTEE, name="Tỉnh ủy Lam Khê")
    office = factories.body(session, province, kind=BodyKind.PARTY_OFFICE, name="Văn phòng Tỉnh ủy")
    commune = factories.body(session, kind=BodyKind.COMMUNE_COMMITTEE, name="Đảng ủy xã Suối Ngân")
    meeting = factories.meeting(session, office)
    planned = factories.meeting(session, office, state=MeetingState.PLANNED)
    world = World(
        province=province,
        office=office,
        commune=commune,
        clerk=factories.user(session, (Role.CLERK, province)),
        delegate=factories.user(session),
        other_delegate=factories.user(session),
        researcher=factories.user(session, (Role.RESEARCHER, province)),
        outsider=factories.user(session),
        administrator=factories.user(session, (Role.ADMINISTRATOR, province)),
        meeting=meeting,
        item=factories.item(session, meeting),
        planned_meeting=planned,
        planned_item=factories.item(session, planned),
    )
    for at in (meeting, planned):
        factories.participant(session, at, world.delegate.person)
        factories.participant(session, at, world.other_delegate.person)
    session.commit()
    return world


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    """Record what is made sure of and what is renamed, in order, while really doing it."""
    events: list[tuple[str, Path]] = []
    fsync = os.fsync

    def note_fsync(handle: int) -> None:
        events.append(("fsync", Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    def noting(rename: Callable[..., None]) -> Callable[..., None]:
        def note(source: Path, target: Path, **places: int) -> None:
            events.append(("rename", Path(target)))
            rename(source, target, **places)

        return note

    monkeypatch.setattr(os, "fsync", note_fsync)
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, noting(getattr(os, name)))
    return events
