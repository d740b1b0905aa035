import pytest

from meetings.intake.dossiers.catalogue import KINDS
from meetings.intake.dossiers.issuers import issuers_of
from meetings.intake.dossiers.marks import mark_of
from meetings.intake.dossiers.rules import MARKS, RULES, Issuer
from meetings.intake.dossiers.titles import title_of

PARTY = "ĐẢNG BỘ TỈNH | ĐẢNG CỘNG SẢN VIỆT NAM"
STATE = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
CELL = ("ĐẢNG ỦY XÃ NÀ HẠ | ĐẢNG CỘNG SẢN VIỆT NAM", "CHI BỘ BẢN LỐC | ngày 3 tháng 2 năm 2012")
COMMITTEE = (
    "ĐẢNG BỘ HUYỆN | ĐẢNG CỘNG SẢN VIỆT NAM",
    "ĐẢNG ỦY XÃ NÀ HẠ | ngày 3 tháng 2 năm 2012",
)
GROUNDS = (
    "Căn cứ quyết định kết nạp đảng viên và đơn xin vào Đảng;",
    "Căn cứ lý lịch của người xin vào Đảng và phiếu đảng viên;",
)


def told(sheet, *lines: str) -> int | None:
    title = title_of(sheet(*lines, *GROUNDS))
    return title.kind if title else None


def test_every_kind_has_a_rule_and_every_rule_a_kind():
    assert {rule.kind for rule in RULES} == set(KINDS)
    assert set(MARKS.values()) - {0} <= set(KINDS)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (1, ["=LÝ LỊCH CỦA NGƯỜI XIN VÀO ĐẢNG"]),
        (2, ["=LÝ LỊCH ĐẢNG VIÊN"]),
        (3, ["=PHIẾU ĐẢNG VIÊN"]),
        (4, ["=PHIẾU BỔ SUNG HỒ SƠ ĐẢNG VIÊN"]),
        (5, ["=QUYẾT ĐỊNH", "=kết nạp đảng viên"]),
        (6, ["=QUYẾT ĐỊNH", "=kết nạp lại người vào Đảng"]),
        (7, ["=QUYẾT ĐỊNH", "=công nhận đảng viên chính thức"]),
        (9, ["=QUYẾT ĐỊNH", "=công nhận đảng viên sau khi khắc phục kết nạp"]),
        (10, ["=QUYẾT ĐỊNH", "=công nhận đảng viên sau khi khắc phục chính thức"]),
        (19, ["=QUYẾT ĐỊNH", "=phát thẻ đảng viên"]),
        (72, ["=QUYẾT ĐỊNH", "=cấp lại thẻ đảng viên bị mất"]),
        (73, ["=QUYẾT ĐỊNH", "=đổi lại thẻ đảng viên bị hỏng"]),
        (37, ["=ĐƠN XIN VÀO ĐẢNG"]),
        (39, ["=GIẤY GIỚI THIỆU NGƯỜI VÀO ĐẢNG"]),
        (47, ["=BẢN TỰ KIỂM ĐIỂM", "=của đảng viên dự bị"]),
        (61, ["=BẢN KIỂM ĐIỂM CÁ NHÂN", "=Năm 2015"]),
        (62, ["=BẢN TỰ KIỂM ĐIỂM", "=khi chuyển sinh hoạt đảng"]),
        (63, ["=BẢN KIỂM ĐIỂM", "=trong thời gian ở nước ngoài"]),
        (65, ["=BẢN TỰ KIỂM ĐIỂM", "=của đảng viên vi phạm"]),
        (54, ["=GIẤY GIỚI THIỆU SINH HOẠT ĐẢNG", "=chính thức"]),
        (55, ["=GIẤY GIỚI THIỆU", "=SINH HOẠT ĐẢNG TẠM THỜI"]),
        (56, ["=GIẤY GIỚI THIỆU", "=sinh hoạt đảng ra ngoài nước"]),
        (59, ["=GIẤY GIỚI THIỆU SINH HOẠT ĐẢNG NỘI BỘ"]),
        (60, ["=PHIẾU BÁO", "=đảng viên chuyển sinh hoạt đảng"]),
        (100, ["=PHIẾU BÁO", "=đảng viên được công nhận chính thức"]),
        (103, ["=TỜ KHAI", "=ĐỀ NGHỊ TẶNG HUY HIỆU ĐẢNG"]),
        (104, ["=TỜ KHAI", "=ĐỀ NGHỊ TRUY TẶNG HUY HIỆU ĐẢNG"]),
    ],
)
def test_kinds_that_are_easily_confused_are_told_by_the_words_of_their_titles(sheet, kind, title):
    assert told(sheet, PARTY, *title) == kind
    read = [line.replace("Ấ", "A").replace("Ị", "|").replace("ế", "é") for line in title]
    assert told(sheet, PARTY, *read) == kind, "with slips"


