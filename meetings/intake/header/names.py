"""Tell the name of a person, and mend the surname that a seal has spoilt."""

import difflib
import re

from meetings.intake.fold import fold
from meetings.intake.syllables import is_syllable

_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_NOT_A_NAME = re.compile(
    r"(?:noi nhan|da ky|ky |luu |cong hoa|nguoi ky|phu luc|nhu |kem theo|hoi dong|ban |bo |so "
    r"|chuong|dieu |can cu|khong co|viet nam|trung uong|van thu)"
)
_MARKS = " ./,;:*|_-–—'\"“”‘’`^~°"
_RANKS = re.compile(
    r"^(?:(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|(?:chuẩn |phó )?đô đốc)\b[ .,:]{0,3}"
    r"|(?:gs|pgs|ts|ths|bs|ks|luật sư|bác sĩ)(?:\.|(?= )) ?)+",
    re.IGNORECASE,
)
_LONGEST = 7
SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Đào", "Đinh", "Đoàn", "Lâm", "Mai", "Trịnh", "Trương", "Hà",
    "Cao", "Tô", "Tạ", "Thái", "Châu", "Lương", "Lưu", "Phùng", "Vương", "Quách", "Thạch",
    "Triệu", "Kiều", "Lò", "Lường", "Giàng", "Sùng", "Vàng", "Hầu", "Thào", "Mùa", "Nông",
    "Hoàn", "Chu", "Chử", "Khương", "Kim", "Sơn", "Danh", "Từ", "Tống", "Nghiêm", "Bạch",
    "Cù", "Diệp", "Doãn", "Đàm", "Đồng", "Giáp", "Hứa", "La", "Lại", "Lã", "Lục", "Ma", "Mạc",
    "Ninh", "Ông", "Phó", "Quan", "Tăng", "Thân", "Tôn", "Trang", "Trà", "Tòng", "Cầm",
    "Điêu", "Quàng", "Cà", "Bế", "Hoa", "Khuất", "Lãnh", "Viên", "Uông", "Văn", "Ngọ", "Niê",
    "Rơ", "Siu", "Y", "Ksor", "Rcom", "Đậu", "Thiều", "Phí", "Âu", "An", "Ngân", "Hạ", "Cung",
    "Lộc", "Mã", "Nhữ", "Bá", "Vi", "Xa", "Chảo", "Tẩn", "Lù", "Ly", "Mông",
)  # fmt: skip
_KNOWN = {fold(name): name for name in SURNAMES}
_ANY_SURNAME = f"(?:{'|'.join(SURNAMES)})"
_ALIKE = 0.8
_SHORT = 4
_LONG = [surname for surname in _KNOWN if len(surname) > _SHORT]


def is_name(text: str) -> bool:
    """Tell whether a line is the name of a person and nothing else."""
    name = bare_name(text)
    words = name.split()
    return (
        _NAME.fullmatch(name) is not None
        and all(word[0].isupper() and (word[1:].islower() or len(word) == 1) for word in words)
        and all(len(word) <= _LONGEST for word in words)
        and (len(words[0]) > 1 or words[0] == "Y")
        and _NOT_A_NAME.match(fold(name)) is None
    )


def name_in(text: str, *, scanned: bool) -> str | None:
    """Return the name that a line is, with its surname mended where it was read from a picture."""
    name = bare_name(text)
    if scanned and name:
        name = mended(name)
    return name if is_name(name) else None


def bare_name(text: str) -> str:
    """Return the text without the marks around it and the ranks before it."""
    return _RANKS.sub("", text.strip(_MARKS), count=1).strip(_MARKS)


def has_surname(name: str) -> bool:
    """Tell whether a name begins with one of the usual surnames."""
    return fold(name.partition(" ")[0]) in _KNOWN


def mended(name: str) -> str:
    """Return a name from a picture with the surname that its first word must have been."""
    first, _, rest = name.partition(" ")
    if fold(first) in _KNOWN or not rest:
        return name
    if is_syllable(first) and not any(fold(first) == known[1:] for known in _LONG):
        return name
    near = difflib.get_close_matches(fold(first), _LONG, 1, _ALIKE)
    return f"{_KNOWN[near[0]]} {rest}" if near else name


def completed(name: str, text: str) -> str | None:
    """Return the one whole name in a text that ends as a spoilt one does, if there is one."""
    whole = re.compile(rf"\b({_ANY_SURNAME}(?: [^\W\d_]{{1,7}})?) {re.escape(name)}\b")
    found = {f"{match[1]} {name}" for match in whole.finditer(text)}
    return found.pop() if len(found) == 1 and is_name(min(found)) else None
