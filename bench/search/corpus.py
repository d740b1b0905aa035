"""Make papers of any number from a folder of public legal texts, the same ones each time.

A paper is a run of neighbouring paragraphs, so it has a subject, after a first sentence with its
number, date and a name; one to forty pages of four hundred words, long ones rarer than short ones.
"""

import gzip
import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WORDS_A_PAGE = 400
GROUPS = 40
SPREAD = 0.9
KINDS = {
    "NQ": "Nghị quyết", "KL": "Kết luận", "QĐ": "Quyết định", "CT": "Chỉ thị", "BC": "Báo cáo",
    "TTr": "Tờ trình", "TB": "Thông báo", "KH": "Kế hoạch", "CV": "Công văn", "HD": "Hướng dẫn",
}  # fmt: skip
ISSUERS = ("TU", "BTVTU", "UBND", "HĐND", "BTCTU", "UBKTTU", "BTGTU", "VPTU", "STC", "SNV", "HU")
SUBJECTS = (
    "cải cách hành chính", "chuyển đổi số", "xây dựng nông thôn mới", "công tác cán bộ",
    "phát triển kinh tế tập thể", "bảo vệ môi trường", "giảm nghèo bền vững", "quản lý đất đai",
    "giải phóng mặt bằng", "đầu tư công", "an sinh xã hội", "kiểm tra, giám sát", "y tế cơ sở",
    "an toàn giao thông", "giáo dục và đào tạo", "ngân sách nhà nước", "thi đua, khen thưởng",
)  # fmt: skip
FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Giàng", "Lò", "Tẩn",
)  # fmt: skip
MIDDLES = (
    "Văn", "Thị", "Đức", "Minh", "Quang", "Thanh", "Hữu", "Ngọc", "Xuân", "Thu",
    "Hồng", "Công", "Đình",
)  # fmt: skip
GIVEN = (
    "An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Hạnh", "Hoa", "Hùng", "Lan",
    "Long", "Mai", "Nam", "Phong", "Sơn", "Tâm", "Yến",
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """Hold a paper as every engine is given it; the day is yyyymmdd."""

    id: str
    number: str
    kind: str
    day: int
    groups: tuple[int, ...]
    title: str
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the title and all pages."""
        return "\n".join((self.title, *self.pages))


def paragraphs(folder: Path) -> list[list[str]]:
    """Return the words of each distinct paragraph of the texts in a folder, in their order."""
    found: dict[str, None] = {}
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                found.update(dict.fromkeys(json.loads(line)["text"].split("\n")))
    return [words for text in found if 8 <= len(words := text.split()) <= 220]


def papers(folder: Path, count: int, mean_pages: float) -> Iterator[Paper]:
    """Yield papers; the first ones are the same whatever the count."""
    chance = random.Random(20)
    source = paragraphs(folder)
    middle = math.log(mean_pages) - SPREAD**2 / 2
    for at in range(count):
        pages = min(40, max(1, round(chance.lognormvariate(middle, SPREAD))))
        yield _paper(chance, source, at, pages)


def _paper(chance: random.Random, source: list[list[str]], at: int, pages: int) -> Paper:
    day = date(1997, 1, 1) + timedelta(days=int(10_500 * chance.random() ** 0.6))
    kind, subject = chance.choice(list(KINDS)), chance.choice(SUBJECTS)
    number = _number(chance, kind, day.year)
    title = f"{KINDS[kind]} về {subject} giai đoạn {day.year}-{day.year + 5}"
    earlier = _number(chance, chance.choice(list(KINDS)), day.year - 1)
    words = (
        f"Số {number} ngày {day.day}/{day.month}/{day.year}. Căn cứ văn bản số {earlier};".split()
    )
    needed = pages * WORDS_A_PAGE - chance.randint(0, WORDS_A_PAGE // 2)
    place = chance.randrange(len(source))
    while len(words) < needed:
        words += source[place]
        place = (
            (place + 1) % len(source) if chance.random() < 0.97 else chance.randrange(len(source))
        )
        if chance.random() < 0.02:
            project = f"phụ trách dự án DA{chance.randrange(10**6):06}."
            words += f"Giao đồng chí {_name(chance)} {project}".split()
    cut = [words[start : start + WORDS_A_PAGE] for start in range(0, needed, WORDS_A_PAGE)]
    groups = chance.sample(range(1, GROUPS), chance.choice((1, 1, 2, 3, 5, 8)))
    groups += [0] if chance.random() < 0.3 else []
    texts = tuple(" ".join(page) for page in cut)
    return Paper(f"{at:08}", number, kind, int(f"{day:%Y%m%d}"), tuple(groups), title, texts)


def _number(chance: random.Random, kind: str, year: int) -> str:
    issuer, place = chance.choice(ISSUERS), chance.randint(1, 2500)
    if issuer.endswith("U"):
        return f"{place:02}-{kind}/{issuer}"
    return (
        f"{place}/{year}/{kind}-{issuer}" if chance.random() < 0.25 else f"{place}/{kind}-{issuer}"
    )


def _name(chance: random.Random) -> str:
    return " ".join(chance.choice(part) for part in (FAMILIES, MIDDLES, GIVEN))