@pytest.mark.parametrize(
    ("subject", "of_cell", "of_committee"),
    [("đề nghị kết nạp đảng viên", 43, 45), ("đề nghị công nhận đảng viên chính thức", 50, 52)],
)
def test_resolutions_are_told_by_who_passed_them(sheet, subject, of_cell, of_committee):
    assert told(sheet, *CELL, "=NGHỊ QUYẾT", f"={subject}") == of_cell
    assert told(sheet, *COMMITTEE, "=NGHỊ QUYẾT", f"={subject}") == of_committee
    assert told(sheet, "=NGHỊ QUYẾT", f"={subject}") is None, "nobody knows who passed it"


def test_punishments_are_told_by_who_punishes(sheet):
    title = ("=QUYẾT ĐỊNH", "=thi hành kỷ luật bằng hình thức khiển trách")
    assert told(sheet, PARTY, *title) == 22
    assert told(sheet, STATE, *title) == 36
    complaint = ("=QUYẾT ĐỊNH", "=giải quyết khiếu nại quyết định kỷ luật")
    assert told(sheet, STATE, *complaint) == 67
    assert told(sheet, PARTY, *complaint) == 28


@pytest.mark.parametrize(
    ("kind", "school", "words"),
    [
        (70, "TRƯỜNG CHÍNH TRỊ TỈNH", "Trung cấp lý luận chính trị"),
        (86, "TRƯỜNG ĐẠI HỌC TÂY BẮC", "Cử nhân sư phạm, hệ chính quy"),
    ],
)
def test_diplomas_are_told_by_what_was_studied(sheet, kind, school, words):
    assert told(sheet, f"{school} | CỘNG HÒA XÃ HỘI", "=BẰNG TỐT NGHIỆP", words) == kind


def test_certificates_of_classes_are_told_by_the_text_below(sheet):
    head = (PARTY, "=GIẤY CHỨNG NHẬN", "Họ và tên: Lò Văn An")
    assert told(sheet, *head, "Đã học xong lớp bồi dưỡng nhận thức về Đảng") == 38
    assert told(sheet, *head, "Đã học xong lớp bồi dưỡng đảng viên mới") == 46


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (92, "V/v giới thiệu người vào Đảng đã được chi bộ đề nghị kết nạp"),
        (93, "V/v giới thiệu người vào Đảng đã được cấp ủy đề nghị kết nạp"),
        (94, "V/v giới thiệu người vào Đảng đã có quyết định kết nạp"),
        (97, "V/v đề nghị thẩm tra lý lịch của người vào Đảng"),
        (98, "V/v làm lại thủ tục kết nạp đảng viên"),
        (99, "V/v làm lại thủ tục công nhận đảng viên chính thức"),
    ],
)
def test_letters_have_no_title_and_are_told_by_their_subject(sheet, kind, subject):
    half = len(subject.split()) // 2
    lines = [" ".join(subject.split()[:half]), " ".join(subject.split()[half:])]
    page = sheet(PARTY, "Số 12-CV/ĐU | ", *lines, "=Kính gửi: Đảng ủy xã Nà Tâm")
    assert title_of(page).kind == kind


