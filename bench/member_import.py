"""How long it takes to read, look through and enter a list of members, row by row."""

import tempfile
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import vault
from meetings.installation import Installation
from meetings.intake.workbook import table_rows
from meetings.members.life.lines import Verdict
from meetings.members.lists import queries, services
from meetings.members.module.services import switch_on
from meetings.models import AccessLevel, Body, BodyKind, Person, Role, RoleAssignment, User
from meetings.press.tables import Sheet, xlsx
from meetings.settings import Settings

ROWS, PROVINCE = 19_990, 100_000
COLUMNS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chi bộ", "Ngày vào Đảng"]
COLUMNS += ["Ngày chính thức", "Số thẻ đảng viên", "Dân tộc", "Quê quán", "Nghề nghiệp"]
CELLS = 60
FIRST = date(1950, 1, 1)
YEAR = timedelta(days=365)


def measure() -> list[tuple[str, str, str]]:
    """Enter a list of as many rows as a file may have; return how long the parts take."""
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Settings(instance=Path(folder) / "instance")).prepare()
        try:
            times = _times(installation, Path(folder))
        finally:
            installation.close()
    whole = sum(times.values())
    told = [
        (f"members: {name}, {ROWS:,} rows", f"{took:.1f} s", "") for name, took in times.items()
    ]
    return [
        *told,
        ("members: rows of a list entered a second", f"{ROWS / whole:,.0f}", ""),
        ("  so long would 100,000 take", f"{PROVINCE / ROWS * whole:.0f} s", "300 s"),
    ]


def _times(installation: Installation, folder: Path) -> dict[str, float]:
    keeper, body = installation.database.write(lambda session: set_up(session, installation))
    path = folder / "list.xlsx"
    path.write_bytes(xlsx(Sheet("", COLUMNS, [_row(number) for number in range(ROWS)])))
    start = time.perf_counter()
    rows = table_rows(path)
    reading = time.perf_counter() - start
    return {"reading": reading, **_entered(installation, keeper, body.id, rows)}


def entered(
    installation: Installation, keeper: User, body: UUID, count: int, *, start: int
) -> dict[str, float]:
    """Enter a list of so many rows into a body; return how long the parts take."""
    cell = COLUMNS.index("Chi bộ")
    columns = [name for name in COLUMNS if name != "Chi bộ"]
    rows = [_row(start + number) for number in range(count)]
    lines = [[text for place, text in enumerate(row) if place != cell] for row in rows]
    return _entered(installation, keeper, body, [columns, *lines])


def _entered(
    installation: Installation, keeper: User, body: UUID, rows: list[list[str]]
) -> dict[str, float]:
    marks = [time.perf_counter()]
    with installation.database.writing() as session:
        key, here = vault.members_key(session, installation.keys), session.get_one(Body, body)
        kept = services.keep(session, key, rows, body=here, by=keeper)
        session.commit()
        marks.append(time.perf_counter())
        roll = queries.roll_of(session, key, kept, here, by=keeper)
        marks.append(time.perf_counter())
        members = services.made(key, roll, by=keeper)
        session.rollback()
        marks.append(time.perf_counter())
        services.enter(session, roll, members, body=here, by=keeper)
        session.commit()
        marks.append(time.perf_counter())
    if roll.counts() != {Verdict.READY: len(rows) - 1}:
        raise AssertionError(roll.counts())
    names = ("sealing", "looking through", "making events", "writing")
    return dict(zip(names, (b - a for a, b in pairwise(marks)), strict=True))


def _row(number: int) -> list[str]:
    born = FIRST + timedelta(days=number % 18_000)
    admitted = born + 22 * YEAR
    days = [f"{day:%d/%m/%Y}" for day in (born, admitted, admitted + YEAR)]
    cell = f"Chi bộ bản số {number % CELLS}"
    name = f"Lò Văn {chr(ord('A') + number % 26)}{number}"
    own = ["Nam", cell, days[1], days[2], f"{81_000_000 + number}"]
    return [str(number), name, days[0], *own, "Thái", "Xã Suối Ngân, tỉnh Lam Khê", "Nông dân"]


def set_up(session: Session, installation: Installation) -> tuple[User, Body]:
    """Switch the register on for a commune with its cells; return who keeps it, and the commune."""
    person = Person(full_name="Lò Văn Giữ")
    commune = Body(kind=BodyKind.COMMUNE_COMMITTEE, name="Đảng ủy xã")
    session.add_all((person, commune))
    session.flush()
    user = User(person_id=person.id, username="keeper", clearance=AccessLevel.INTERNAL)
    session.add(user)
    session.flush()
    session.add(RoleAssignment(user_id=user.id, role=Role.RECORD_KEEPER, body_id=commune.id))
    session.add_all(
        Body(parent_id=commune.id, kind=BodyKind.CELL, name=f"Chi bộ bản số {number}")
        for number in range(CELLS)
    )
    switch_on(session, installation.keys, number="1-CV/TU", decided_on=date(2026, 1, 2), by=user)
    return user, commune
