"""Choose the encoding of a text, by its font or by what it then says, and make it Unicode."""

import re
import unicodedata

from meetings.intake.legacy.encodings import TCVN3, VNI, Encoding
from meetings.intake.syllables import is_syllable, words_of

FILLER = "\x7f"
"""Stands where the second character of a letter was, so that places stay where they are."""
GAIN = 0.15  # more words read as Vietnamese than before, to believe a guess
SUSPECT = 0.03  # of the characters are such as old fonts leave; Vietnamese text has fewer
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_TCVN3_FONT = re.compile(r"^(?:\.[Vv][Nn]|Vn[A-Z])")
_VNI_FONT = re.compile(r"^vni[-_ ]", re.IGNORECASE)
_CAPITAL_FONT = re.compile(r"h(?:[ ,_-].*)?$|H(?:[ ,_-]|bold|italic|$)", re.IGNORECASE)
_PAIRS = "|".join(sorted(map(re.escape, VNI), key=len, reverse=True))
_VNI_PAIR = re.compile(_PAIRS)
_TCVN3_TABLE = str.maketrans(TCVN3)
_CP1258 = {
    bytes([byte]).decode("cp1258"): chr(byte)
    for byte in range(0xA0, 0x100)
    if bytes([byte]).decode("cp1258", "replace") not in {chr(byte), "\ufffd"}
}
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9]")  # no code page of Windows has these letters
_SYMBOLS = 0xF000  # where a font of symbols has its bytes; a lone one is the bullet of a list
_SYMBOL = re.compile("(?<=\\S)[\uf020-\uf0ff]|[\uf020-\uf0ff](?=\\S)")
LONE_SYMBOL = re.compile("(?<!\\S)[\ue000-\uf8ff](?!\\S)")
"""A picture in a font of symbols, which says nothing without that font."""
_ONLY_OLD = re.compile("[\uf0a1-\uf0ff¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾Æ×Øßåæçëîïñöø÷ûüÿþðÞÅÄËÏÑÖÜ]")


def repair(text: str, encoding: Encoding, *, keep_places: bool = False) -> str:
    """Return a text in Unicode; `keep_places` lays a filler where two characters became one.

    Who types Unicode while an old font is set leaves good text under an old name: it stays.
    """
    if _UNICODE_ONLY.search(text):
        return text
    text = _SYMBOL.sub(lambda symbol: chr(ord(symbol[0]) - _SYMBOLS), text)
    if encoding is Encoding.VNI:
        return _VNI_PAIR.sub(lambda pair: _composed(pair[0], keep_places=keep_places), text)
    western = "".join(_CP1258.get(character, character) for character in text)
    shown = western.translate(_TCVN3_TABLE)
    return shown.upper() if encoding is Encoding.TCVN3_CAPITALS else shown


def encoding_of(text: str, font: str | None) -> Encoding | None:
    """Return the encoding of a run: by its font's name, or else by what the text says."""
    return of_font(font) if font and of_font(font) else guess(text)


def of_font(font: str) -> Encoding | None:
    """Return the encoding that a font's name tells."""
    name = _SUBSET.sub("", font.strip("'\" "))
    if _VNI_FONT.match(name):
        return Encoding.VNI
    if not _TCVN3_FONT.match(name):
        return None
    return Encoding.TCVN3_CAPITALS if _CAPITAL_FONT.search(name) else Encoding.TCVN3


def guess(text: str) -> Encoding | None:
    """Return the encoding in which much more of a text reads as Vietnamese than as it stands."""
    if not is_suspect(text):
        return None
    now = _sense(text)
    trials = {known: _sense(repair(text, known)) for known in (Encoding.TCVN3, Encoding.VNI)}
    best = max(trials, key=lambda known: trials[known])
    return best if trials[best] - now >= GAIN else None


def is_suspect(text: str) -> bool:
    """Tell whether a text has so many odd letters that an old font may be behind it."""
    return len(_ONLY_OLD.findall(text)) > SUSPECT * len(text)


def _composed(pair: str, *, keep_places: bool) -> str:
    return VNI[pair] + FILLER * (len(pair) - 1 if keep_places else 0)


def _sense(text: str) -> float:
    """Return the share of the words, those with marks before all, that are syllables."""
    words = words_of(unicodedata.normalize("NFC", text))
    marked = [word for word in words if not word.isascii()] or words
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0
