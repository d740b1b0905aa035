"""Vietnamese collation: alphabet before tone, given name before family name."""

import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng
LETTER_MARKS = frozenset("\u0306\u0302\u031b")  # breve, circumflex, horn make other letters

Key = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def collation_key(text: str) -> Key:
    """Return a key that sorts Vietnamese text word by word, letters first, then tones."""
    return tuple(_word_key(word) for word in text.lower().split())


def name_key(full_name: str) -> tuple[Key, Key]:
    """Return a key that sorts people by given name, then by the rest of the name."""
    *rest, given = full_name.split() or [""]
    return collation_key(given), collation_key(" ".join(rest))


def sort_text(full_name: str) -> str:
    """Return a text by which a database sorts people as `name_key` does."""
    words = [word for part in name_key(full_name) for word in (*part, ((), ()))]
    return " ".join(
        f"{''.join(f'{code:06x}' for code in letters)} {''.join(map(str, tones))}"
        for letters, tones in words
    )


@lru_cache(maxsize=4096)  # names are made of few words
def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for mark in unicodedata.normalize("NFD", word):
        if mark in TONES and letters:
            tones[-1] = TONES.index(mark)
        elif mark in LETTER_MARKS and letters:
            letters[-1] = _letter(chr(letters[-1]), mark)
        else:
            letters.append(ord(mark))
            tones.append(0)
    return tuple(_rank(code) for code in letters), tuple(tone for tone in tones if tone)


def _letter(base: str, mark: str) -> int:
    return ord(unicodedata.normalize("NFC", base + mark)[0])


def _rank(code: int) -> int:
    place = ALPHABET.find(chr(code))
    return place + 0x110000 if place >= 0 else code
