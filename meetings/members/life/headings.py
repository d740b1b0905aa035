"""How lists of members call their columns, with and without accents, in any order."""

import re
from collections.abc import Mapping, Sequence

from meetings.intake.fold import words_of

CELL, ADMITTED_ON, OFFICIAL_ON = "cell", "admitted_on", "official_on"
ADMITTED_BY, OFFICIAL_BY = "admission_decision", "official_decision"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("ho va ten dang dung", "ho va ten", "ho ten", "ho va ten dang vien"),
    "birth_name": ("ho va ten khai sinh", "ten khai sinh", "ho ten khai sinh"),
    "aliases": ("ten goi khac bi danh", "bi danh", "ten goi khac"),
    "sex": ("gioi tinh", "nam nu", "phai"),
    "birth_date": ("ngay sinh", "ngay thang nam sinh", "nam sinh", "sinh ngay"),
    "birth_place": ("noi sinh",),
    "home_village": ("que quan",),
    "permanent_address": ("noi thuong tru", "thuong tru", "dia chi thuong tru", "ho khau"),
    "temporary_address": ("noi tam tru", "tam tru", "noi o hien nay", "cho o hien nay"),
    "citizen_id": (
        "so can cuoc cong dan",
        "so can cuoc",
        "can cuoc cong dan",
        "so cccd",
        "cccd",
        "so dinh danh",
        "so dinh danh ca nhan",
        "so cmnd",
    ),
    "ethnicity": ("dan toc",),
    "religion": ("ton giao",),
    "record_number": ("so ly lich", "so ly lich dang vien", "so ho so"),
    "card_number": ("so the dang vien", "so the dang", "so the", "the dang vien"),
    CELL: ("chi bo", "chi bo dang sinh hoat", "to chuc", "to chuc dang", "noi sinh hoat"),
    ADMITTED_ON: ("ngay vao dang", "vao dang ngay", "ngay ket nap", "ngay vao"),
    ADMITTED_BY: ("quyet dinh ket nap", "so quyet dinh ket nap", "qd ket nap"),
    OFFICIAL_ON: (
        "ngay chinh thuc",
        "ngay vao dang chinh thuc",
        "ngay cong nhan chinh thuc",
        "chinh thuc",
    ),
    OFFICIAL_BY: ("quyet dinh chinh thuc", "so quyet dinh chinh thuc", "qd chinh thuc"),
    "sponsors": ("nguoi gioi thieu vao dang", "nguoi gioi thieu"),
    "youth_union_date": ("ngay vao doan",),
    "general_education": ("giao duc pho thong", "trinh do pho thong", "van hoa", "hoc van"),
    "profession": ("chuyen mon nghiep vu", "chuyen mon", "trinh do chuyen mon"),
    "theory": ("ly luan chinh tri", "trinh do ly luan chinh tri", "llct"),
    "languages": ("ngoai ngu tieng dan toc", "ngoai ngu", "trinh do ngoai ngu"),
    "occupation": ("nghe nghiep", "nghe nghiep hien nay", "cong viec", "don vi cong tac"),
    "army_service": ("nhap ngu xuat ngu", "nhap ngu"),
}
"""What a column may hold, and how its heading may say so."""
NEEDED = ("full_name", "birth_date", ADMITTED_ON)
LOOKED_AT, FEWEST = 20, 2
"""Rows among which the headings are looked for, and how many of them must be known."""
_REMARK = re.compile(r"\([^)]*\)")
_MEANT = {spelling: name for name, spellings in HEADINGS.items() for spelling in spellings}


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Return in which column each fact stands; of two columns for the same fact the first."""
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        name = _MEANT.get(_plain(heading))
        if name:
            found.setdefault(name, number)
    return found


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Return which row holds the headings; titles may stand above. The first where none does."""
    known = [len(columns_of(row)) for row in rows[:LOOKED_AT]]
    most = max(known, default=0)
    return known.index(most) if most >= FEWEST else 0


def _plain(heading: str) -> str:
    words = words_of(_REMARK.sub(" ", heading))
    return " ".join("".join(c if c.isalnum() else " " for c in words).split())
