"""The words of a mark: how they are written, spaced and misread, and what is no mark."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from meetings.intake.fold import fold
from meetings.intake.secrecy.finding import Level

LONGEST = 200  # letters of a line on which a mark may stand beside other words

WIDE = 3  # letters between two columns

_GAP = r"[ \t\u00a0._-]{0,3}"
_BETWEEN = r"[ \t\u00a0._-]{0,8}"


def _spaced(*letters: str) -> str:
    return _GAP.join(letters)


_TUYET = _spaced("T", "U", "[YỲÝỴ]", "[ỆÊẸẾỀE]", "T")
_TOI = _spaced("T", "[ỐÔỒỔÓỌO]", "[IÌÍ]")
_MAT_AFTER = _spaced("M", "[ẬÂẠẶĂẤẦA]", "T")
_MAT = _spaced("M", "[ẬÂẠ]", "T")
_MARK = re.compile(
    rf"(?<!\w)(?:(?P<S3>{_TUYET}){_BETWEEN}{_MAT_AFTER}"
    rf"|(?P<S2>{_TOI}){_BETWEEN}{_MAT_AFTER}|(?P<S1>{_MAT}))(?!\w)"
)
_DECLARED = re.compile(
    r"^\W{0,6}(?:(?:mức|cấp) )?độ (?:bảo )?mật(?: của (?:tài liệu|văn bản))? ?[:–-] ?"
    r"(?P<level>tuyệt mật|tối mật|mật)(?= ?$| ?[|.;)\]]+ ?$| ?[|;.,]? ?độ khẩn| ?\| )",
    re.IGNORECASE,
)
_BY_WORDS = {
    "tuyet mat": Level.S3,
    "toi mat": Level.S2,
    "mat": Level.S1,
}
_BROKEN_AFTER = frozenset(("BÍ", "BẢO", "ĐỘ", "VÀ", "HOẶC", "CỦA", "VỀ", "DẤU"))
_BROKEN_BEFORE = frozenset(("MÃ", "KHẨU", "VÀ", "HOẶC", "CỦA", "ĐỘ"))
_SPEAKING_BEFORE = _BROKEN_AFTER | {"ONG", "MÍA", "CƠ", "MỨC", "CẤP", "LOẠI"}
_SPEAKING_AFTER = _BROKEN_BEFORE | {"NHÀ", "ONG"}
_LETTERHEAD = re.compile(
    r"^(?:cong hoa xa hoi|doc lap ?-|dang cong san|dang (?:uy|bo)|(?:tinh|thanh|huyen|quan) uy"
    r"|uy ban|hoi dong nhan dan|ban (?:thuong vu|chap hanh|to chuc|tuyen giao|dan van|noi chinh)"
    r"|van phong|bo |so |cong an|quan khu|thanh tra|so ?:|ban so|ngay \d|kinh gui)"
    r"|^[^,]{2,40}, ngay|\d* ?[-/] ?[a-z]{2,5} ?[-/] ?[a-z]{2}|\d{1,5} ?[-/] ?[a-z]{2,5}\b"
    r"|^(?:bao cao|quyet dinh|to trinh|nghi quyet|ke hoach|thong bao|ket luan|cong van|cong dien"
    r"|de an|chuong trinh|chi thi|bien ban|phuong an|thong tri|quy dinh|hoa toc|thuong khan|khan)$"
)


class Mark(NamedTuple):
    """A mark on a line; it stands alone, or beside the words of a letterhead."""

    level: Level
    alone: bool


def composed(line: str) -> str:
    """Return a line with whole letters and single spaces between its words, but for columns."""
    return unicodedata.normalize("NFC", line).strip()


def declared(line: str) -> Level | None:
    """Return the level that a line such as "Độ mật: Tối mật" declares."""
    found = _DECLARED.match(" ".join(line.split()))
    return _BY_WORDS[fold(found["level"])] if found else None


def marks(line: str) -> Iterator[Mark]:
    """Yield the marks on a composed line."""
    if len(line) > LONGEST:
        return
    for found in _MARK.finditer(line):
        level = Level(str(found.lastgroup))
        before, after = line[: found.start()], line[found.end() :]
        if _is_edge(before[-WIDE:]) and _is_edge(after[:WIDE]):
            if not _speaks(before, after):
                yield Mark(level, alone=True)
        elif _beside_letterhead(before, after):
            yield Mark(level, alone=False)


def leads_on(line: str) -> bool:
    """Tell whether a line in capitals breaks before a word of secrecy that it speaks about."""
    return line.isupper() and _last(line) in _BROKEN_AFTER


def follows_on(line: str) -> bool:
    """Tell whether a line in capitals goes on with what a word of secrecy before it began."""
    return line.isupper() and (_first(line) in _BROKEN_BEFORE or line.startswith("NHÀ NƯỚC"))


def _is_edge(around: str) -> bool:
    """Tell whether a mark ends where these letters stand: the line does, or a cell, or a column."""
    if any(letter.isalnum() or letter in ",;" for letter in around):
        return False
    return len(around) < WIDE or "|" in around or around.isspace()


def _speaks(before: str, after: str) -> bool:
    cell_before, cell_after = before.rpartition("|")[2], after.partition("|")[0]
    return _last(cell_before) == "ĐỘ" or _first(cell_after) == "NHÀ"


def _beside_letterhead(before: str, after: str) -> bool:
    """Tell whether a mark begins or ends a line that else is of a letterhead."""
    if any(letter.isalpha() for letter in before) and any(letter.isalpha() for letter in after):
        return False
    rest = fold(before + after).strip(" \t|.:;*-")
    if _last(before) in _SPEAKING_BEFORE or _first(after) in _SPEAKING_AFTER:
        return False
    return not before.rstrip().endswith((",", ";")) and bool(_LETTERHEAD.search(rest))


def _last(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text[-40:].upper())
    return words[-1] if words else ""


def _first(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text[:40].upper())
    return words[0] if words else ""
