"""Read what stands behind the name of a field, as in "năm:2021..2024"."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from search_index.analysis import fold, fold_key, tokens
from search_index.language.dates import ALWAYS, Days, days_at
from search_index.language.spelling import one_of


class Field(StrEnum):
    """What of a document can be asked for by name."""

    NUMBER = "number"
    KIND = "kind"
    ISSUER = "issuer"
    ISSUED = "issued"
    SIGNER = "signer"
    VALIDITY = "validity"


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep or refuse the documents of which a field has this value.

    `value` is a code for fields with a table of values, otherwise what was typed; `source` is
    the whole filter as typed, so that it can be taken out of the text again.
    """

    field: Field
    value: str
    source: str
    days: Days = ALWAYS
    refused: bool = False


NAMES: Mapping[str, Field] = {
    "so": Field.NUMBER,
    "so hieu": Field.NUMBER,
    "ky hieu": Field.NUMBER,
    "loai": Field.KIND,
    "co quan": Field.ISSUER,
    "nam": Field.ISSUED,
    "ngay": Field.ISSUED,
    "thang": Field.ISSUED,
    "nguoi ky": Field.SIGNER,
    "hieu luc": Field.VALIDITY,
}
# "chuyển đổi số: 3 nhiệm vụ" names no field: a number stands right behind its colon.
_NUMBERS = [name for name, field in NAMES.items() if field is Field.NUMBER]
_OTHERS = [name for name, field in NAMES.items() if field is not Field.NUMBER]
FIELD = rf"(?<!\w)(?:(?:{one_of(_NUMBERS)})\s?:(?=\S)|(?:{one_of(_OTHERS)})\s?:\s?)"

Values = Mapping[str, str]
"""The code of each name that a value can have."""

KINDS: Values = {
    "nghị quyết": "resolution",
    "NQ": "resolution",
    "quyết định": "decision",
    "QĐ": "decision",
    "quy định": "regulation",
    "QĐi": "regulation",
    "quy chế": "statute",
    "QC": "statute",
    "chỉ thị": "directive",
    "CT": "directive",
    "kết luận": "conclusion",
    "KL": "conclusion",
    "thông tri": "party_circular",
    "TT": "party_circular",
    "hướng dẫn": "guideline",
    "HD": "guideline",
    "thông báo": "notice",
    "TB": "notice",
    "báo cáo": "report",
    "BC": "report",
    "tờ trình": "submission",
    "TTr": "submission",
    "kế hoạch": "plan",
    "KH": "plan",
    "chương trình": "programme",
    "CTr": "programme",
    "đề án": "scheme",
    "ĐA": "scheme",
    "công văn": "official_letter",
    "CV": "official_letter",
    "biên bản": "minutes",
    "BB": "minutes",
    "giấy mời": "invitation",
    "GM": "invitation",
    "phát biểu": "speech",
    "khác": "other",
}
VALIDITY: Values = {
    "còn": "in_force",
    "còn hiệu lực": "in_force",
    "hết": "expired",
    "hết hiệu lực": "expired",
    "một phần": "partly",
    "sửa đổi": "partly",
    "bãi bỏ": "expired",
    "tạm dừng": "suspended",
    "ngưng": "suspended",
    "chưa rõ": "unknown",
    "chưa xác định": "unknown",
}
_TABLES: Mapping[Field, Values] = {Field.KIND: KINDS, Field.VALIDITY: VALIDITY}

_QUOTED = re.compile(r'"([^"]*)"')
_OPEN = re.compile(rf'(?:(?!{FIELD}|\s(?-i:OR)\s|\s-[\w"])[^",;\n])+', re.IGNORECASE)
_SPACES = re.compile(r"[\s_:]+")
_JOINED = {name.replace(" ", ""): field for name, field in NAMES.items()}


def field_of(name: str) -> Field:
    """Return the field that a typed name with its colon stands for."""
    return _JOINED[_SPACES.sub("", fold(name))]


def read(field: Field, text: str) -> tuple[Filter, int] | None:
    """Return the filter that a text behind a name begins with, and how much of it that takes."""
    quoted = _QUOTED.match(text)
    taken = _READERS[field](quoted[1] if quoted else text)
    if taken is None:
        return None
    value, days, length = taken
    end = quoted.end() if quoted else length
    return Filter(field, value, text[:end], days), end


Taken = tuple[str, Days, int]


def _listed(values: Values) -> Callable[[str], Taken | None]:
    """Return a reader that takes the longest name of a table."""
    known = {_keys(name): code for name, code in values.items()}
    longest = max(map(len, known))

    def reader(text: str) -> Taken | None:
        words = [token for _, token in zip(range(longest), tokens(text), strict=False)]
        for count in range(len(words), 0, -1):
            run = words[:count]
            code = known.get(_keys(text[run[0].start : run[-1].end]))
            if code and not text[: run[0].start].strip():
                return code, ALWAYS, run[-1].end
        return None

    return reader


def _dated(text: str) -> Taken | None:
    found = days_at(text)
    return (text[: found[1]].strip(), found[0], found[1]) if found else None


def _named(text: str) -> Taken | None:
    found = _OPEN.match(text)
    value = found[0].strip() if found else ""
    return (value, ALWAYS, found.end()) if found and _keys(value) else None


def _keys(text: str) -> tuple[str, ...]:
    return tuple(fold_key(token.text) for token in tokens(text))


def fits(value: str, said: Iterable[str]) -> bool:
    """Tell whether the words of a value stand side by side in one of the texts."""
    sought = _keys(value)
    return any(
        sought == keys[at : at + len(sought)]
        for keys in map(_keys, said)
        for at in range(len(keys) - len(sought) + 1)
    )


_READERS: Mapping[Field, Callable[[str], Taken | None]] = {
    **{field: _listed(values) for field, values in _TABLES.items()},
    Field.ISSUED: _dated,
    Field.ISSUER: _named,
    Field.SIGNER: _named,
}
