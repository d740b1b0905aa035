"""A hall that reads: five hundred tablets hold their streams open, turn pages and open a paper."""

import asyncio
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select

from bench import entry
from bench.agenda import agenda_path
from bench.product import Product, Visitor
from meetings.models import Database, Participant, User

SECONDS = 120.0
BURST_SECONDS = 10.0
AT_ONCE = 8
PATIENCE = 30.0
LONGEST_PAUSE, SHORTEST_PAUSE = 15.0, 5.0
PICTURE = re.compile(r"/pages/[0-9a-f-]{36}/image/1200")
PAPER = re.compile(r'href="(/documents/[^"]+)"')
AGENDA, PAGE, OPENING = "agenda", "page", "opening"


@dataclass
class Record:
    """What happened in the hall."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    lost: int = 0

    def late(self, kind: str) -> float:
        """Return the 95th percentile."""
        return quantiles(self.seconds[kind], n=20)[-1]


@dataclass
class Tablet:
    """One person's tablet: a connection that is kept, and what it knows of the meeting."""

    number: int
    host: str
    cookie: str
    record: Record
    tag: str = ""
    pictures: list[str] = field(default_factory=list)
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def question(self, path: str, tag: str = "") -> bytes:
        """Return a request."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {self.host}", f"Cookie: {self.cookie}"]
        known = [f"If-None-Match: {tag}"] if tag else []
        return "\r\n".join([*lines, *known, "", ""]).encode()

    async def get(self, path: str, *, tag: str = "") -> tuple[int, str, bytes]:
        """Return status, entity tag and body of an answer."""
        if self.line is None:
            self.line = await connected(self.host)
        reader, writer = self.line
        writer.write(self.question(path, tag))
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"^content-length: (\d+)", head, re.IGNORECASE | re.MULTILINE)
        found = re.search(r"^etag: (\S+)", head, re.IGNORECASE | re.MULTILINE)
        body = await reader.readexactly(int(length[1])) if length else b""
        return int(head.split(" ", 2)[1]), found[1] if found else "", body

    def leave(self) -> None:
        """Close the connection."""
        if self.line:
            self.line[1].close()
        self.line = None

    async def ask(self, kind: str, path: str, *, tag: str = "") -> tuple[str, bytes]:
        """Ask, note how long it took and what went wrong; return entity tag and body."""
        start = time.perf_counter()
        try:
            status, fresh, body = await asyncio.wait_for(self.get(path, tag=tag), PATIENCE)
        except (OSError, EOFError, TimeoutError) as error:
            self.leave()
            self.record.wrong.append(f"{kind}: {type(error).__name__}")
            return tag, b""
        self.record.seconds[kind].append(time.perf_counter() - start)
        if status not in {200, 304}:
            self.record.wrong.append(f"{kind}: {status}")
        return fresh, body

    async def open_paper(self, paper: str) -> None:
        """Open a paper and see its first page."""
        start = time.perf_counter()
        _, html = await self.ask("paper", paper)
        self.pictures = PICTURE.findall(html.decode())
        if self.pictures:
            await self.ask("first page", self.pictures[0])
            self.record.seconds[OPENING].append(time.perf_counter() - start)
        else:
            self.record.wrong.append("a paper without pages")

    async def sit(self, agenda: str, seconds: float) -> None:
        """Turn a page every five to fifteen seconds; ask for the agenda each fourth time."""
        end, step = time.perf_counter() + seconds, self.number
        while True:
            span = LONGEST_PAUSE - SHORTEST_PAUSE
            pause = SHORTEST_PAUSE + span * ((step * 37) % 101) / 100
            if time.perf_counter() + pause > end:
                return
            await asyncio.sleep(pause)
            step += 1
            if step % 4 == 0:
                self.tag, _ = await self.ask(AGENDA, agenda, tag=self.tag)
            else:
                await self.ask(PAGE, self.pictures[step % len(self.pictures)])


async def connected(host: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return a connection."""
    name, port = host.split(":")
    return await asyncio.open_connection(name, int(port))


