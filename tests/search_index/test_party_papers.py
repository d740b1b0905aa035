"""What the people of a provincial committee look for, and what they expect to see first."""

import pytest

from search_index import Field, SearchIndex, fits, parse
from tests.search_index.library import document

PAPERS = {
    "hd12": (
        "12-HD/BTCTW",
        "Hướng dẫn về nghiệp vụ công tác đảng viên",
        "Thẻ đảng viên, hồ sơ đảng viên, năm 2012.",
        20120517,
        "Ban Tổ chức Trung ương",
    ),
    "hd22": (
        "12-HD/BTCTW",
        "Hướng dẫn một số vấn đề về nghiệp vụ công tác đảng viên",
        "Thẻ đảng viên, hồ sơ đảng viên, thay thế bản năm 2012.",
        20220606,
        "Ban Tổ chức Trung ương",
    ),
    "charter16": (
        "01-HD/TW",
        "Hướng dẫn thi hành Điều lệ Đảng",
        "Một số vấn đề cụ thể, khoá XII.",
        20160920,
        "Ban Bí thư",
    ),
    "charter21": (
        "01-HD/TW",
        "Hướng dẫn thi hành Điều lệ Đảng",
        "Một số vấn đề cụ thể, khóa XIII.",
        20210928,
        "Ban Bí thư",
    ),
    "move": (
        "22-QĐ/TU",
        "Quyết định điều động đồng chí Lò Văn Thắng",
        "Điều động, bổ nhiệm giữ chức Phó Trưởng ban.",
        20210305,
        "Tỉnh ủy",
    ),
    "rule": (
        "22-QĐ/TU",
        "Quy định trách nhiệm nêu gương",
        "Cán bộ chủ chốt nêu gương trong công tác.",
        20230410,
        "Tỉnh ủy",
    ),
    "tanlap": (
        "15-NQ/ĐU",
        "Nghị quyết phát triển cây chè",
        "Đảng ủy xã Tân Lập: mở rộng vùng chè.",
        20250801,
        "Đảng ủy xã Tân Lập",
    ),
    "muong": (
        "15-NQ/ĐU",
        "Nghị quyết phát triển cây dứa",
        "Đảng ủy xã Mường Khương: mở rộng vùng dứa.",
        20250715,
        "Đảng ủy xã Mường Khương",
    ),
    "police": (
        "15-NQ/ĐUCA",
        "Nghị quyết bảo đảm an ninh",
        "Đảng ủy Công an tỉnh giữ vững an ninh trật tự.",
        20250601,
        "Đảng ủy Công an tỉnh",
    ),
    "ageold": (
        "08-KL/TU",
        "Kết luận về sắp xếp tổ chức bộ máy",
        "Giảm đầu mối; Uỷ ban kiểm tra phối hợp.",
        20180214,
        "Tỉnh uỷ",
    ),
    "agenew": (
        "08-KL/TU",
        "Kết luận về sắp xếp bộ máy sau hợp nhất tỉnh",
        "Ủy ban kiểm tra giám sát việc sắp xếp.",
        20251010,
        "Tỉnh ủy",
    ),
    "forest": (
        "31-NQ/TU",
        "Nghị quyết về phát triển kinh tế rừng",
        "Trồng rừng gỗ lớn; giao khoán bảo vệ rừng đầu nguồn.",
        20240520,
        "Tỉnh ủy",
    ),
    "forestdraft": (
        "",
        "Dự thảo Nghị quyết về phát triển kinh tế rừng",
        "Trồng rừng gỗ lớn; giao khoán bảo vệ rừng đầu nguồn.",
        0,
        "Tỉnh ủy",
    ),
    "forestplan": (
        "77-KH/TU",
        "Kế hoạch thực hiện Nghị quyết số 31-NQ/TU",
        "Phân công các huyện; căn cứ Nghị quyết số 31-NQ/TU ngày 20/5/2024.",
        20240701,
        "Tỉnh ủy",
    ),
    "forestreview": (
        "210-BC/TU",
        "Báo cáo sơ kết một năm kinh tế rừng",
        "Sơ kết việc thực hiện Nghị quyết 31-NQ/TU.",
        20250612,
        "Tỉnh ủy",
    ),
    "letter": (
        "905-CV/VPTU",
        "Công văn đăng ký lịch làm việc",
        "Văn phòng Tỉnh uỷ đề nghị gửi trước ngày 15.",
        20250214,
        "Văn phòng Tỉnh ủy",
    ),
    "invite": (
        "64-GM/TU",
        "Giấy mời họp Ban Thường vụ",
        "Kính mời dự họp Ban Thường vụ Tỉnh ủy, phòng họp số 2.",
        20250303,
        "Tỉnh ủy",
    ),
    "notice": (
        "118-TB/TU",
        "Thông báo kết luận của Thường trực Tỉnh ủy",
        "Thường trực thống nhất chủ trương xây cầu Phố Lu.",
        20240909,
        "Tỉnh ủy",
    ),
    "inspect": (
        "45-TTr/UBKTTU",
        "Tờ trình thi hành kỷ luật",
        "Uỷ ban Kiểm tra Tỉnh uỷ đề nghị khiển trách.",
        20240818,
        "Ủy ban Kiểm tra Tỉnh ủy",
    ),
    "press": (
        "10-HD/BTGDVTU",
        "Hướng dẫn tuyên truyền đại hội",
        "Tuyên truyền trước, trong và sau đại hội đảng bộ các cấp.",
        20250320,
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    ),
    "decree": (
        "30/2020/NĐ-CP",
        "Nghị định về công tác văn thư",
        "Thể thức, kỹ thuật trình bày văn bản hành chính.",
        20200305,
        "Chính phủ",
    ),
    "council": (
        "30/2021/NQ-HĐND",
        "Nghị quyết về mức thu học phí",
        "Hội đồng nhân dân tỉnh quy định mức thu.",
        20210716,
        "HĐND tỉnh",
    ),
    "office": (
        "1240/QĐ-UBND",
        "Quyết định phê duyệt quy hoạch xã nông thôn mới",
        "UBND tỉnh phê duyệt đồ án.",
        20220330,
        "UBND tỉnh",
    ),
    "digital": (
        "05-ĐA/TU",
        "Đề án chuyển đổi số trong các cơ quan Đảng",
        "Phòng họp không giấy, chữ ký số, liên thông văn bản.",
        20230115,
        "Tỉnh ủy",
    ),
    "anticorruption": (
        "19-CTr/TU",
        "Chương trình phòng, chống tham nhũng, tiêu cực",
        "Kê khai tài sản, thu nhập.",
        20220912,
        "Tỉnh ủy",
    ),
}

