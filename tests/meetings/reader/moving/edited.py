"""Pairs of a paper and its edited version, of which each word is known; no real document."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from meetings.models import NoteKind
from meetings.reader.moving.placing import rects
from meetings.reader.moving.strokes import SIDE, line_of
from meetings.reader.moving.words import Box, Text

TOPICS = (
    "tỉnh ủy ban thường vụ dự toán ngân sách đầu tư công giải ngân kế hoạch xã phường rừng",
    "giao đất tổ chức thực hiện báo cáo kết quả cán bộ đảng viên nghị quyết chương trình hội nghị",
    "kinh tế văn hóa giáo dục y tế nông thôn mới hạ tầng giao thông chuyển đổi số cải cách",
)
SYLLABLES = [word for topic in TOPICS for word in topic.split()]
PHRASES = (
    "giao Sở Tài chính chủ trì phối hợp với các sở ban ngành liên quan",
    "báo cáo Ban Thường vụ Tỉnh ủy xem xét cho ý kiến",
    "trong quá trình thực hiện nếu có vướng mắc",
    "chịu trách nhiệm trước Ban Thường vụ Tỉnh ủy",
)
LINES, LEFT, RIGHT, HIGH = 36, 0.14, 0.9, 0.016


@dataclass(frozen=True)
class Known:
    """A word that is told from all others by its number."""

    number: int
    text: str


class Writer:
    """Writes papers and edits them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._numbers = iter(range(10**9))

    def known(self, text: str) -> list[Known]:
        return [Known(next(self._numbers), word) for word in text.split()]

    def paragraph(self) -> list[Known]:
        chance = self.chance
        parts = []
        for _ in range(chance.randint(2, 5)):
            if chance.random() < 0.35:
                parts.append(chance.choice(PHRASES))
            parts.append(" ".join(chance.choices(SYLLABLES, k=chance.randint(5, 18))))
            parts.append(f"{chance.randint(1, 400)} tỷ đồng")
        return self.known(", ".join(parts) + ".")

    def paper(self) -> list[list[Known]]:
        return [self.paragraph() for _ in range(self.chance.randint(12, 30))]

    def edited(self, paper: Sequence[list[Known]]) -> list[list[Known]]:
        """Change words, sentences and paragraphs as offices do between two drafts."""
        chance = self.chance
        made = [self._words_changed(one) if chance.random() < 0.4 else list(one) for one in paper]
        for _ in range(chance.randint(0, 3)):
            made.insert(chance.randrange(len(made)), self.paragraph())
        for _ in range(chance.randint(0, 2)):
            made.pop(chance.randrange(len(made)))
        if chance.random() < 0.4:
            moved = made.pop(chance.randrange(len(made)))
            made.insert(chance.randrange(len(made)), moved)
        return made

    def _words_changed(self, words: Sequence[Known]) -> list[Known]:
        made = list(words)
        for _ in range(self.chance.randint(1, 4)):
            at = self.chance.randrange(len(made))
            deed = self.chance.choice(("change", "drop", "add", "number"))
            if deed == "drop" and len(made) > 5:
                del made[at : at + self.chance.randint(1, 4)]
            elif deed == "add":
                made[at:at] = self.known(" ".join(self.chance.choices(SYLLABLES, k=3)))
            else:
                word = str(self.chance.randint(1, 400)) if deed == "number" else "sửa"
                made[at : at + 1] = self.known(word)
        return made


@dataclass(frozen=True)
class Laid:
    """A paper on pages, with the number of each word."""

    text: Text
    numbers: list[list[int]]


def lay(paper: Sequence[Sequence[Known]]) -> Laid:
    """Set a paper in lines and pages."""
    pages: list[list[Box]] = [[]]
    numbers: list[list[int]] = [[]]
    line = 0
    for paragraph in paper:
        x = LEFT + 0.04
        for word in paragraph:
            wide = 0.011 * len(word.text)
            if x + wide > RIGHT:
                x, line = LEFT, line + 1
            if line >= LINES:
                pages.append([])
                numbers.append([])
                line = 0
            box = Box(word.text, round(x, 4), round(0.08 + line * HIGH * 1.5, 4), wide, HIGH)
            pages[-1].append(box)
            numbers[-1].append(word.number)
            x += wide + 0.008
        line += 1
    return Laid(Text(pages), numbers)


@dataclass(frozen=True)
class Mark:
    """A note, and the numbers of the words that it is about."""

    kind: NoteKind
    page: int
    shape: dict
    quote: str
    about: tuple[int, ...]
    drawn: str = ""


def marks(laid: Laid, chance: random.Random) -> Iterator[Mark]:
    """Yield marks of every kind on a paper."""
    for index, words in enumerate(laid.text.pages):
        for drawn, longest in (
            ("highlight", 12),
            ("underline", 6),
            ("circle", 3),
            ("highlight", 3),
        ):
            start = chance.randrange(max(1, len(words) - longest))
            yield _mark(laid, index, drawn, start, start + chance.randint(1, longest))
        yield _margin(laid, index, chance)


def _mark(laid: Laid, index: int, drawn: str, start: int, end: int) -> Mark:
    words = laid.text.pages[index]
    taken = [word for word in words[start:end] if drawn == "highlight" or word.y == words[start].y]
    about = tuple(laid.numbers[index][start : start + len(taken)])
    quote = " ".join(word.text for word in taken)
    kind = NoteKind.HIGHLIGHT if drawn == "highlight" else NoteKind.INK
    if drawn == "highlight":
        shape = {"from": start, "to": start + len(taken) - 1, "rects": rects(taken)}
    else:
        shape = {"lines": [line_of(_stroke(drawn, taken))], "color": "red"}
    return Mark(kind, index + 1, shape, quote, about, drawn)


def _stroke(drawn: str, taken: Sequence[Box]) -> list[tuple[float, float]]:
    left, right, top, bottom = taken[0].x, taken[-1].right, taken[0].y, taken[0].bottom
    if drawn == "underline":
        step = (right - left) / 12
        return [(left + step * n, bottom + 0.002 * (n % 2)) for n in range(13)]
    sides = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    grow = 0.003
    return [
        (x + (grow if x == right else -grow), y + (grow if y == bottom else -grow))
        for x, y in sides
    ]


def _margin(laid: Laid, index: int, chance: random.Random) -> Mark:
    words = laid.text.pages[index]
    first = chance.randrange(max(1, len(words) - 30))
    top, bottom = words[first].y, words[min(first + 20, len(words) - 1)].bottom
    inside = [at for at, word in enumerate(words) if top <= word.y and word.bottom <= bottom]
    stroke = [(0.08, top + (bottom - top) * n / 8) for n in range(9)]
    about = tuple(laid.numbers[index][at] for at in inside)
    return Mark(NoteKind.INK, index + 1, {"lines": [line_of(stroke)]}, "", about, "margin")


def spot_of(numbers: Sequence[Sequence[int]], about: Sequence[int]) -> tuple[int, int] | None:
    """Return page and place of words that stand together, all and in order; else None."""
    for page, listed in enumerate(numbers, 1):
        if about[0] in listed:
            at = listed.index(about[0])
            return (page, at) if tuple(listed[at : at + len(about)]) == tuple(about) else None
    return None


__all__ = ["SIDE", "Known", "Laid", "Mark", "Writer", "lay", "marks", "replace", "spot_of"]
