"""What a file's name says: a number at its beginning, and the words of a title."""

import re
from functools import lru_cache

from meetings.intake.fold import fold

_SUFFIX = re.compile(r"\.[a-z0-9]{2,5}$")
_COPY = re.compile(
    r"\(\d{1,2}\)|\bv\d{1,2}\b|\bfinal\b|\bban (?:cuoi|chinh thuc|sua)\b|\bsigned\b|\bcopy\b|"
    r"\b\d{1,2}[.-]\d{1,2}[.-](?:20)?\d\d\b|\b20\d{6}\b"
)
_ITEM_WORD = r"(?:muc|stt|tl|tai lieu|nd|noi dung)"
_NUMBERED = re.compile(
    rf"^\W{{0,3}}(?:{_ITEM_WORD}\W{{0,3}}(?:so\s)?)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4}(?=[.)\s_-]))[a-d]?(?=[.)\s_-]|$)"
)
_SPOKEN = re.compile(rf"\b{_ITEM_WORD}\s{{0,2}}(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?)\b")
_SCANNED = re.compile(r"^(?:scan|img|image|doc|document|new|anh|photo)[\W_]*\d*$")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
}
_SHORT = {
    "bc": "bao cao",
    "ttr": "to trinh",
    "kh": "ke hoach",
    "nq": "nghi quyet",
    "kl": "ket luan",
    "qd": "quyet dinh",
    "dt": "du thao",
    "tb": "thong bao",
    "ctr": "chuong trinh",
    "hd": "huong dan",
    "qc": "quy che",
    "bb": "bien ban",
    "cchc": "cai cach hanh chinh",
    "ktxh": "kinh te xa hoi",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tu": "tinh uy",
    "btv": "ban thuong vu",
    "bch": "ban chap hanh",
}
_LITTLE = frozenset(
    [
        "ve",
        "viec",
        "va",
        "cua",
        "cac",
        "nhung",
        "cho",
        "tren",
        "tai",
        "theo",
        "den",
        "tu",
        "trong",
        "voi",
        "de",
        "thuc",
        "hien",
    ]
)


@lru_cache(maxsize=4096)
def item_number(name: str) -> str | None:
    """Return the number of an agenda item at the beginning of a file's name, as `3` or `3.1`."""
    plain = _plain(name)
    found = _NUMBERED.match(plain) or _SPOKEN.search(plain)
    if not found:
        return None
    number = found["number"]
    if number in _ROMAN:
        return str(_ROMAN[number])
    return ".".join(str(int(part)) for part in number.split("."))


@lru_cache(maxsize=4096)
def title_words(text: str) -> tuple[str, ...]:
    """Return the words of a title that tell it from others, abbreviations spelt out."""
    plain = _COPY.sub(" ", _plain(text))
    if _SCANNED.match(plain.strip()):
        return ()
    words = re.findall(r"[a-z]+|\d{3,}", plain)
    spelt = " ".join(_SHORT.get(word, word) for word in words).split()
    return tuple(word for word in spelt if word not in _LITTLE and len(word) > 1)


def _plain(name: str) -> str:
    folded = _SUFFIX.sub("", fold(name)).replace("_", " ")
    return " ".join(folded.split())
