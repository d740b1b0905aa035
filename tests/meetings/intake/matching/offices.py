"""File names as offices write them, drawn from hand-written agendas by a seed."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

from meetings.intake.fold import fold
from meetings.intake.matching import File, Item

AGENDAS = [
    line.split("|")
    for line in Path(__file__).with_name("agendas.txt").read_text(encoding="utf-8").splitlines()
]
SHORT = {
    "báo cáo": "BC",
    "tờ trình": "TTr",
    "kế hoạch": "KH",
    "nghị quyết": "NQ",
    "kết luận": "KL",
    "quyết định": "QĐ",
    "dự thảo": "DT",
    "đề án": "ĐA",
    "quy chế": "QC",
    "kinh tế - xã hội": "KTXH",
    "quốc phòng - an ninh": "QPAN",
    "cải cách hành chính": "CCHC",
    "hệ thống chính trị": "HTCT",
    "xây dựng đảng": "XDĐ",
    "ban chấp hành": "BCH",
    "ban thường vụ": "BTV",
    "ban chỉ đạo": "BCĐ",
    "ngân sách nhà nước": "NSNN",
    "nông thôn mới": "NTM",
    "công nghệ thông tin": "CNTT",
    "đầu tư công": "ĐTC",
    "dân tộc thiểu số": "DTTS",
    "hội đồng nhân dân": "HĐND",
    "phòng chống": "PC",
    "khoa học công nghệ": "KHCN",
    "an ninh trật tự": "ANTT",
}
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
PREFIXES = {
    "none": lambda _number, _: "",
    "dot": lambda number, _: f"{number}. ",
    "padded": lambda number, _: f"{number:02}. ",
    "underscore": lambda number, _: f"{number}_",
    "second": lambda number, draw: f"{number}.{draw.randint(1, 3)}_",
    "letter": lambda number, draw: f"{number}{draw.choice('abc')}-",
    "item": lambda number, _: f"Mục {number} - ",
    "paper": lambda number, _: f"Tài liệu số {number} - ",
    "short": lambda number, _: f"TL{number}_",
    "roman": lambda number, _: f"{ROMAN[number]}. ",
    "its own": lambda _, draw: f"{draw.randint(1, 60):02}-",
    "arrival": lambda _, draw: f"{draw.randint(1, 9)}. ",
    "day": lambda _, draw: f"{draw.randint(1, 28):02}.11.2026 ",
}
ENDS = ("", "", "", " final", "_v2", " (1)", "_ban cuoi", " v3_final", "_signed", " ngay 12-3-2026",
        " 20261105", " (ban trinh)", " - sua lan 2", "_TTTU ky")  # fmt: skip
SUFFIXES = (".pdf", ".docx", ".doc", ".signed.pdf", ".PDF")


@dataclass(frozen=True)
class Pair:
    """A file's name and the item it belongs to; a scan's name says nothing."""

    file: File
    item: str | None


@dataclass(frozen=True)
class Batch:
    """The files that one office sends for one agenda."""

    items: list[Item]
    pairs: list[Pair]


def batches(agendas: list[list[str]], seed: int, size: int) -> list[Batch]:
    """Return so many pairs, an agenda's files together, as a seed draws them."""
    draw, made = random.Random(seed), []
    while sum(len(batch.pairs) for batch in made) < size:
        titles = draw.choice(agendas)
        style = draw.choice(list(PREFIXES))
        items = [Item(id=str(n), number=str(n), title=title) for n, title in enumerate(titles, 1)]
        left = size - sum(len(batch.pairs) for batch in made)
        order = draw.sample(range(1, len(titles) + 1), min(len(titles), left))
        made.append(Batch(items, [_pair(titles, number, style, draw) for number in order]))
    return made


def _pair(titles: list[str], number: int, style: str, draw: random.Random) -> Pair:
    if draw.random() < 0.03:
        name = draw.choice(["scan{:04}.pdf", "IMG_{:04}.jpg", "Document ({}).pdf"])
        return Pair(File(id=name, name=name.format(draw.randint(1, 90))), None)
    name = PREFIXES[style](number, draw) + _titled(titles[number - 1], draw)
    name = name + draw.choice(ENDS) + draw.choice(SUFFIXES)
    if draw.random() < 0.4:
        name = name.replace(" ", "_")
    return Pair(File(id=f"{number}{name}", name=name), str(number))


def _titled(title: str, draw: random.Random) -> str:
    words = title.lower().replace(",", "") if draw.random() < 0.3 else title
    if draw.random() < 0.5:
        for long, short in SHORT.items():
            words = re.sub(long, short, words, flags=re.IGNORECASE)
    parts = words.split()
    if draw.random() < 0.3 and parts[0].lower() in {"báo", "tờ", "bc", "ttr"}:
        place = 1 if parts[0].isupper() or parts[0] == "TTr" else 2
        parts[place:place] = ["số", f"{draw.randint(1, 90):02}", draw.choice(["về", "v/v", ""])]
    if draw.random() < 0.35 and len(parts) > 6:
        parts = parts[: draw.randint(5, 7)]
    words = " ".join(part for part in parts if part).replace("/", "-")
    return _bare(words) if draw.random() < 0.6 else words


def _bare(words: str) -> str:
    """Return words without accents, capitals as they were."""
    return "".join(
        small.upper() if letter.isupper() else small
        for letter, small in zip(words, fold(words), strict=True)
    )
