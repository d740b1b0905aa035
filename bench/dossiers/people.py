"""People, places and days for dossiers; none of them exists."""

import datetime as dt
from dataclasses import dataclass
from random import Random

SURNAMES = ("Nguyễn", "Trần", "Lò", "Lường", "Quàng", "Hoàng", "Phạm", "Vì", "Cầm", "Đinh", "Bùi")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Ngọc", "Xuân", "Thanh", "Quốc", "Thu", "Hữu")
GIVEN = ("An", "Bình", "Chiến", "Dung", "Giang", "Hạnh", "Khánh", "Lan", "Mạnh", "Nga", "Phúc",
         "Quyên", "Sơn", "Thảo", "Tuyết", "Vinh", "Yên")  # fmt: skip
COMMUNES = ("Mường Lạn", "Chiềng Sa", "Nà Hạ", "Phiêng Lương", "Tà Mung", "Bản Pọng", "Suối Lừa")
CELLS = ("Trường Tiểu học {c}", "Trạm Y tế {c}", "bản Nà Lốc", "bản Huổi Men", "Cơ quan xã {c}",
         "tiểu khu 4", "Hợp tác xã Nông nghiệp {c}", "Công an xã {c}")  # fmt: skip
WORK = ("giáo viên", "y sĩ", "cán bộ văn phòng", "làm ruộng", "bộ đội", "kế toán", "công an xã")


@dataclass(frozen=True)
class Person:
    """A member, the bodies around and the numbers of the papers."""

    name: str
    born: dt.date
    citizen_id: str
    card_number: str
    record_number: str
    commune: str
    cell: str
    work: str
    admitted: dt.date


def day(chance: Random, first: int, last: int) -> dt.date:
    """Return any day of these years."""
    return dt.date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))


def name(chance: Random) -> str:
    """Return a person's name."""
    return " ".join(map(chance.choice, (SURNAMES, MIDDLE, GIVEN)))


def person(chance: Random) -> Person:
    """Return a person."""
    commune = chance.choice(COMMUNES)
    born = day(chance, 1945, 1990)
    return Person(
        name=name(chance),
        born=born,
        citizen_id="0" + "".join(chance.choices("0123456789", k=11)),
        card_number="".join(chance.choices("0123456789", k=8)),
        record_number="".join(chance.choices("0123456789", k=6)) + " SL",
        commune=commune,
        cell=chance.choice(CELLS).format(c=commune),
        work=chance.choice(WORK),
        admitted=day(chance, born.year + 20, born.year + 34),
    )


def spelt(date: dt.date) -> str:
    """Return a day as papers spell it."""
    return f"ngày {date.day:02d} tháng {date.month:02d} năm {date.year}"
