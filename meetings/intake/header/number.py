"""Tell a document's own number at the beginning of a line."""

import re

from meetings.intake.fold import latin
from meetings.intake.header.lines import Line

SYMBOL = r"(?:\s{0,3}[-–/&.]\s{0,3}[a-z][a-z0-9]*)+"
_NUMBER = re.compile(
    r"\W{0,3}(?:(?:luat|bo luat|phap lenh|nghi quyet|lenh|nghi dinh) )?s[o0]"
    r"\s{0,3}[:;.,]?\s{0,3}(?P<number>\d{1,6}(?:\.\d{1,2}|[a-z])?)?\s{0,3}"
    rf"(?P<symbol>(?:\s?/\s?(?:19|20)\d\d(?:[a-z]{{1,6}}(?=[-.]))?)?{SYMBOL})(?P<suffix>/[a-z]{{1,4}}(?![a-z]))?"
)
_MISREAD = re.compile(
    r"\W{0,3}s[o0]\s{0,3}[:;.,]?\s{0,3}(?P<digits>[\dil|!\]o]{1,6}(?![a-z]))(?P<gap>[\s_.…-]{0,5})"
    r"(?=/)"
)
"""What a scan makes of a number: letters for digits, a line under the blank, a slash lost."""
_DIGITS = str.maketrans("il|!]o", "111110")
_LABEL = re.compile(r"\W{0,3}s[o0]\s{0,3}[:;.…_]|\W{0,3}s[o0] ")
_ONE_AFTER_DIGIT = re.compile(r"(?<=\d)[LIl](?=[/-])")
_LOST_SLASH = re.compile(r"/(?:19|20)\d\d(?=[^\W\d_])")
_DOT = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
_COLON = re.compile(r"\W{0,3}s[o0]\s{0,3}:")


def numbered(line: Line) -> re.Match[str] | None:
    """Return the match of a number with its symbol at the beginning of a line."""
    return _NUMBER.match(mended(line.folded) if line.scanned else line.folded)


def mended(folded: str) -> str:
    """Return a line from a picture, of the same length, with what its number must have been."""
    found = _MISREAD.match(folded)
    if found is None:
        return folded
    digits = found["digits"].translate(_DIGITS)
    gap = " " * len(found["gap"])
    return folded[: found.start("digits")] + digits + gap + folded[found.end("gap") :]


def labelled(line: Line) -> bool:
    """Tell whether a line begins with "Số", even if nothing can be read after it."""
    return _LABEL.match(line.folded) is not None


def has_colon(line: Line | None) -> bool:
    """Tell whether a colon stands after "Số"."""
    return line is not None and _COLON.match(line.folded) is not None


def is_apart(match: re.Match[str]) -> bool:
    """Tell whether a gap parts the number from its symbol, as where it was filled in by hand."""
    return match.start("symbol") > match.end("number") or match["symbol"][0].isspace()


def written(line: Line, match: re.Match[str]) -> str | None:
    """Return the number as the document writes it, or None if a blank is left for it."""
    if not match["number"]:
        return None
    text = "".join(line.text[slice(*match.span(name))] for name in ("number", "symbol"))
    whole = "".join((text + (match["suffix"] or "")).split())
    whole = latin(whole)
    if line.scanned:
        whole = match["number"] + whole[len(match["number"]) :]
        whole = _ONE_AFTER_DIGIT.sub("1", whole)
        whole = _DOT.sub("-", _LOST_SLASH.sub(r"\g<0>/", whole))
        whole = whole.replace("ĐĐ-", "Đ-").replace("ĐĐ/", "Đ/")
    return whole.replace("–", "-").rstrip(".-/")
