"""A register of a whole province: its pages, its lists to take along, lists that are entered."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import UUID

import psutil
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.member_import import entered
from bench.product import Product, Visitor, free_address, wait_until_answers
from meetings import clock, vault
from meetings.demo.crowd.lives import GONE, Place, life
from meetings.installation import Installation
from meetings.members.records import services as records
from meetings.members.reform import queries as reform
from meetings.members.reform import services as dissolving
from meetings.members.reform.queries import Choice, Way
from meetings.models import Body, BodyKind, Member, Role, RoleAssignment, User
from meetings.settings import Settings

Row = tuple[str, str, str]
MEMBERS, REQUESTS, WARMING, MEBIBYTE = 100_000, 50, 3, 1024 * 1024
TRIES = REQUESTS + WARMING
WORDS = ("lò thị ánh", "nguyen van nam", "Tâm", "81204217", "giàng")
LISTS, LONGEST = 5, 19_990
BODIES, IN_THEM = 200, 8_000
"""What belongs to the district that is dissolved."""


@dataclass(frozen=True)
class Places:
    """Where the pages are: ids as addresses write them."""

    province: str
    commune: str
    cell: str
    member: str


def measure(members: int = MEMBERS) -> list[Row]:
    """Load a province of so many members and measure what is asked of its register."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        rows = [_loaded(instance, members)]
        installation = Installation(Settings(instance=instance)).prepare()
        try:
            places = _places(installation)
            with _serving(instance) as product:
                rows += [*_pages(product, places), *_files(product, places), _memory(product)]
            rows += _lists(installation, min(LONGEST, members // LISTS))
            rows.append(_dissolved(installation))
        finally:
            installation.close()
        return rows


def _dissolved(installation: Installation) -> Row:
    """Dissolve a district whose cells are merged in turn into two communes, or go under them."""

    def district(session: Session) -> tuple[UUID, list[UUID], list[UUID]]:
        body = Body(kind=BodyKind.PARTY_COMMITTEE, name="Huyện ủy Mường Giả")
        session.add(body)
        session.flush()
        cells = [
            Body(parent_id=body.id, kind=BodyKind.CELL, name=f"Chi bộ giả {number}")
            for number in range(BODIES)
        ]
        session.add_all(cells)
        session.flush()
        key, keeper = vault.members_key(session, installation.keys), _keeper(session)
        numbers = (number for number in range(10**6, 2 * 10**6) if number % GONE)
        lives = (
            life(number, Place(cells[number % BODIES].id, ()), clock.today())
            for number in islice(numbers, IN_THEM)
        )
        records.enter_made(session, [records.made(key, one, by=keeper) for one in lives])
        communes = select(Body.id).where(Body.kind == BodyKind.COMMUNE_COMMITTEE).limit(2)
        return body.id, [cell.id for cell in cells], list(session.scalars(communes))

    identity, cells, communes = installation.database.write(district)
    choices = {
        cell: Choice(Way.UNDER if place % 10 == 0 else Way.INTO, communes[place % 2])
        for place, cell in enumerate(cells)
    }

    def dissolve(session: Session) -> int:
        body, by = session.get_one(Body, identity), _keeper(session)
        plan = reform.plan(session, body, clock.today(), choices, communes[0], by=by)
        dissolving.dissolve(session, body, plan, decision="1-NQ/TU", day=clock.today(), by=by)
        return plan.members

    start = time.perf_counter()
    moved = installation.database.write(dissolve)
    took = time.perf_counter() - start
    name = f"province: a district of {BODIES} bodies dissolved, {moved:,} members moved"
    return name, f"{took:.1f} s", "30 s"


def _keeper(session: Session) -> User:
    held = select(RoleAssignment.user_id).where(RoleAssignment.role == Role.RECORD_KEEPER)
    return session.get_one(User, session.scalars(held).one())


def _loaded(instance: Path, members: int) -> Row:
    start = time.perf_counter()
    command = [sys.executable, "-m", "meetings", "demo", "load", "--province"]
    subprocess.run(
        [*command, "--members", str(members)],
        env=os.environ | {"MEETINGS_INSTANCE": str(instance)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    took = time.perf_counter() - start
    return f"province: {members:,} members with ten years of events", f"{took:.0f} s", "minutes"


def _places(installation: Installation) -> Places:
    with installation.database.reading() as session:
        first = {
            kind: session.scalars(select(Body).where(Body.kind == kind).order_by(Body.id)).all()
            for kind in (BodyKind.PROVINCIAL_COMMITTEE, BodyKind.COMMUNE_COMMITTEE)
        }
        [cell] = session.scalars(
            select(RoleAssignment.body_id).where(RoleAssignment.role == Role.SECRETARY)
        )
        member = session.scalars(select(Member).where(Member.present).limit(1)).one()
        [province], communes = first.values()
        return Places(*map(str, (province.id, communes[-1].id, cell, member.id)))


@contextmanager
def _serving(instance: Path) -> Iterator[Product]:
    """Serve the pages without the worker, who would prepare the papers of the demo meanwhile."""
    bind = free_address()
    environment = os.environ | {"MEETINGS_INSTANCE": str(instance), "MEETINGS_BIND": bind}
    command = [sys.executable, "-m", "meetings", "serve"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_until_answers(f"http://{bind}")
            yield Product(f"http://{bind}", process, instance)
        finally:
            process.send_signal(signal.SIGTERM)


def _pages(product: Product, places: Places) -> Iterator[Row]:
    keeper, secretary = product.visitor("secretary"), product.visitor("cell")
    register = f"/bodies/{places.province}/members"
    asked = {
        "register of the province, its keeper": (keeper, lambda n: f"{register}?page={37 * n + 1}"),
        "register of a commune": (keeper, lambda n: f"/bodies/{places.commune}/members?page={n}"),
        "register of a cell, its secretary": (
            secretary,
            lambda _: f"/bodies/{places.cell}/members",
        ),
        "registers of the province": (keeper, lambda n: f"/members?page={n + 1}"),
        "record of a member": (keeper, lambda _: f"/members/{places.member}"),
        "badges of the province": (keeper, lambda _: f"/bodies/{places.province}/badges"),
    }
    for name, (who, address) in asked.items():
        yield _slowest(name, [_timed(partial(who.get, address(n))) for n in range(TRIES)])
    yield _slowest("search in the province", [_found(keeper, register, n) for n in range(TRIES)])


def _timed(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def _slowest(name: str, times: Sequence[float]) -> Row:
    """Return the time that 95 of 100 requests stay below, without the first ones."""
    ordered = sorted(times[WARMING:])
    p95 = ordered[len(ordered) * 95 // 100]
    return f"province: {name}, p95 of {len(ordered)}", f"{p95 * 1000:.0f} ms", "200 ms"


def _found(keeper: Visitor, register: str, number: int) -> float:
    page = keeper.get(register).decode()
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)
    fields = {
        "words": WORDS[number % len(WORDS)],
        "standing": "",
        "sort": "name",
        "csrf_token": token[1] if token else "",
    }
    sent = urllib.parse.urlencode(fields).encode()
    return _timed(lambda: keeper.opener.open(f"{keeper.address}{register}/search", sent).read())


def _files(product: Product, places: Places) -> Iterator[Row]:
    keeper = product.visitor("secretary")
    for name, body in (("province", places.province), ("commune", places.commune)):
        address = f"/bodies/{body}/members/file?format=xlsx"
        start = time.perf_counter()
        size = len(keeper.get(address)) / MEBIBYTE
        took = time.perf_counter() - start
        yield f"province: workbook of the {name}, {size:.1f} MB", f"{took:.1f} s", ""


def _memory(product: Product) -> Row:
    parent = psutil.Process(product.process.pid)
    family = [parent, *parent.children(recursive=True)]
    total = sum(one.memory_full_info().pss for one in family) / MEBIBYTE
    return "province: memory of the web after it", f"{total:.0f} MB", ""


def _lists(installation: Installation, rows: int) -> Iterator[Row]:
    """Yield how long lists of so many rows take, beside the members that are there already."""
    with installation.database.reading() as session:
        keeper = _keeper(session)
        communes = select(Body.id).where(Body.kind == BodyKind.COMMUNE_COMMITTEE).limit(LISTS)
        bodies = session.scalars(communes).all()
        session.expunge_all()
    times = [
        entered(installation, keeper, body, rows, start=number * rows)
        for number, body in enumerate(bodies)
    ]
    whole = sum(sum(one.values()) for one in times)
    locked = max(one["writing"] for one in times)
    yield f"province: {rows * LISTS:,} rows of {LISTS} lists entered", f"{whole:.0f} s", "300 s"
    yield f"  the longest that others wait, {rows:,} rows", f"{locked:.1f} s", ""
