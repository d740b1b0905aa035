"""Fictional members of a fictional commune, for the register to show something."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from meetings import vault
from meetings.demo.furnishing import Furnishing
from meetings.members.module import services as module
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.models import Body, BodyKind, EventKind, Role, RoleAssignment

PROVINCE, COMMUNE, APPROVAL = "tinh-uy", "xa-suoi-ngan", "215-CV/TU"
CELLS = ("Chi bộ bản Nà Lốc", "Chi bộ bản Phiêng Ban", "Chi bộ cơ quan xã Suối Ngân")
FAMILIES = ("Lò", "Quàng", "Cà", "Vì", "Tòng", "Hoàng", "Nguyễn", "Đèo")
MIDDLES = ("Văn", "Thị", "Minh", "Thị Thanh", "Đức")
GIVEN = ("Ánh", "Bình", "Chung", "Dũng", "Đào", "Hạnh", "Lan", "Nghĩa", "Phượng", "Quân", "Tâm")
OCCUPATIONS = ("Nông dân", "Giáo viên", "Công chức xã", "Cán bộ hưu trí", "Y sĩ")
EDUCATIONS = ("12/12", "10/10", "12/12", "9/12")
PROFESSIONS = ("", "Đại học Sư phạm", "Đại học Luật", "Trung cấp Nông lâm", "Cao đẳng Y tế")
THEORIES = ("none", "elementary", "intermediate", "advanced")
PEOPLES = ("Thái", "Kinh", "Mông", "Mường")
MANY, COMMENDED = 48, 9
YEAR = timedelta(days=365)


def enter(furnishing: Furnishing) -> None:
    """Switch the register on by a fictional approval, and enter some dozens of members."""
    session, keeper = furnishing.session, furnishing.secretary
    commune = furnishing.bodies[COMMUNE]
    approved = furnishing.today - timedelta(days=30)
    module.switch_on(session, furnishing.keys, number=APPROVAL, decided_on=approved, by=keeper)
    session.add(
        RoleAssignment(
            user_id=keeper.id, role=Role.RECORD_KEEPER, body_id=furnishing.bodies[PROVINCE].id
        )
    )
    cells = [_cell(furnishing, commune, name) for name in CELLS]
    key = vault.members_key(session, furnishing.keys)
    for number, name in enumerate(_names()):
        cell = cells[number % len(cells)]
        records.enter(session, key, list(_life(number, name, cell, furnishing.today)), by=keeper)


def _cell(furnishing: Furnishing, commune: Body, name: str) -> Body:
    cell = Body(parent_id=commune.id, kind=BodyKind.CELL, name=name, opened_on=date(2025, 7, 1))
    furnishing.session.add(cell)
    furnishing.session.flush()
    return cell


def _names() -> Iterator[str]:
    """Yield full names, each once, in no order that anybody would notice."""
    every = list(product(FAMILIES, MIDDLES, GIVEN))
    step = 37  # shares no factor with their number
    yield from (" ".join(every[number * step % len(every)]) for number in range(MANY))


def _life(number: int, name: str, cell: Body, today: date) -> Iterator[Draft]:
    """Yield what happened to a member; the last ones are probationary."""
    born = date(1960 + number, 1 + number % 12, 1 + number % 27)
    admitted = born + (20 + number % 7) * YEAR
    if admitted > today - YEAR:
        admitted = today - timedelta(days=40 + number)
    facts = _facts(number, name, born)
    yield Draft(EventKind.REGISTERED, cell.opened_on or today, cell.id, facts=facts)
    yield Draft(EventKind.ADMITTED, admitted, decision=f"{100 + number}-QĐ/HU")
    official = admitted + YEAR
    if official > today:
        return
    yield Draft(EventKind.MADE_OFFICIAL, official, decision=f"{200 + number}-QĐ/HU")
    card = {"card_number": f"8100{4200 + number}"}
    yield Draft(EventKind.CARD_ISSUED, official, decision="Đợt 19/5", facts=card)
    if number < len(CELLS):
        post = {"post": "Bí thư chi bộ"}
        yield Draft(EventKind.POST_GIVEN, today - YEAR / 4, decision="12-QĐ/ĐU", facts=post)
    if number % COMMENDED == 0:
        award = {"award": "Giấy khen của Đảng ủy xã"}
        yield Draft(EventKind.COMMENDED, today - YEAR / 5, decision="33-QĐ/ĐU", facts=award)


def _facts(number: int, name: str, born: date) -> dict[str, str]:
    return {
        "full_name": name,
        "birth_name": name,
        "sex": "female" if "Thị" in name else "male",
        "birth_date": born.isoformat(),
        "home_village": "Xã Suối Ngân, tỉnh Lam Khê",
        "occupation": OCCUPATIONS[number % len(OCCUPATIONS)],
        "general_education": EDUCATIONS[number % len(EDUCATIONS)],
        "profession": PROFESSIONS[number % len(PROFESSIONS)],
        "theory": THEORIES[number % len(THEORIES)],
        "record_number": f"{120300 + number:06} LK",
        "citizen_id": f"0140{born.year % 100:02}{number:06}",
        "ethnicity": PEOPLES[number % len(PEOPLES)],
        "religion": "Không",
        "family": "Đã xây dựng gia đình; có hai con.",
    }
