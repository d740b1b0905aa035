"""A register of a whole province: its pages, its lists to take along, lists that are entered."""

import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import psutil
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.member_import import COLUMNS, entered_in
from bench.product import Product, Visitor, free_address, wait_until_answers
from meetings.demo.crowd.bodies import AGENCIES
from meetings.installation import Installation
from meetings.models import Body, BodyKind, Member, User
from meetings.settings import Settings

Row = tuple[str, str, str]
MEMBERS, REQUESTS, MEBIBYTE = 100_000, 50, 1024 * 1024
WORDS = ("lò thị ánh", "nguyen van nam", "Tâm", "81204217", "mua")


@dataclass(frozen=True)
class Stage:
    """A served province, who looks, and where."""

    product: Product
    keeper: Visitor
    secretary: Visitor
    province: str
    commune: str
    cell: str
    member: str


def measure(members: int = MEMBERS) -> list[Row]:
    """Load a province of so many members and measure what is asked of its register."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        rows = [_loaded(instance, members)]
        with _serving(instance) as stage:
            rows += _pages(stage)
            rows += _files(stage)
            rows.append(_memory(stage.product))
        return rows


def _loaded(instance: Path, members: int) -> Row:
    start = time.perf_counter()
    _run(instance, "demo", "load", "--province", "--members", str(members))
    took = time.perf_counter() - start
    return f"province: {members:,} members loaded", f"{took:.0f} s", "minutes"


def _run(instance: Path, *words: str) -> None:
    command = [sys.executable, "-m", "meetings", *words]
    environment = {"MEETINGS_INSTANCE": str(instance)}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
