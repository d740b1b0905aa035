"""Read words whose keystrokes were never turned into letters: "nghij", "quye61t"."""

import re
import unicodedata

from search_index.analysis import fold
from search_index.syllables import is_syllable

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_TELEX_LETTERS = (
    ("dd", "đ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("aw", "ă"),
    ("uow", "ươ"),
    ("uwow", "ươ"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_TELEX_TONE = re.compile(r"([a-z]*[aeiouyw][a-z]*?)([fsxrj])([a-z]{0,2})")
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_LETTERS = {"6": "\u0302", "7": "\u031b", "8": "\u0306"}
_VNI = re.compile(r"[a-z]+[1-9][a-z1-9]*")


def reading(word: str) -> str | None:
    """Return the syllable that the keystrokes spell, or None where they spell no other one."""
    typed = word.lower()
    if not typed.isascii() or is_syllable(typed):
        return None
    if typed.isalpha():
        meant = _from_telex(typed)
    elif _VNI.fullmatch(typed):
        meant = _from_vni(typed)
    else:
        return None
    spelled = meant != typed and not meant.isascii()
    return meant if spelled and is_syllable(fold(meant)) else None


def _from_telex(typed: str) -> str:
    match = _TELEX_TONE.fullmatch(typed)
    letters, tone = (match[1] + match[3], _TELEX_TONES[match[2]]) if match else (typed, "")
    for keys, letter in _TELEX_LETTERS:
        letters = letters.replace(keys, letter)
    return _with_tone(letters.replace("w", "ư"), tone)


def _from_vni(typed: str) -> str:
    letters, tone = "", ""
    for key in typed:
        tone = _VNI_TONES.get(key, tone)
        if key == "9":
            letters = letters.replace("d", "đ", 1)
        elif key in _VNI_LETTERS:
            letters = unicodedata.normalize("NFC", letters + _VNI_LETTERS[key])
        elif key.isalpha():
            letters += key
    return _with_tone(letters, tone)


def _with_tone(letters: str, tone: str) -> str:
    """Put the tone on the first vowel; the keys of a word do not depend on the place."""
    place = next((at for at, letter in enumerate(letters, 1) if fold(letter) in "aeiouy"), 0)
    return unicodedata.normalize("NFC", letters[:place] + tone + letters[place:])