def measure(product: Product, seconds: float = SECONDS) -> list[tuple[str, str, str]]:
    """Seat everybody, let them read, then open one paper within ten seconds."""
    agenda = agenda_path(product.visitor("delegate").get("/").decode())
    names = entry.people(product)
    _seat(product, UUID(agenda.split("/")[2]), names)
    cookies = _signed_in(product, names)
    record = Record()
    host = urlsplit(product.address).netloc
    tablets = [Tablet(number, host, cookie, record) for number, cookie in enumerate(cookies)]
    asyncio.run(_meeting(tablets, agenda, seconds))
    return _rows(record, len(tablets))


def _rows(record: Record, tablets: int) -> list[tuple[str, str, str]]:
    answers = sum(len(record.seconds[kind]) for kind in (AGENDA, PAGE, "paper", "first page"))
    same, page = record.late(AGENDA) * 1000, record.late(PAGE) * 1000
    middle, opening = median(record.seconds[OPENING]), record.late(OPENING)
    return [
        (f"{tablets} tablets, 304 agenda, 95th percentile", f"{same:.0f} ms", "goal <= 100 ms"),
        ("  a page turned, 95th percentile", f"{page:.0f} ms", "goal <= 400 ms"),
        ("  all open one paper within 10 s, median", f"{middle * 1000:.0f} ms", ""),
        ("  95th percentile", f"{opening * 1000:.0f} ms", "goal <= 1,500 ms"),
        (
            f"  wrong of {answers:,} answers; streams lost",
            f"{len(record.wrong)}; {record.lost}",
            f"goal 0; {', '.join(sorted(set(record.wrong)))}".removesuffix("; "),
        ),
    ]


def _seat(product: Product, meeting: UUID, names: list[str]) -> None:
    """Make everybody a participant of a meeting."""
    database = Database(f"sqlite:///{product.instance / 'database.sqlite3'}")
    with database.writing() as session:
        for person in session.scalars(select(User.person_id).where(User.username.in_(names))):
            session.add(Participant(meeting_id=meeting, person_id=person))
        session.commit()
    database.close()


def _signed_in(product: Product, names: list[str]) -> list[str]:
    """Sign everybody in, a few at a time; return their cookies."""
    waiting, cookies = list(names), []

    def work() -> None:
        while True:
            try:
                name = waiting.pop()
            except IndexError:
                return
            cookies.append(Visitor(product.address, name, entry.PASSWORD).cookie)

    _in_threads(work)
    return cookies


def _in_threads(work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


async def _meeting(tablets: list[Tablet], agenda: str, seconds: float) -> None:
    streams = [await _stream(tablet, f"{agenda}/live") for tablet in tablets]
    await _arrive(tablets, agenda)
    await asyncio.gather(*(tablet.sit(agenda, seconds) for tablet in tablets))
    paper = await _paper_of(tablets[0], agenda)
    tablets[0].record.seconds[OPENING].clear()
    await asyncio.gather(*(_open_later(tablet, paper, len(tablets)) for tablet in tablets))
    tablets[0].record.lost = sum(stream.done() for stream in streams)
    for tablet, stream in zip(tablets, streams, strict=True):
        tablet.leave()
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)


async def _arrive(tablets: list[Tablet], agenda: str) -> None:
    """Let everybody see the agenda and open a paper, one after the other."""
    paper = await _paper_of(tablets[0], agenda)
    for tablet in tablets:
        _, tablet.tag, _ = await tablet.get(agenda)
        await tablet.open_paper(paper)


async def _paper_of(tablet: Tablet, agenda: str) -> str:
    _, _, html = await tablet.get(agenda)
    found = PAPER.search(html.decode())
    return found[1].replace("&amp;", "&") if found else "/"


async def _open_later(tablet: Tablet, paper: str, among: int) -> None:
    await asyncio.sleep(tablet.number * BURST_SECONDS / among)
    await tablet.open_paper(paper)


async def _stream(tablet: Tablet, path: str) -> "asyncio.Task[None]":
    """Open a stream of events; the task ends when the stream does."""
    reader, writer = await connected(tablet.host)
    writer.write(tablet.question(path))
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head:
        writer.close()
        raise AssertionError(head)

    async def listen() -> None:
        try:
            while await reader.read(4096):
                pass
        finally:
            writer.close()

    return asyncio.create_task(listen())
