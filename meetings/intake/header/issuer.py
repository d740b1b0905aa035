"""Name the issuer from the letterhead, the signature and, without either, the title."""

import re
from collections.abc import Sequence

from meetings.intake.fold import fold, words_of
from meetings.intake.header.lines import Line
from meetings.intake.header.organs import spell, territory_of, written_out

_ON_BEHALF = re.compile(r"t/m (ban thuong vu|ban chap hanh|thuong truc)(?: .*)?")
_COMMITTEES = ("tinh uy", "thanh uy", "huyen uy", "dang uy")
_PARTS = {
    "ban thuong vu": "Ban Thường vụ",
    "ban chap hanh": "Ban Chấp hành",
    "thuong truc": "Thường trực",
}
_ISSUED_WITH = re.compile(
    r"kem theo [^()]{5,160}?\scua\s+(?:chu tich |bo truong |thu truong )?(?P<organ>[^();,]{3,80}?)"
    r"\s?(?:\)|;| ve |,|$)"
)
_ADOPTED = re.compile(r"duoc (?P<organ>.{5,80}?) thong qua")


def name_issuer(
    issuer: Sequence[Line], superior: Sequence[Line], titles: Sequence[Line], body: str
) -> str | None:
    """Return the issuer written out; a standing committee is told by its signature alone."""
    if not issuer:
        return None
    name = written_out(
        [line.text for line in issuer], [line.text for line in superior], body
    ).strip(" .*-|_")
    plain = words_of(name)
    for line in titles:
        signed = _ON_BEHALF.match(words_of(line.text).replace("t / m", "t/m"))
        if signed and plain.startswith(_COMMITTEES):
            return f"{_PARTS[signed[1]]} {name}"
    return name or None


def with_territory(name: str, place: str | None) -> str:
    """Return a department's name with its province, taken from the place of issue."""
    if place and words_of(name).startswith("so ") and territory_of(name) is None:
        return f"{name} tỉnh {place}"
    return name


def issuer_in_text(lines: Sequence[Line]) -> tuple[str, Line] | None:
    """Return the issuer that an annex or a precedent names in its first lines."""
    text = " ".join(line.text for line in lines)
    for pattern in (_ISSUED_WITH, _ADOPTED):
        match = pattern.search(fold(text))
        if match:
            return spell(text[slice(*match.span("organ"))], text), lines[0]
    return None
