import datetime as dt

import pytest

from meetings.intake.citations import System, find_citations

CASES = [
    ("Nghị quyết số 03-NQ/TU ngày 21/01/2021", "party 03 NQ TU 2021-01-21"),
    ("Kết luận số 436-KL/TU, ngày 28/01/2022", "party 436 KL TU 2022-01-28"),
    ("Quy định số 399-QĐ/TW ngày 09 tháng 01 năm 2026", "party 399 QĐ TW 2026-01-09"),
    ("Hướng dẫn số 05-HD/VPTW, ngày 27/5/2026", "party 05 HD VPTW 2026-05-27"),
    ("Số: 16 -\nHD/BTCTW", "party 16 HD BTCTW"),
    ("Hướng dẫn số 31 – HD/BTCTW ngày 23/4/2025", "party 31 HD BTCTW 2025-04-23"),
    ("Công văn số 96-CV/VPTU ngày 31-10-2025", "party 96 CV VPTU 2025-10-31"),
    ("Hướng dẫn số 10-HD/BTGDVTU", "party 10 HD BTGDVTU"),
    ("Số 152-BC/ĐU", "party 152 BC ĐU"),
    ("Chương trình số 09-CTr/TU ngày 29-1-2021", "party 09 CTr TU 2021-01-29"),
    (
        "Chương trình hành động số 147-CTHĐ/TU ngày 09/5/2019",
        "party 147 CTHĐ TU 2019-05-09",
    ),
    ("Đề án số 04-ĐA/TU", "party 04 ĐA TU"),
    ("Tờ trình số 27-TTr/BTCTU", "party 27 TTr BTCTU"),
    ("Thực hiện Công văn số 134-CV/UBKTTU", "party 134 CV UBKTTU"),
    ("Kế hoạch số 02-KH/BCĐTW, ngày 19/6/2025", "party 02 KH BCĐTW 2025-06-19"),
    ("Nghị quyết số 01-NQ/ĐH", "party 01 NQ ĐH"),
    ("Quyết định số 4192-QĐ/BTCTW, ngày 12/12/2025", "party 4192 QĐ BTCTW 2025-12-12"),
    ("Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020", "state 30 NĐ CP 2020-03-05"),
    ("Thông tư 05/2025/TT-BNV", "state 05 TT BNV"),
    ("Quyết định số 1534/QĐ-UBND ngày 06/5/2025", "state 1534 QĐ UBND 2025-05-06"),
    ("Quyết định số 45/2018/QĐ-TTg", "state 45 QĐ TTg"),
    ("Quy chế 06/QC-TT.HĐND-UBND", "state 06 QC TT.HĐND-UBND"),
    ("Nghị quyết 757/NQ-UBTVQH15 ngày 28/3/2023", "state 757 NQ UBTVQH15 2023-03-28"),
    ("Luật Bảo vệ bí mật nhà nước số 117/2025/QH15", "law 117 QH15"),
    ("công văn số 893/STTTT-CNTT về việc", "letter 893 CV STTTT-CNTT"),
    ("Nghị quyết số 60/NQ-TW ngày 12/4/2025", "party 60 NQ TW 2025-04-12 separators_swapped"),
    (
        "QCVN 102:2016/BTTTT và TCVN 11930:2017",
        "standard 102 QCVN BTTTT; standard 11930 TCVN",
    ),
    ("Nghị quyết số 76/2025/UBTVQH15 ngày 14/4/2025", "law 76 UBTVQH15 2025-04-14"),
    ("nhiệm kỳ 2020 - 2025, tỷ lệ 12/15 đồng chí, điện thoại 0212-385/2024", ""),
    ("Quy định số 20-QÐ/TW", "party 20 QĐ TW"),
    ("Nghị quyết 05-NQ/TƯ", "party 05 NQ TW tu_hook"),
    (
        "các công văn số 14514-CV/VPTW, ngày 25/4/2025; số 64-CV/TW, ngày 10/4/2025",
        "party 14514 CV VPTW 2025-04-25; party 64 CV TW 2025-04-10",
    ),
    ("Công văn số 03/CV-BCĐ ngày 15/4/2025", "party 03 CV BCĐ 2025-04-15 separators_swapped"),
    ("từ 01-10 đến 12-12, mục 3-a/b", ""),
    ("Quy chế số 05-QC/BTCTU-BNCTU", "party 05 QC BTCTU-BNCTU"),
    ("Công văn số 3294-CV/VPTW/nb ngày 02/6/2026", "party 3294 CV VPTW 2026-06-02 suffix"),
    (
        "12-NQ/ĐUQS, 13-NQ/ĐUCA và 14-NQ/ĐUBP",
        "party 12 NQ ĐUQS; party 13 NQ ĐUCA; party 14 NQ ĐUBP",
    ),
    ("Báo cáo số 41-BC/CQUBKT và 07-HD/BXDĐ", "party 41 BC CQUBKT; party 07 HD BXDĐ"),
    ("Thông báo số 02-TB/TB, 03-QĐ/HĐ", "party 02 TB TB; party 03 QĐ HĐ"),
    (
        "Kế hoạch 06-KH/TCT; Quyết định 07-QĐi/TTCT; Quyết định 120/QĐ-TCT",
        "party 06 KH TCT; party 07 QĐi TTCT; state 120 QĐ TCT",
    ),
]


def brief(citation):
    parts = (citation.system, citation.number, citation.kind, citation.organ, citation.date)
    return " ".join(str(part) for part in (*parts, *citation.flags) if part)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_citations_are_found_with_their_parts(text, expected):
    assert "; ".join(map(brief, find_citations(text))) == expected


def test_a_citation_knows_its_place_its_year_and_its_writing():
    text = "Theo Nghị định số 30/2020/NĐ–CP, xem"
    (found,) = find_citations(text)
    assert (found.year, found.text) == (2020, "30/2020/NĐ–CP")
    assert text[found.start : found.end] == found.text


def test_a_letter_with_an_ampersand_in_its_symbol_is_read_whole():
    (found,) = find_citations("Văn bản số 11410/BXD-KHCNMT&VLXD")
    assert (found.system, found.organ) == (System.LETTER, "BXD-KHCNMT&VLXD")


def test_a_day_that_does_not_exist_is_no_date():
    assert find_citations("số 05-HD/TU ngày 31/02/2026")[0].date is None


def test_a_citation_is_json():
    (found,) = find_citations("số 05-HD/TU ngày 27/5/2026")
    assert found.to_json()["date"] == dt.date(2026, 5, 27).isoformat()
    assert found.to_json()["flags"] == []


@pytest.mark.parametrize("piece", ["1 ", "1-", "1-QĐ/", "số 1/", "A-A-", "1" + " " * 50])
def test_a_hostile_text_does_not_hold_the_reader_up(piece):
    assert find_citations(piece * (200_000 // len(piece))) == []
