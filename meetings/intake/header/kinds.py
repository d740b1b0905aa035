"""The types of document, their names and the abbreviations in their symbols."""

import re

from meetings.intake.fold import fold, words_of

LETTER = "Công văn"

KINDS = {
    "Nghị quyết liên tịch": "NQLT",
    "Thông tư liên tịch": "TTLT",
    "Chương trình hành động": "CTHĐ",
    "Văn bản hợp nhất": "VBHN",
    "Giấy giới thiệu": "GGT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Phiếu chuyển": "PC",
    "Phiếu gửi": "PG",
    "Phiếu báo": "PB",
    "Nghị quyết": "NQ",
    "Nghị định": "NĐ",
    "Quyết định": "QĐ QD",
    "Quy định": "QĐ QĐi QyĐ",
    "Quy chế": "QC",
    "Quy trình": "QTr",
    "Quy hoạch": "QH",
    "Chỉ thị": "CT",
    "Kết luận": "KL",
    "Thông tri": "TT",
    "Thông tư": "TT",
    "Hướng dẫn": "HD",
    "Thông báo": "TB",
    "Thông cáo": "TC",
    "Tuyên bố": "TB",
    "Lời kêu gọi": "LKG",
    "Báo cáo": "BC",
    "Tờ trình": "TTr",
    "Kế hoạch": "KH",
    "Chương trình": "CTr",
    "Chiến lược": "CL",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Phương án": "PA",
    "Biên bản": "BB",
    "Công điện": "CĐ",
    "Hợp đồng": "HĐ",
    "Pháp lệnh": "PL",
    "Lệnh": "L",
    "Bộ luật": "QH",
    "Luật": "QH",
    "Hiến pháp": "",
    "Án lệ": "AL",
    "Điều lệ": "",
    "Phụ lục": "",
    "Nội quy": "",
    "Danh sách": "",
    LETTER: "CV",
}
"""From the longest name to the shortest where one begins another."""

_BY_WORDS = {words_of(name): name for name in KINDS}
_NAMES = "|".join(sorted(_BY_WORDS, key=len, reverse=True))
_NAME = re.compile(rf"(?:du thao )?(?P<kind>{_NAMES})(?![a-z])")
_ABBREVIATION = re.compile(r"[-/]([^\W\d]+)")
_WITH_ROMAN = re.compile(r"(?: [ivxlc\d]+)?")


def kind_at(plain: str) -> tuple[str, str] | None:
    """Return the type with which a line of folded words begins, and what follows it."""
    match = _NAME.match(plain)
    if match is None:
        return None
    return _BY_WORDS[match["kind"]], plain[match.end() :].strip()


def stands_alone(rest: str) -> bool:
    """Tell whether what follows the name of a type is nothing, or an annex's number."""
    return _WITH_ROMAN.fullmatch(f" {rest}".rstrip()) is not None


def kinds_of_symbol(symbol: str) -> list[str]:
    """Return the types that a symbol admits; a letter for one without an abbreviation."""
    found = _ABBREVIATION.findall(symbol)
    for part in found:
        kinds = [name for name, short in KINDS.items() if fold(part) in fold(short).split()]
        if kinds:
            return kinds
    return [LETTER] if found and len(found) > 1 else []