def test_a_field_is_not_a_title(sheet):
    page = sheet("=PHIẾU ĐẢNG VIÊN", "Số lý lịch: 123456 SL", "Lý lịch đảng viên đã khai năm 1999")
    assert title_of(page).kind == 3
    assert title_of(sheet("Số lý lịch: 123456 SL", "01. Họ và tên: Lò Văn An")) is None


def test_running_text_that_names_papers_has_no_title(sheet):
    assert (
        title_of(sheet(*GROUNDS, "Hồ sơ gồm đơn xin vào Đảng và lý lịch đảng viên đã khai."))
        is None
    )


def test_entries_of_a_list_are_not_titles(sheet):
    assert title_of(sheet("=1. QUYẾT ĐỊNH KẾT NẠP ĐẢNG VIÊN", "=2. LÝ LỊCH ĐẢNG VIÊN")) is None


def test_the_line_before_the_articles_is_not_a_title(sheet):
    assert title_of(sheet("=QUYẾT ĐỊNH:", "Điều 1. Kết nạp Lò Văn An vào Đảng")) is None


def test_a_decision_without_a_subject_is_told_by_its_first_article(sheet):
    page = sheet(
        PARTY, "=QUYẾT ĐỊNH", "=CỦA BAN THƯỜNG VỤ", *GROUNDS, "=QUYẾT ĐỊNH:",
        "Điều 1. Xóa tên Lò Văn An trong danh sách đảng viên",
    )  # fmt: skip
    title = title_of(page)
    assert (title.kind, title.deep) == (16, True)


def test_a_spoilt_title_is_made_up_for_by_the_symbol(sheet):
    page = sheet(PARTY, "Số 13-QĐ/HU | ", "=Q.. ..NH", "=phát thẻ đảng viên", *GROUNDS)
    assert title_of(page).kind == 19
    assert title_of(sheet(PARTY, "=Q.. ..NH", "=phát thẻ đảng viên", *GROUNDS)) is None


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("Mẫu 3-HSĐV", 4),
        ("MU 3 HSDV", 4),
        ("Mẫu2-HSĐY", 3),
        ("Mau 1 - KNĐ", 37),
        ("Mẫu 9-XYZ", None),
    ],
)
def test_the_mark_of_a_form_is_read_in_spite_of_slips(sheet, mark, kind):
    assert mark_of(sheet(f" | {mark}", "=PH.ẾU")) == kind


def test_a_mark_tells_the_kind_where_the_title_cannot_be_read(sheet):
    title = title_of(sheet(" | Mẫu 3-HSĐV", "=P.... B. S..G", "Họ và tên: Lò Văn An"))
    assert (title.kind, title.marked, title.plain) == (4, True, False)


def test_a_mark_low_on_the_page_is_text(sheet):
    assert mark_of(sheet("~0.5", " | Mẫu 3-HSĐV")) is None


@pytest.mark.parametrize("title", ["MỤC LỤC TÀI LIỆU", "HỒ SƠ ĐẢNG VIÊN", "BẢN KÊ KHAI TÀI SẢN"])
def test_papers_outside_the_catalogue_are_told_as_such(sheet, title):
    assert title_of(sheet(PARTY, f"={title}")).kind == 0


def test_an_old_form_that_says_so_is_an_old_form(sheet):
    assert told(sheet, PARTY, "=PHIẾU ĐẢNG VIÊN", "=(phiếu cũ)") == 85


def test_the_body_that_issued_a_paper_is_the_lowest_in_the_letterhead(sheet):
    assert Issuer.CELL in issuers_of(sheet(*CELL).lines)
    assert Issuer.COMMITTEE in issuers_of(sheet(*COMMITTEE).lines)
    above = issuers_of(sheet("ĐẢNG ỦY XÃ NÀ HẠ | ĐẢNG CỘNG SẢN VIỆT NAM", "CH.. BẢN LỐC | x").lines)
    assert not above & {Issuer.CELL, Issuer.COMMITTEE}
