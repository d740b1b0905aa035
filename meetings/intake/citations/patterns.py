"""How the numbers of Party and State documents are written."""

import re

from meetings.intake.citations.citation import System

PARTY_KINDS = (
    "NQLT|CTHĐ|QĐi|QyĐ|QTr|CTr|TTr|GGT|NQ|QĐ|QC|QH|KL|CT|TT|TB|TC|HD|BC|KH|ĐA|DA|PA|CL|CV|BB|GM"
    "|PC|PG"
)
STATE_KINDS = (
    "NQLT|TTLT|VBHN|QyĐ|TTr|CTr|BGN|BTT|GUQ|GGT|GNP|TrS|NQ|NĐ|QĐ|QC|CT|TT|TC|TB|HD|KH|PA|ĐA|DA|BC"
    "|BB|HĐ|CĐ|GM|PG|PC|PB|SY|SL"
)
_LETTER = "A-ZĐĂÂÊÔƠƯ"
_ORGAN = rf"[{_LETTER}][{_LETTER}0-9a-z]*(?:[.&-][{_LETTER}][{_LETTER}0-9a-z]*)*"
_FRESH = r"(?<![\w/])"
_NUMBER = r"(?P<number>\d{1,5}[a-z]?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SUFFIX = r"(?:/(?P<suffix>[a-z]{1,4})(?!\w))?"
_HYPHEN = r"\s{0,9}-\s{0,9}"
_SLASH = r"\s{0,9}/\s{0,9}"

PATTERNS = (
    (
        System.STATE,
        re.compile(
            rf"{_FRESH}{_NUMBER}{_SLASH}{_YEAR}{_SLASH}(?P<kind>{STATE_KINDS}){_HYPHEN}(?P<organ>{_ORGAN})"
        ),
    ),
    (
        System.LAW,
        re.compile(
            rf"{_FRESH}(?P<number>\d{{1,3}}){_SLASH}{_YEAR}{_SLASH}(?P<organ>(?:UBTV)?QH\d{{1,2}})"
        ),
    ),
    (
        System.PARTY,
        re.compile(
            rf"{_FRESH}{_NUMBER}{_HYPHEN}(?P<kind>{PARTY_KINDS}){_SLASH}(?P<organ>{_ORGAN}){_SUFFIX}"
        ),
    ),
    (
        System.STATE,
        re.compile(
            rf"{_FRESH}{_NUMBER}{_SLASH}(?P<kind>{STATE_KINDS}|CV|KL){_HYPHEN}(?P<organ>{_ORGAN})"
        ),
    ),
    (
        System.STANDARD,
        re.compile(
            r"\b(?P<kind>TCVN|QCVN)\s{0,9}(?P<number>\d{1,5}(?:-\d{1,2})?)\s{0,9}:\s{0,9}"
            rf"{_YEAR}(?:{_SLASH}(?P<organ>[A-ZĐ]+))?"
        ),
    ),
    (
        System.LETTER,
        re.compile(
            r"(?:[Cc]ông văn|CÔNG VĂN|[Ss]ố)\s{0,9}(?:số)?\s{0,9}:?\s{0,9}"
            rf"(?P<number>\d{{1,6}}){_SLASH}(?P<organ>{_ORGAN})"
        ),
    ),
)
"""Tried in this order; what an earlier one has claimed is no longer there for a later one."""

DATE_AFTER = re.compile(
    r"[\s,;(]{0,9}ngày\s{0,9}(?P<day>\d{1,2})\s{0,9}"
    r"(?:tháng\s{0,9}(?P<month>\d{1,2})\s{0,9}năm\s{0,9}(?P<year>\d{4})"
    r"|[/.-]\s{0,9}(?P<month2>\d{1,2})\s{0,9}[/.-]\s{0,9}(?P<year2>\d{4}))",
    re.IGNORECASE,
)

PARTY_ORGAN = re.compile(
    r"(?:TW|TƯ|TU|HU|ThU|QU|ĐU|ĐUK|ĐUQS|ĐUCA|ĐUBP|CQUBKT|VP(?:TW|TU|HU|ĐU)|BTC(?:TW|TU|HU|ĐU)"
    r"|BTG(?:DV)?(?:TW|TU|HU|ĐU)|BDV(?:TW|TU|HU)|BNC(?:TW|TU)|UBKT(?:TW|TU|HU|ĐU)|BXDĐ\w*|ĐH|BCĐ(?:TW|TU)?)"
)
"""Organs whose symbol is the Party's even after swapped separators.

TB, HĐ, TCT and TTCT are not among them: State organs abbreviate so too (TCT, Tổng cục Thuế).
"""
