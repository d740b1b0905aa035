"""The measurement of a full hall counts what it is told, and every answer that is wrong."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from bench import hall
from bench.hall import AGENDA, OPENING, PAGE, Record, Tablet

PICTURES = [f"/pages/00000000-0000-7000-8000-00000000000{number}/image/1200" for number in "123"]
PAPER = "/documents/1"
AGENDA_AT = "/meetings/1"


class House:
    """A server of a few fixed answers, which keeps its connections."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken: set[str] = set()
        self.cookies: set[str] = set()
        self.short: set[str] = set()
        self.guests: list[asyncio.Task[object] | None] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.guests.append(asyncio.current_task())
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                path = head.split(" ", 2)[1]
                self.asked.append(path)
                cookie = head.split("Cookie: ")[1].split("\r\n")[0]
                self.cookies.add(cookie)
                if path in self.broken:
                    break
                writer.write(self.answer(path, head))
                if path.endswith("/live"):
                    await (asyncio.sleep(0) if cookie in self.short else reader.read())
                    break
        writer.close()
        await writer.wait_closed()

    def answer(self, path: str, head: str) -> bytes:
        if path.endswith("/live"):
            return b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: welcome\n\n"
        if path == AGENDA_AT and 'If-None-Match: "seven"' in head:
            return b'HTTP/1.1 304 NOT MODIFIED\r\nETag: "seven"\r\n\r\n'
        bodies = {
            AGENDA_AT: f'<a href="{PAPER}">Báo cáo</a>',
            PAPER: "".join(f'<img src="{picture}">' for picture in PICTURES),
        }
        body = bodies.get(path, "" if path in PICTURES else "?").encode()
        status = "404 NOT FOUND" if body == b"?" else "200 OK"
        lines = f'HTTP/1.1 {status}\r\nEtag: "seven"\r\nContent-Length: {len(body)}\r\n\r\n'
        return lines.encode() + body


@contextlib.asynccontextmanager
async def open_house() -> AsyncIterator[tuple[House, str]]:
    house = House()
    server = await asyncio.start_server(house.talk, "127.0.0.1", 0)
    async with server:
        name, port = server.sockets[0].getsockname()
        try:
            yield house, f"{name}:{port}"
        finally:
            await asyncio.gather(*filter(None, house.guests))


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(hall, "SHORTEST_PAUSE", 0.005)
    monkeypatch.setattr(hall, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(hall, "BURST_SECONDS", 0.02)


def seated(house: str, count: int) -> list[Tablet]:
    record = Record()
    return [Tablet(number, house, f"sid={number}", record) for number in range(count)]


def test_everybody_reads_and_opens_and_nothing_is_wrong():
    async def meet() -> tuple[House, list[Tablet]]:
        async with open_house() as (house, host):
            tablets = seated(host, 4)
            await hall._meeting(tablets, AGENDA_AT, 0.2)
        return house, tablets

    house, tablets = asyncio.run(meet())
    record = tablets[0].record
    assert (record.wrong, record.lost) == ([], 0)
    assert house.cookies == {f"sid={number}" for number in range(4)}
    assert house.asked.count(f"{AGENDA_AT}/live") == 4
    assert len(record.seconds[OPENING]) == 4, "the opening of everybody at once, and no earlier one"
    assert len(record.seconds[AGENDA]) > 4
    assert len(record.seconds[PAGE]) > 2 * len(record.seconds[AGENDA])
    rows = hall._rows(record, len(tablets))
    assert rows[0][0].startswith("4 tablets")
    assert (rows[-1][1], rows[-1][2]) == ("0; 0", "goal 0")


def test_an_error_and_a_broken_connection_are_counted_and_the_tablet_goes_on():
    async def meet() -> Tablet:
        async with open_house() as (house, host):
            tablet = seated(host, 1)[0]
            await tablet.open_paper(PAPER)
            await tablet.ask(PAGE, "/nowhere")
            house.broken.add(PICTURES[1])
            await tablet.ask(PAGE, PICTURES[1])
            await tablet.ask(PAGE, PICTURES[2])
            await tablet.open_paper(PICTURES[0])
            tablet.leave()
        return tablet

    record = asyncio.run(meet()).record
    assert record.wrong == ["page: 404", "page: IncompleteReadError", "a paper without pages"]
    assert len(record.seconds[OPENING]) == 1


def test_a_stream_that_ends_in_the_meeting_is_a_lost_one():
    async def meet() -> Record:
        async with open_house() as (house, host):
            tablets = seated(host, 3)
            house.short = {"sid=1"}
            await hall._meeting(tablets, AGENDA_AT, 0.05)
        return tablets[0].record

    record = asyncio.run(meet())
    assert (record.wrong, record.lost) == ([], 1)


def test_a_hall_that_is_not_let_in_is_not_measured():
    async def meet() -> None:
        async with open_house() as (_, host):
            await hall._stream(seated(host, 1)[0], "/nowhere")

    with pytest.raises(AssertionError, match="404"):
        asyncio.run(meet())
