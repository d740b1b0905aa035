"""What happened to a fictional member, from admission on, and in the last ten years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from meetings.demo.crowd.dice import Dice
from meetings.demo.members import (
    EDUCATIONS,
    FAMILIES,
    MIDDLES,
    OCCUPATIONS,
    PEOPLES,
    PROFESSIONS,
    THEORIES,
    YEAR,
)
from meetings.members.life.party_age import LEVELS, days_of_award, years_later
from meetings.members.records.services import Draft
from meetings.models import EventKind

YEARS, SEED, GONE = 10, 2026, 13
"""How far back the events reach; what is thrown follows from it; one in so many has gone."""
GIVEN_A = ("Ánh", "Bình", "Chung", "Dũng", "Đào", "Giang", "Hạnh", "Hoa", "Khánh", "Lan", "Mai")
GIVEN_N = ("Nam", "Nghĩa", "Oanh", "Phượng", "Quân", "Sơn", "Tâm", "Thủy", "Tuấn", "Vân", "Yến")
GIVEN = (*GIVEN_A, *GIVEN_N)
MIDDLE = (*MIDDLES, "Thị Hồng", "Quang", "Xuân", "Ngọc", "Hữu", "Thị Kim", "Trọng")
FAMILY = (*FAMILIES, "Trần", "Lê", "Phạm", "Bùi", "Giàng", "Sùng", "Mùa", "Vàng", "Cầm", "Bạc")
RATINGS = ("excellent", "good", "good", "good", "fulfilled", "fulfilled")
LEAVING = (EventKind.DIED, EventKind.DIED, EventKind.TRANSFERRED_OUT, EventKind.STRUCK_OFF)
AWARDS = ("Giấy khen của Đảng ủy xã", "Bằng khen của Tỉnh ủy")
OLDEST, YOUNGEST, RETIRED = 88, 22, 62


@dataclass(frozen=True)
class Place:
    """Where a member is: the cell, and those beside it to which one may move."""

    cell: UUID
    beside: Sequence[UUID]


def years_ago(today: date) -> date:
    """Return the day from which on everything is recorded."""
    return years_later(today, -YEARS)


def life(number: int, place: Place, today: date) -> list[Draft]:
    """Return what happened to a member until a day, in order."""
    dice = Dice(SEED, number)
    born = dice.day(years_later(today, -OLDEST), years_later(today, -YOUNGEST))
    youngest = years_later(born, 20)
    admitted = dice.day(youngest, min(years_later(born, 34), today - timedelta(days=30)))
    start = max(years_ago(today), admitted)
    until = dice.day(start, today) if number % GONE == 0 else today
    told = [
        Draft(EventKind.REGISTERED, start, place.cell, facts=_facts(dice, number, born, today)),
        Draft(EventKind.ADMITTED, admitted, decision=f"{dice.of(900) + 1}-QĐ/TU"),
        *_card(dice, number, admitted, until),
        *_badges(admitted, until),
        *_years(dice, start, until),
        *_sometimes(dice, place, start, until),
    ]
    if number % GONE == 0:
        told.append(_end(dice, until))
    return sorted(told, key=lambda draft: draft.on)


def _card(dice: Dice, number: int, admitted: date, until: date) -> Iterator[Draft]:
    official = admitted + YEAR
    if official < until:
        yield Draft(EventKind.MADE_OFFICIAL, official, decision=f"{dice.of(900) + 1}-QĐ/TU")
        card = {"card_number": f"{81_200_000 + number}"}
        yield Draft(EventKind.CARD_ISSUED, official, decision="Đợt phát thẻ", facts=card)


def _badges(admitted: date, until: date) -> Iterator[Draft]:
    """Yield the badges, each on the first day of award after its years are full."""
    for level in LEVELS:
        [day] = days_of_award(years_later(admitted, level), 1)
        if day < until:
            fact = {"badge": str(level)}
            yield Draft(EventKind.BADGE_AWARDED, day, decision="Quyết định tặng", facts=fact)


def _years(dice: Dice, start: date, until: date) -> Iterator[Draft]:
    """Yield the rating at the end of each year."""
    for year in range(start.year, until.year + 1):
        day = date(year, 12, 15)
        if start < day < until:
            rated = {"period": str(year), "rating": dice.among(RATINGS)}
            yield Draft(EventKind.RATED, day, facts=rated)


def _sometimes(dice: Dice, place: Place, start: date, until: date) -> Iterator[Draft]:
    """Yield what happens to some: moves, commendations, courses, discipline."""
    if place.beside and dice.falls(8):
        there = dice.among(place.beside)
        yield Draft(EventKind.MOVED, dice.day(start + timedelta(days=1), until), there, "Thông báo")
    if dice.falls(12):
        award = {"award": dice.among(AWARDS)}
        yield Draft(EventKind.COMMENDED, dice.day(start, until), decision="Quyết định", facts=award)
    if dice.falls(6):
        course = {"course": "Trung cấp lý luận chính trị"}
        yield Draft(EventKind.TRAINED, dice.day(start, until), facts=course)
    if dice.falls(1):
        penalty = {"penalty": "reprimand", "reason": "Vi phạm quy định của địa phương"}
        yield Draft(
            EventKind.DISCIPLINED, dice.day(start, until), decision="Quyết định", facts=penalty
        )


def _end(dice: Dice, until: date) -> Draft:
    kind = dice.among(LEAVING)
    facts = {
        EventKind.TRANSFERRED_OUT: {"elsewhere": "Đảng bộ tỉnh khác"},
        EventKind.STRUCK_OFF: {"reason": "Bỏ sinh hoạt đảng"},
    }
    decision = "" if kind is EventKind.DIED else "Quyết định"
    return Draft(kind, until, decision=decision, facts=facts.get(kind, {}))


def _facts(dice: Dice, number: int, born: date, today: date) -> dict[str, str]:
    name = f"{dice.among(FAMILY)} {dice.among(MIDDLE)} {dice.among(GIVEN)}"
    retired = years_later(born, RETIRED) < today
    return {
        "full_name": name,
        "birth_name": name,
        "sex": "female" if "Thị" in name else "male",
        "birth_date": born.isoformat(),
        "home_village": "Tỉnh Lam Khê",
        "occupation": "Cán bộ hưu trí" if retired else dice.among(OCCUPATIONS),
        "general_education": dice.among(EDUCATIONS),
        "profession": dice.among(PROFESSIONS),
        "theory": dice.among(THEORIES),
        "record_number": f"{200_000 + number:06} LK",
        "citizen_id": f"014{born.year % 1000:03}{number:06}",
        "ethnicity": dice.among(PEOPLES),
        "religion": "Không",
    }
