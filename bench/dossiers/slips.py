"""Read a dossier as a recogniser would, without pictures: fast, and with its slips."""

from collections.abc import Iterator
from random import Random

from bench.dossiers.dossier import Dossier, Side
from bench.dossiers.setting import MM_A_POINT, Piece, width_of
from meetings.intake.dossiers import DossierPage
from meetings.intake.prepared import Word

POINTS = 72 / 25.4
ALIKE = {
    "a": "áàoe", "à": "ả", "ã": "Z2", "e": "êéo", "o": "ôóơc", "u": "ưúủn", "i": "ỉíịĩl/", "d": "đ",
    "đ": "d", "l": "/i1", "n": "rmu", "m": "rn", "h": "ibf2", "c": "e", "g": "»q", "p": "?",
    "t": "cf", "ể": "ế", "ổ": "ố", "ạ": "a", "Đ": "D", "Ư": "U", "Ấ": "A", "Ế": "E", "Ề": "Ê",
    "Ộ": "O", "Ẩ": "Ấ", "Ả": "Á", "V": "Y", "Y": "V", "S": "5", "O": "0", "I": "l", "B": "8",
    "G": "C", "T": "7", "/": "⁄", "1": "7", "0": "2o", "8": "63", "-": "~", ",": ".", ".": ",",
}  # fmt: skip
"""What our recogniser took letters for on our own pictures, and what it is known to."""
PRINTED, WRITTEN, STAMPED = 0.005, 0.12, 0.22
"""How often a letter is misread: printed, by hand, and under a stamp."""
LOST, LOST_CAPITALS, LOST_LINE = 0.012, 0.035, 0.008
JOINED, SPLIT = 0.008, 0.004
STAMP_RADIUS = 17.0
DEBRIS = ("|", "—", ".", "~", "ˆ", "“", "_", "l", "¡", "sứ", "ee", "TT")


def read(dossier: Dossier) -> Iterator[DossierPage]:
    """Yield the pages of a dossier as they are read."""
    chance = Random(dossier.seed * 7919)
    for number, side in enumerate(dossier.sides, 1):
        words = list(_words(chance, side))
        lines: dict[float, list[str]] = {}
        for word in words:
            lines.setdefault(round(word.y, 2), []).append(word.text)
        yield DossierPage(
            number=number,
            text="\n".join(" ".join(lines[y]) for y in sorted(lines)),
            words=words,
            width=side.sheet.width * POINTS,
            height=side.sheet.height * POINTS,
            blank=side.is_blank and not side.shows_through,
        )


def _words(chance: Random, side: Side) -> Iterator[Word]:
    sheet = side.sheet
    slant = side.skew / 57.3
    rate = 0.5 + 1.5 * side.noise
    for piece in sheet.pieces:
        stamped = any(
            abs(piece.y - y) < STAMP_RADIUS * 0.8 and colour == "blue"
            for _x, y, colour in sheet.stamps
        )
        lost = LOST_CAPITALS if piece.text.isupper() else LOST
        if chance.random() < LOST_LINE:
            continue
        x = piece.x
        for text in _read(chance, piece, rate):
            wide = width_of(text, piece.size)
            shown = _misread(chance, text, STAMPED) if stamped else text
            if shown and chance.random() > (0.2 if stamped else lost * rate):
                yield _word(shown, x, piece.y + slant * x, wide, piece.size, side)
            x += wide + piece.size * MM_A_POINT * 0.25
    if side.folio is not None:
        yield _word(str(side.folio), sheet.width - 16, 8, 5, 12, side)
    for _ in range(chance.randint(0, round(3 * side.noise)) if sheet.pieces else
                   chance.randint(1, 6) * side.shows_through):  # fmt: skip
        x, y = chance.uniform(2, sheet.width - 10), chance.uniform(2, sheet.height - 6)
        yield _word(chance.choice(DEBRIS), x, y, 4, 10, side)


def _read(chance: Random, piece: Piece, rate: float) -> list[str]:
    """Return the words of a piece, some of them run together, broken or misread."""
    words: list[str] = []
    for word in piece.text.split():
        text = _misread(chance, word, (WRITTEN if piece.hand else PRINTED) * rate)
        if words and chance.random() < JOINED * rate:
            words[-1] += text
        elif len(text) > 4 and chance.random() < SPLIT * rate:
            words += [text[:2], text[2:]]
        else:
            words.append(text)
    return words


def _misread(chance: Random, word: str, rate: float) -> str:
    letters = []
    for letter in word:
        if chance.random() >= rate:
            letters.append(letter)
        elif chance.random() < 0.8:
            letters.append(chance.choice(ALIKE.get(letter, letter + "|.t")))
    return "".join(letters)


def _word(text: str, x: float, y: float, wide: float, size: float, side: Side) -> Word:
    sheet = side.sheet
    high = size * MM_A_POINT
    return Word(
        text,
        round(min(max(x / sheet.width, 0), 1), 4),
        round(min(max(y / sheet.height, 0), 1), 4),
        round(wide / sheet.width, 4),
        round(high / sheet.height, 4),
    )
