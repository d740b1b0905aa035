"""How long the reports of a body of many members take, from the rows to the figures."""

import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from bench.member_import import CELLS, YEAR, set_up
from meetings import vault
from meetings.installation import Installation
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.members.reports.attention.queries import counts
from meetings.members.reports.movements.queries import ledger_of
from meetings.members.reports.structure.queries import profiles_on, sensitive_on
from meetings.models import Body, BodyKind, EventKind, User
from meetings.settings import Settings

MEMBERS = 20_000
BATCH = 2_000
GOAL = "3 s"
TODAY, BEGINNING = date(2026, 11, 28), date(2020, 1, 1)
QUARTER, DAY = date(2026, 6, 30), timedelta(days=1)
END = date(2025, 12, 31)
PEOPLES = ("Thái", "Kinh", "Mông", "Mường", "Dao")
THEORIES = ("none", "elementary", "intermediate", "advanced")
SCHOOLS = ("12/12", "9/12", "10/10", "5/12")
TRAININGS = ("", "Đại học Luật", "Trung cấp Nông lâm", "Cao đẳng Y tế")


def measure(members: int = MEMBERS) -> list[tuple[str, str, str]]:
    """Enter many members with what happened to them, and time each report."""
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Settings(instance=Path(folder) / "instance")).prepare()
        try:
            times = _times(installation, members)
        finally:
            installation.close()
    return [
        (f"members: {name}, {members:,} members", f"{took:.2f} s", GOAL)
        for name, took in times.items()
    ]


def _times(installation: Installation, members: int) -> dict[str, float]:
    keeper, commune = installation.database.write(lambda session: set_up(session, installation))
    for first in range(0, members, BATCH):
        enter = partial(_enter, installation=installation, keeper=keeper, first=first)
        installation.database.write(enter)
    with installation.database.reading() as session:
        body = session.get_one(Body, commune.id)
        key = vault.members_key(session, installation.keys)

        def peoples(day: date) -> None:
            who = [one.member for one in profiles_on(session, body, day, by=keeper)]
            sensitive_on(session, key, body, day, who, by=keeper)

        return {
            "form 1 of a quarter": _timed(
                lambda: ledger_of(session, body, QUARTER, QUARTER + 92 * DAY, by=keeper)
            ),
            "form 1 of a year": _timed(lambda: ledger_of(session, body, END, TODAY, by=keeper)),
            "forms 2 and 3 today": _timed(lambda: profiles_on(session, body, TODAY, by=keeper)),
            "forms 2 and 3 at the end of the year before": _timed(
                lambda: profiles_on(session, body, END, by=keeper)
            ),
            "what needs attention, counted": _timed(lambda: counts(session, body, by=keeper)),
            "form 4 today, decrypted": _timed(lambda: peoples(TODAY)),
            "form 4 at the end of the year before, decrypted": _timed(lambda: peoples(END)),
        }


def _timed(make: Callable[[], object]) -> float:
    start = time.perf_counter()
    make()
    return time.perf_counter() - start


def _enter(session: Session, installation: Installation, keeper: User, first: int) -> None:
    key = vault.members_key(session, installation.keys)
    cells = session.query(Body).filter(Body.kind == BodyKind.CELL).order_by(Body.name).all()
    made = [
        records.made(key, _life(number, cells), by=keeper) for number in range(first, first + BATCH)
    ]
    records.enter_made(session, made)


def _life(number: int, cells: list[Body]) -> list[Draft]:
    """Return years of a member: one in ten moves, leaves or dies, one in three is supplemented."""
    cell, other = cells[number % CELLS], cells[(number + 1) % CELLS]
    admitted = BEGINNING - timedelta(days=number % 9_000 + 400)
    on = BEGINNING + timedelta(days=number % 2_500)
    decided = {"decision": "12-QĐ/ĐU"}
    life = [
        Draft(EventKind.REGISTERED, BEGINNING, cell.id, facts=_facts(number)),
        Draft(EventKind.ADMITTED, admitted, **decided),
        Draft(EventKind.MADE_OFFICIAL, admitted + YEAR, **decided),
        *(_rated(year) for year in range(2020, 2026)),
    ]
    if number % 3 == 0:
        told = {"theory": THEORIES[(number + 1) % 4], "profession": "Đại học Luật"}
        life.append(Draft(EventKind.SUPPLEMENTED, on, facts=told))
    ends = {
        0: Draft(EventKind.MOVED, on, other.id, **decided),
        1: Draft(EventKind.TRANSFERRED_OUT, on, facts={"elsewhere": "Huế"}, **decided),
        2: Draft(EventKind.DIED, on),
    }
    if number % 10 == 0:
        end = ends[number // 10 % 3]
        life = [one for one in life if one.on < on or one.kind is not EventKind.RATED]
        life.append(end)
    return life


def _rated(year: int) -> Draft:
    facts = {"period": str(year), "rating": "good"}
    return Draft(EventKind.RATED, date(year, 12, 20), facts=facts)


def _facts(number: int) -> dict[str, str]:
    born = date(1950, 1, 1) + timedelta(days=number % 18_000)
    return {
        "full_name": f"Lò Văn {number}",
        "birth_date": born.isoformat(),
        "sex": "female" if number % 3 == 0 else "male",
        "general_education": SCHOOLS[number % 4],
        "profession": TRAININGS[number % 4],
        "theory": THEORIES[number % 4],
        "card_number": f"{81_000_000 + number}",
        "ethnicity": PEOPLES[number % 5],
        "religion": "Không",
        "history": "Tham gia công tác tại xã từ năm 1990, không có gì đặc biệt.",
        "family": "Đã xây dựng gia đình; có hai con, đều là đoàn viên.",
    }
