"""The lines that a digital signature's picture leaves in a page's text, kept apart from it."""

import re

_LABELS = (
    "người ký|ký bởi|được ký bởi|email|cơ quan|thời gian ký|ngày ký|chức vụ ký|tổ chức|"
    "signature valid|digitally signed by|signed by|reason|location|date|dn"
)
_LINE = re.compile(rf"\s*(?:{_LABELS})\s*:", re.IGNORECASE)
_TIME = re.compile(r"\d\d[./-]\d\d[./-]\d{4} \d\d:\d\d:\d\d(?: ?[+-]\d\d:?\d\d)?")


def without_debris(text: str) -> str:
    """Return a page's text without the lines of signatures' pictures."""
    return "\n".join(line for line in text.split("\n") if not is_debris(line))


def is_debris(line: str) -> bool:
    """Tell whether a line belongs to the picture of a digital signature."""
    return bool(_LINE.match(line) or _TIME.search(line))
