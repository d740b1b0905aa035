"""Find the citations of a text."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

from meetings.intake.citations.citation import Citation, System, central
from meetings.intake.citations.patterns import DATE_AFTER, PARTY_ORGAN, PATTERNS

_SAME_LENGTH = str.maketrans(
    {**dict.fromkeys("‐‑‒–—−", "-"), "\u00a0": " ", "Ð": "Đ"},
)


def find_citations(text: str) -> list[Citation]:
    """Return the citations of a text in their order."""
    composed = unicodedata.normalize("NFC", text)
    plain = composed.translate(_SAME_LENGTH)
    claimed = bytearray(len(plain))
    found = []
    for system, pattern in PATTERNS:
        for match in pattern.finditer(plain):
            start = min(match.start(name) for name in ("kind", "number") if _has(match, name))
            if any(claimed[start : match.end()]):
                continue
            claimed[start : match.end()] = b"\x01" * (match.end() - start)
            found.append(_citation(system, match, composed, start))
    return sorted(found, key=lambda citation: citation.start)


def _has(match: re.Match[str], name: str) -> bool:
    return bool(match.groupdict().get(name))


def _citation(system: System, match: re.Match[str], text: str, start: int) -> Citation:
    groups = match.groupdict()
    organ = groups.get("organ") or ""
    flags = tuple(_flags(system, organ, groups))
    return Citation(
        system=System.PARTY if "separators_swapped" in flags else system,
        number=groups["number"],
        kind=groups.get("kind") or ("CV" if system is System.LETTER else ""),
        organ=central(organ),
        year=int(groups["year"]) if groups.get("year") else None,
        date=_date_after(match.string, match.end()),
        flags=flags,
        start=start,
        end=match.end(),
        text=text[start : match.end()],
    )


def _flags(system: System, organ: str, groups: dict[str, str | None]) -> Iterator[str]:
    if system is System.STATE and not groups.get("year") and PARTY_ORGAN.fullmatch(organ):
        yield "separators_swapped"
    if organ != central(organ):
        yield "tu_hook"
    if groups.get("suffix"):
        yield "suffix"


def _date_after(text: str, end: int) -> dt.date | None:
    match = DATE_AFTER.match(text, end)
    if match is None:
        return None
    year, month = match["year"] or match["year2"], match["month"] or match["month2"]
    try:
        return dt.date(int(year), int(month), int(match["day"]))
    except ValueError:
        return None
