"""Measure the search page over HTTP: `python -m bench.search.web DATA [PAPERS] [--keep FOLDER]`.

DATA is as for `bench.search`. One researcher reads most of that many papers (1-2 short pages each);
the others are hidden. The real server answers kept connections. FOLDER keeps the installation, so
that it is made once.
"""

import http.client
import logging
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, product
from pathlib import Path
from uuid import UUID

import psutil
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.product import Visitor, free_address, wait_until_answers
from bench.search.archive import NO_FILE, fill, opened
from bench.search.corpus import Paper, papers
from bench.search.questions import questions
from meetings import vault
from meetings.accounts.services import set_password
from meetings.archive import queries
from meetings.archive.kept.facets import Filters
from meetings.installation import Installation
from meetings.models import (
    Document,
    DocumentVersion,
    Page,
    Person,
    Post,
    RoleAssignment,
    User,
    new_id,
)
from meetings.policy import readable_documents

CLIENTS = 8
SECONDS = 20.0
MOST = 230
"""Questions of one person; a few more in a minute are refused."""
TYPING_PAUSE = 0.2
WAYS = (
    ("one after the other", 1, 0.0, ""),
    ("typed by one, pauses of 0.2 s", 1, TYPING_PAUSE, "<= 120 ms"),
    ("typed by eight, pauses of 0.2 s", CLIENTS, TYPING_PAUSE, "<= 60 ms"),
    ("eight at once without a pause", CLIENTS, 0.0, "<= 60 ms"),
)
PEOPLE = sum(clients for _, clients, _, _ in WAYS)
WORDS = 120
MEAN_PAGES = 1.2
ASKED_FROM = 2000
WHO = "researcher"


@dataclass(frozen=True)
class Taken:
    """How long answers took, in milliseconds, and how many came a second."""

    milliseconds: Sequence[float]
    rate: float

    def share(self, share: float) -> float:
        """Return the time in which such a share of the answers had come."""
        line = sorted(self.milliseconds)
        return line[min(len(line) - 1, int(len(line) * share))]


def main() -> None:
    """Fill an installation or take the one that was kept, ask over HTTP, print a line a way."""
    logging.getLogger("meetings").setLevel(logging.ERROR)  # pages without files are no news here
    arguments = sys.argv[1:]
    if not arguments or not Path(arguments[0]).is_dir():
        sys.exit(__doc__)
    size = int(arguments[1]) if arguments[1:2] and arguments[1].isdigit() else 10_000
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(arguments[-1] if "--keep" in arguments else spare)
        for name, value, goal in measured(Path(arguments[0]), size, folder):
            print(f"{name:<64} {value:>28}   {goal}", flush=True)