QUESTIONS = [
    ("12-HD/BTCTW", ["hd22", "hd12"], "one number in two terms: the newer first, both there"),
    ("12 hd btctw", ["hd22", "hd12"], "the same without separators"),
    ("12-HD/BTCTW năm:2012", ["hd12"], "the term named by its year"),
    ("12-HD/BTCTW năm:2021..2026", ["hd22"], "the term named by its years"),
    ("hướng dẫn 12-HD/BTCTW", ["hd22", "hd12"], "kind and number"),
    ("01-HD/TW", ["charter21", "charter16"], "a number of every term"),
    ("1-HD/TW", ["charter21", "charter16"], "without its zero"),
    ("01-HD/TƯ", ["charter21", "charter16"], "TƯ is how some type TW"),
    ("01-HD/TW năm:..2016", ["charter16"], "up to a year"),
    ("01-HD/TW khóa XII", ["charter16"], "a number with words of one of the papers"),
    ("điều lệ đảng khoá XIII", ["charter21"], "khoá is khóa"),
    ("22-QĐ/TU", ["rule", "move"], "decision and regulation share an abbreviation"),
    ("quyết định 22-QĐ/TU", ["move"], "the word tells the twins apart"),
    ("quy định 22-QĐ/TU", ["rule"], "and the other one"),
    ("22-QĐ/TU loại:quyết định", ["move"], "so does the field"),
    ("22-QĐ/TU loại:quy định", ["rule"], "and the other one"),
    ("22-qd/tu điều động", ["move"], "without accents"),
    ("số 22-QĐ/TU nêu gương", ["rule"], "number and subject"),
    ("15-NQ/ĐU", ["tanlap", "muong", "police"], "two communes number alike; a longer number last"),
    ("15-NQ/ĐU Tân Lập", ["tanlap"], "the commune as a word"),
    ("15-NQ/ĐU Mường Khương", ["muong"], "the other commune"),
    ("15-nq/du muong khuong", ["muong"], "without accents"),
    ("15-NQ/ĐU cơ quan:Mường Khương", ["muong"], "the commune as a field"),
    ("15-NQ/ĐU co quan:tan lap", ["tanlap"], "the field without accents"),
    ("15-NQ/ĐUCA", ["police"], "the whole number before its beginning"),
    ("nghị quyết cây chè", ["tanlap"], "a subject"),
    ("uỷ ban kiểm tra", ["inspect"], "uỷ is ủy"),
    ("ủy ban kiểm tra", ["inspect"], "the other spelling finds the same first"),
    ("UBKT khiển trách", ["inspect"], "an abbreviation"),
    ("kỷ luật khiển trách", ["inspect"], "words of title and text"),
    ("kỉ luật", ["inspect"], "i for y"),
    ("văn phòng tỉnh ủy", ["letter"], "Tỉnh uỷ in the text"),
    ("08-KL/TU", ["agenew", "ageold"], "one number before and after the merger"),
    ("08-KL/TU năm:2018", ["ageold"], "the earlier one by its year"),
    ("8 kl tu", ["agenew", "ageold"], "loose"),
    ("sắp xếp bộ máy sau hợp nhất", ["agenew"], "the words of one of them"),
    ("sap xep to chuc bo may", ["ageold"], "the words of the other, without accents"),
    ("phát triển kinh tế rừng", ["forest", "forestdraft"], "the draft under what was issued"),
    ("phat trien kinh te rung", ["forest", "forestdraft"], "the same without accents"),
    ("nghị quyết rừng gỗ lớn", ["forest", "forestdraft"], "by words of the text"),
    ("dự thảo nghị quyết kinh tế rừng", ["forestdraft"], "the draft when it is asked for"),
    ("kinh tế rừng -dự", ["forest"], "no draft"),
    ("31-NQ/TU", ["forest"], "the resolution before its plan and its review"),
    ("31 nq tu", ["forest"], "loose"),
    ("kế hoạch 31-NQ/TU", ["forestplan"], "the plan of a resolution"),
    ("sơ kết 31-NQ/TU", ["forestreview"], "the review of a resolution"),
    ("số:31-NQ/TU", ["forest"], "its own number alone"),
    ("ngày 20 tháng 5 năm 2024", ["forest"], "the day of issue"),
    ("20/5/2024", ["forest", "forestplan"], "the day in figures; the plan tells of it"),
    ("ngày:20/5/2024", ["forest"], "the day as a field"),
    ("giấy mời Ban Thường vụ", ["invite"], "an invitation"),
    ("loại:GM", ["invite"], "by kind alone"),
    ("cầu phố lu", ["notice"], "a bridge"),
    ("10-HD/BTGDVTU", ["press"], "a merged board"),
    ('"trước, trong và sau đại hội"', ["press"], "a phrase over commas"),
    ("30/2020", ["decree"], "number and year"),
    ("30/2020/NĐ-CP", ["decree"], "a decree"),
    ("HĐND học phí", ["council"], "an abbreviation that the text writes out"),
    ("hội đồng nhân dân học phí", ["council"], "and the other way round"),
    ("905", ["letter"], "a bare number"),
    ("UBND nông thôn mới", ["office"], "two abbreviations, one written out"),
    ("NTM", ["office"], "an abbreviation alone"),
    ("phong hop khong giay", ["digital"], "without accents"),
    ("chữ kí số", ["digital"], "kí is ký"),
    ("phòng chống tham nhũng", ["anticorruption"], "a comma between"),
    ("tham nhux", ["anticorruption"], "a keystroke short of telex"),
    ("dieu dong Lo Van Thang", ["move"], "a person without accents"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    index = SearchIndex.open(tmp_path_factory.mktemp("party") / "index")
    index.put(
        *(
            document(name, text, symbol=symbol, title=title, issued_on=day)
            for name, (symbol, title, text, day, _) in PAPERS.items()
        )
    )
    return index


def passes(name, wanted):
    _, title, _, day, issuer = PAPERS[name]
    match wanted.field:
        case Field.ISSUED:
            return wanted.days.first <= day <= wanted.days.last
        case Field.ISSUER:
            return fits(wanted.value, [issuer])
        case _:
            kinds = {"decision": "quyết định", "regulation": "quy định", "invitation": "giấy mời"}
            return title.lower().startswith(kinds[wanted.value])


def test_there_are_sixty_questions():
    assert len(QUESTIONS) >= 60


@pytest.mark.parametrize(("typed", "expected", "why"), QUESTIONS, ids=[row[0] for row in QUESTIONS])
def test_the_right_papers_come_first(archive, typed, expected, why):
    query = parse(typed)
    allowed = [name for name in PAPERS if all(passes(name, each) for each in query.filters)]
    hits = archive.search(query, allowed=allowed, nearest=True).hits if query else allowed
    found = [hit.document for hit in hits] if query else hits
    assert found[: len(expected)] == expected, why
