"""Write the name of an organ out as it is said, from the capitals of a letterhead."""

import re
from collections import Counter
from collections.abc import Iterator

from meetings.intake.fold import fold, words_of

_STARTS = (
    "uy ban|ubnd|hdnd|hoi dong|so |bo |ban |van phong|dang uy|dang bo|tinh uy|huyen uy|thanh uy"
    "|quan uy|thi uy|chinh phu|thu tuong|quoc hoi|chu tich|truong |cong an|cuc |tong cuc|chi cuc"
    "|toa an|vien |lien doan|hoi |hiep hoi|trung tam|phong |mat tran|doan |chi bo|cong ty|tong cong"
    "|benh vien|ngan hang|bao hiem|thanh tra|dai hoc|hoc vien|bo chinh tri|ban bi thu|dai hoi"
    "|tieu ban|to cong tac|kho bac|kiem toan|quan uy|bo chi huy|bao |dai |so$"
)
ORGAN = re.compile(rf"(?:{_STARTS})")
_PLACE = r"(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)"
_TERRITORY = re.compile(rf"(?<![a-z]){_PLACE}\.? (?!uy(?![a-z])|doan(?![a-z]))(?P<name>\S.*)$")
_UNITS = {
    "tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "phường", "trấn", "đặc", "khu",
    "và", "của", "các", "tối", "cao", "nhân", "dân", "ủy", "uỷ",
}  # fmt: skip
_BEFORE_PROPER = {"so", "bo", "ban", "tinh uy", "thanh uy", "huyen uy", "quan uy", "dai hoc"}
_AFTER_COMMITTEE = re.compile(r"(?:tinh|thanh|huyen|quan|thi) uy (?P<name>\S.*)$")
_PROPER_NAMES = {
    name.lower(): name
    for name in (
        "UBND",
        "HĐND",
        "Trung ương",
        "Quốc hội",
        "Chính phủ",
        "Thường vụ",
        "Chấp hành",
        "Việt Nam",
        "Mặt trận Tổ quốc",
        "Tỉnh ủy",
        "Tỉnh uỷ",
    )
}
_EITHER = "|".join(_PROPER_NAMES)
_PROPER = re.compile(rf"\b(?:{_EITHER})\b", re.IGNORECASE)
_COUNCIL = re.compile(r"uy ban nhan dan")
_PARTY_HEADS = ("tinh uy", "thanh uy", "huyen uy", "dang uy", "quan uy", "thi uy")
_CENTRE = "ban chap hanh trung uong"
_OFFICES = ("van phong", "ban ", "uy ban kiem tra")


def is_organ(text: str) -> bool:
    """Tell whether a line begins like the name of an organ."""
    return ORGAN.match(words_of(text)) is not None


def split_superior(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of the superior and those of the issuer below it."""
    starts = [index for index, line in enumerate(lines) if is_organ(line)]
    if not starts[1:] or _is_one_name(lines, starts[-1]):
        return [], lines
    return lines[: starts[-1]], lines[starts[-1] :]


def _is_one_name(lines: list[str], start: int) -> bool:
    """Tell whether the upper lines are the beginning of the lower ones' name."""
    upper, lower = words_of(" ".join(lines[:start])), words_of(lines[start])
    joined = upper.endswith(
        (" va", " cua", " thuong vu", " thuong truc", "hoi dong tham phan", "chu tich", "bo truong")
    )
    return joined or (upper.startswith("van phong") and not lower.startswith("van phong"))


def written_out(lines: list[str], superior: list[str], body: str) -> str:
    """Return the issuer's name with what its superior adds to it."""
    name, above = spell(" ".join(lines), body), spell(" ".join(superior), body)
    plain, plain_above = words_of(name), words_of(above)
    territory = _TERRITORY.search(fold(above))
    if not above:
        return name
    if plain_above.startswith(_CENTRE) and "trung uong" not in plain:
        return f"{name} Trung ương Đảng" if plain == "van phong" else f"{name} Trung ương"
    if plain_above.startswith(_PARTY_HEADS) and plain.startswith(_OFFICES):
        return name if any(head in plain for head in _PARTY_HEADS) else f"{name} {above}"
    if territory and not _TERRITORY.search(fold(name)) and plain_above.startswith(("ubnd", "hdnd")):
        return f"{name} {above[territory.start() :]}"
    return name


def spell(capitals: str, body: str) -> str:
    """Return a name in the letters of running text, taking them from the body where it has them."""
    name = " ".join(capitals.split())
    if not name:
        return ""
    if name.isupper():
        name = _from_body(name, body) or _with_proper_names(_sentence(name))
    council = _COUNCIL.match(fold(name))
    return f"UBND{name[council.end() :]}" if council else name


def _from_body(name: str, body: str) -> str | None:
    """Return the name as running text mostly writes it."""
    written = Counter(" ".join(found.split()) for found in _occurrences(name, body))
    usual = [form for form, _ in written.most_common() if form[0].isupper() and not form.isupper()]
    return usual[0] if usual else None


def _occurrences(name: str, body: str) -> Iterator[str]:
    """Yield where a body says a name, whatever blanks a reader of pictures lost or line ends."""
    places = [place for place, character in enumerate(body) if not character.isspace()]
    letters = fold("".join(body[place] for place in places))
    wanted = fold("".join(name.split()))
    at = letters.find(wanted)
    while at >= 0:
        first, last = places[at], places[at + len(wanted) - 1]
        around = body[max(first - 1, 0) : first] + body[last + 1 : last + 2]
        if not any(map(str.isalnum, around)):
            yield body[first : last + 1]
        at = letters.find(wanted, at + 1)


def _with_proper_names(name: str) -> str:
    return _PROPER.sub(lambda found: _PROPER_NAMES[found[0].lower()], name)


def _sentence(name: str) -> str:
    words = name.lower().split()
    territory = _TERRITORY.search(fold(name)) or _AFTER_COMMITTEE.search(fold(name))
    after = len(name[: territory.start("name")].split()) if territory else len(words)
    return " ".join(
        word.capitalize()
        if index in (0, after) or (index > after and word not in _UNITS) or _is_proper(words, index)
        else word
        for index, word in enumerate(words)
    )


def _is_proper(words: list[str], index: int) -> bool:
    """Tell whether a word takes a capital for what its organ is for: Sở Nội vụ, Bộ Y tế."""
    before = fold(" ".join(words[:index]))
    return before in _BEFORE_PROPER


def territory_of(name: str) -> str | None:
    """Return the folded name of the province or place in an organ's name."""
    found = _TERRITORY.search(words_of(name))
    return found["name"] if found else None
