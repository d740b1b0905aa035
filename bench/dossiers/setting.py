"""Set lines on sheets: where every line of a paper stands, for a typesetter or to be read."""

from dataclasses import dataclass, field
from random import Random

MM_A_POINT = 0.3528
LETTER_WIDTH = 0.47  # of the size of the type, for small letters of a serif face
CAPITAL_WIDTH = 0.68
LEADING = 1.45
SIZES = {"A4": (210, 297), "A5": (148, 210), "half": (210, 148), "old": (190, 270)}
SPREAD = (297, 210)


@dataclass(frozen=True)
class Piece:
    """A run of words on a line: its left edge and baseline in millimetres, its type."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    hand: bool = False

    @property
    def width(self) -> float:
        """Return about how wide the piece is, in millimetres."""
        return width_of(self.text, self.size)


@dataclass
class Sheet:
    """A side of a sheet, with what stands on it and where it is stamped."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    stamps: list[tuple[float, float, str]] = field(default_factory=list)
    """Middle in millimetres, and the colour."""


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is, in millimetres."""
    capitals = sum(letter.isupper() for letter in text)
    share = LETTER_WIDTH * (len(text) - capitals) + CAPITAL_WIDTH * capitals
    return size * MM_A_POINT * share


class Setter:
    """A cursor that goes down sheets of one size and begins a new one where one is full."""

    def __init__(self, chance: Random, size: str = "A4") -> None:
        self.chance = chance
        self.width, self.height = SIZES[size]
        small = self.width < SIZES["old"][0]
        self.left, self.right = (14.0, 12.0) if small else (30.0, 16.0)
        self.size = 10.5 if small else chance.choice((13.0, 13.5, 14.0))
        self.numbers = chance.choice(("top", "top", "bottom", "none", "dashed"))
        self.sheets: list[Sheet] = []
        self.turn_over()

    @property
    def sheet(self) -> Sheet:
        """Return the sheet that is being filled."""
        return self.sheets[-1]

    @property
    def step(self) -> float:
        """Return how far lines are apart."""
        return self.size * MM_A_POINT * LEADING

    def turn_over(self) -> None:
        """Begin a new side, numbered from the second on as the paper does it."""
        self.sheets.append(Sheet(self.width, self.height))
        self.y = 18.0
        if len(self.sheets) > 1 and self.numbers != "none":
            text = f"- {len(self.sheets)} -" if self.numbers == "dashed" else str(len(self.sheets))
            y = self.height - 9 if self.numbers == "bottom" else 10.0
            self._put(text, self.width / 2 - 2, y, size=self.size)

    def room(self, lines: float) -> None:
        """Begin a new side unless so many lines still find room."""
        if self.y + lines * self.step > self.height - 15:
            self.turn_over()

    def skip(self, lines: float = 1.0) -> None:
        """Leave lines free."""
        self.y += lines * self.step

    def heads(self, left: list[str], right: list[str]) -> None:
        """Set a letterhead of two columns."""
        size = self.size - (0.5 if self.width > 180 else 2.0)
        for column, middle in ((left, 0.29), (right, 0.7)):
            for at, text in enumerate(column):
                middle_mm = middle * self.width
                x = middle_mm - width_of(text, size) / 2
                self._put(text, max(5, x), self.y + at * self.step, size=size, bold=at > 0)
        self.skip(max(len(left), len(right)) + 0.7)

    def corner(self, text: str) -> None:
        """Set the mark of a form in the right corner."""
        size = self.size - 3
        x = self.width - self.right - width_of(text, size)
        self._put(text, x, 10.0, size=size)

    def title(
        self, *lines: str, size: float = 1.0, plain: bool = False, hand: bool = False
    ) -> None:
        """Set a title in the middle: its first line as it is written, the others in small."""
        for at, text in enumerate(lines):
            points = self.size + (size if at == 0 else 0)
            for part in self._wrapped(text, points, self.width - 40):
                self.room(1)
                x = (self.width - width_of(part, points)) / 2
                self._put(part, x, self.y, size=points, bold=not plain and not hand, hand=hand)
                self.skip(1.15)
        self.skip(0.5)

    def right_line(self, text: str) -> None:
        """Set a line in the right half."""
        self.room(1)
        x = max(self.left, self.width * 0.72 - width_of(text, self.size) / 2)
        self._put(text, x, self.y, size=self.size, italic=True)
        self.skip()

    def text(self, text: str, *, hand: bool = False) -> None:
        """Set a paragraph."""
        lines = self._wrapped(text, self.size, self.width - self.left - self.right - 8)
        for at, part in enumerate(lines):
            self.room(1)
            x = self.left + (8.0 if at == 0 else 0.0)
            self._put(part, x, self.y, size=self.size, hand=hand)
            self.skip()

    def blank_to_fill(self, label: str, value: str) -> None:
        """Set the label of a form's field and what somebody wrote after it."""
        self.room(1)
        start = f"{label}: "
        self._put(start.strip(), self.left, self.y, size=self.size)
        x = self.left + width_of(start, self.size)
        for part in self._wrapped(value, self.size, self.width - self.right - x):
            self.room(1)
            self._put(part, x, self.y, size=self.size, hand=True)
            self.skip()
            x = self.left + 4

    def signed(self, left: list[str], right: list[str]) -> None:
        """Set who receives the paper and who signs it, and stamp it."""
        self.room(6)
        top = self.y
        for at, text in enumerate(left):
            self._put(text, self.left, top + at * self.step, size=self.size - 2, italic=at == 0)
        for at, text in enumerate([*right[:-1], *([""] * 3), right[-1]]):
            if text:
                x = self.width * 0.72 - width_of(text, self.size) / 2
                self._put(text, x, top + at * self.step, size=self.size, bold=True)
        self.sheet.stamps.append((self.width * 0.62, top + 3 * self.step, "red"))
        self.y = top + max(len(left), len(right) + 3) * self.step

    def stamp(self, colour: str = "red") -> None:
        """Stamp what was set last."""
        x = self.width * self.chance.uniform(0.35, 0.6)
        self.sheet.stamps.append((x, self.y - 2 * self.step, colour))

    def _wrapped(self, text: str, size: float, room: float) -> list[str]:
        lines: list[str] = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and width_of(longer, size) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _put(self, text: str, x: float, y: float, **look: float) -> None:
        self.sheet.pieces.append(Piece(text, x, y, **look))