def measured(data: Path, size: int, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield a line for each way to ask."""
    asked = _asked(data, size)
    installation = opened(folder)
    if not installation.index.versions():
        fill(installation, _short(papers(data, size * 6 // 5, MEAN_PAGES)), texts=False)
    password = secrets.token_urlsafe(24)
    installation.database.write(lambda session: _accounts(session, installation, password))
    readable = _write_pages(installation, data, asked)
    installation.close()
    paths = [f"/archive?{urllib.parse.urlencode({'q': text})}" for text in asked]
    with _running(folder) as (address, process):
        yield f"search page: papers that one reads of {size * 6 // 5:,}", f"{readable:,}", ""
        people = iter(range(PEOPLE))
        for name, clients, pause, goal in WAYS:
            visitors = [Visitor(address, _name(at), password) for at in islice(people, clients)]
            for visitor in visitors:
                visitor.get(paths[0])  # a person's first question reads what they may find
            typed = [f"{path}&typing=1" for path in paths] if pause else paths
            before = _worked(process.pid)
            taken = _together(visitors, typed, pause=pause)
            worked = (_worked(process.pid) - before) * 1000 / len(taken.milliseconds)
            said = f"{taken.share(0.5):.0f} / {taken.share(0.95):.0f} ms"
            yield f"  {name}, p50 / p95", said, goal
            yield "    answers a second", f"{taken.rate:.0f}", ""
            yield "    of the processor, an answer", f"{worked:.1f} ms", ""
        for name, held, own in _memory(process.pid):
            yield f"  memory of {name}, without files", f"{held:.0f} / {own:.0f} MB", "<= 600 MB"


def _worked(supervisor: int) -> float:
    """Return the seconds of the processor that answering has used; the worker may be busy too."""
    every = psutil.Process(supervisor).children(recursive=True)
    times = [each.cpu_times() for each in every if each.cmdline()[-1] == "serve"]
    return sum(each.user + each.system for each in times)


def _memory(supervisor: int) -> Iterator[tuple[str, float, float]]:
    """Yield what each process of the product holds in mebibytes, and how much of it are no files.

    The files of the index are mapped: the system takes their pages back when it needs the room.
    """
    for each in psutil.Process(supervisor).children(recursive=True):
        held = each.memory_info()
        name = f"`{' '.join(each.cmdline()[-2:])}`"
        yield name, held.rss / 2**20, (held.rss - held.shared) / 2**20


def _short(source: Iterable[Paper]) -> Iterator[Paper]:
    """Yield papers with the beginnings of their pages: a question costs by papers, not by words."""
    for paper in source:
        pages = tuple(" ".join(page.split()[:WORDS]) for page in paper.pages)
        yield replace(paper, pages=pages)


def _asked(data: Path, size: int) -> Sequence[str]:
    source = list(islice(_short(papers(data, size, MEAN_PAGES)), ASKED_FROM))
    marks = {"phrase": '"{}"', "prefix": "{}*"}
    return [marks.get(one.kind, "{}").format(" ".join(one.words)) for one in questions(source)]


def _name(at: int) -> str:
    return f"{WHO}{at}"


def _accounts(session: Session, installation: Installation, password: str) -> None:
    """Give everybody who asks an account like the researcher's, with a password of this run."""
    model = session.scalars(select(User).where(User.username == WHO)).one()
    [role] = session.scalars(select(RoleAssignment).where(RoleAssignment.user_id == model.id))
    [post] = session.scalars(select(Post).where(Post.person_id == model.person_id))
    for at in range(PEOPLE):
        name = _name(at)
        user = session.scalars(select(User).where(User.username == name)).one_or_none()
        if user is None:
            person = Person(id=new_id(), full_name=name)
            user = User(id=new_id(), person_id=person.id, username=name, clearance=model.clearance)
            held = Post(person_id=person.id, body_id=post.body_id, title="Phó", since=post.since)
            given = RoleAssignment(user_id=user.id, role=role.role, body_id=role.body_id)
            session.add_all([person, user, held, given])
            session.flush()
        set_password(session, installation.keys, user, password)


def _write_pages(installation: Installation, data: Path, asked: Sequence[str]) -> int:
    """Give the pages that answers show their files; return how many papers the person reads."""
    database, page = installation.database, next(papers(data, 1, 1.0)).pages[0].split()
    before, after = " ".join(page[:200]), " ".join(page[200:])
    with database.reading() as session:
        person = session.scalars(select(User).where(User.username == WHO)).one()
        wanted = readable_documents(person).with_only_columns(Document.id)
        readable = len(session.scalars(wanted).all())
    for text, unfinished in product(asked, (False, True)):
        with database.reading() as session:
            answer = queries.search(
                session, installation, text, Filters(), by=person, page=1, unfinished=unfinished
            )
        pages = [(found.document.id, found.page) for found in answer.found]
        said = f"{before} {text} {after}"
        database.write(partial(_write, installation=installation, pages=pages, text=said))
    return readable


def _write(
    session: Session, *, installation: Installation, pages: Iterable[tuple[UUID, int]], text: str
) -> None:
    for document, number in pages:
        query = select(Page).join(Page.version).where(Page.number == number)
        page = session.scalars(query.where(DocumentVersion.document_id == document)).one()
        if page.text == NO_FILE:
            key = vault.storage_key(installation.keys, page.version)
            page.text = installation.store.put_bytes(text.encode(), key=key).digest


@contextmanager
def _running(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run the product as it is deployed."""
    bind = free_address()
    environment = os.environ | {"MEETINGS_INSTANCE": str(folder), "MEETINGS_BIND": bind}
    command = [sys.executable, "-m", "meetings", "run"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_until_answers(f"http://{bind}")
            yield f"http://{bind}", process
        finally:
            process.send_signal(signal.SIGTERM)


def _together(visitors: Sequence[Visitor], paths: Sequence[str], *, pause: float) -> Taken:
    """Let people ask at once, each some paths in turn."""
    taken: list[float] = []
    start = time.perf_counter()

    def ask(number: int) -> None:
        visitor = visitors[number]
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(visitor.address).netloc)
        first = number * len(paths) // len(visitors)
        for at in range(first, first + MOST):
            if time.perf_counter() - start > SECONDS:
                return
            began = time.perf_counter()
            connection.request("GET", paths[at % len(paths)], headers={"Cookie": visitor.cookie})
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                raise AssertionError(answer.status)
            taken.append((time.perf_counter() - began) * 1000)
            time.sleep(pause)

    with ThreadPoolExecutor(len(visitors)) as people:
        list(people.map(ask, range(len(visitors))))
    return Taken(taken, len(taken) / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
