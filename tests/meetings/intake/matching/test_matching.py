"""Names as offices write them, before an agenda as they have it."""

import pytest

from meetings.intake.matching import Certainty, File, Item, Match, match
from meetings.intake.matching.names import item_number, title_words

ITEMS = [
    Item(id=number, number=number, title=title)
    for number, title in (
        ("1", "Khai mạc hội nghị"),
        ("2", "Báo cáo sơ kết 3 năm thực hiện Nghị quyết số 03-NQ/TU về cải cách hành chính"),
        ("2.1", "Báo cáo kết quả cải cách hành chính trong các cơ quan Đảng"),
        ("3", "Tờ trình về dự toán ngân sách năm 2027"),
        ("4", "Báo cáo công tác xây dựng Đảng quý III"),
        ("5", "Thảo luận"),
        ("6", "Kế hoạch bảo vệ rừng mùa khô"),
    )
]


def found(name, **known):
    (only,) = match([File(id="f", name=name, **known)], ITEMS)
    return only.item, only.certainty


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("02 Bao cao so ket 3 nam NQ 03 CCHC.pdf", "2"),
        ("2.1 BC CCHC co quan Dang final.docx", "2.1"),
        ("3.TTr du toan ngan sach 2027 (1).docx", "3"),
        ("03_To_trinh_ve_du_toan_ngan_sach.pdf", "3"),
        ("BC cong tac xay dung Dang quy III.signed.pdf", "4"),
        ("Báo cáo công tác xây dựng Đảng quý III.pdf", "4"),
        ("Muc 6 - KH bao ve rung.pdf", "6"),
    ],
)
def test_a_number_and_a_title_that_agree_are_sure(name, item):
    assert found(name) == (item, Certainty.SURE)


@pytest.mark.parametrize("name", ["scan0042.pdf", "IMG_2033.jpg", "Giấy mời.pdf", ""])
def test_a_name_that_says_nothing_is_to_be_looked_at(name):
    assert found(name) == (None, Certainty.LOOK)


@pytest.mark.parametrize(
    "name", ["4. Tờ trình dự toán ngân sách.pdf", "6 Bao cao so ket nghi quyet 03 cai cach.pdf"]
)
def test_a_number_and_a_title_that_contradict_are_never_sure(name):
    assert found(name)[1] is not Certainty.SURE


def test_what_a_scan_says_of_itself_finds_its_item():
    assert found("scan0042.pdf", subject="Kế hoạch bảo vệ rừng mùa khô") == ("6", Certainty.SURE)


def test_without_an_agenda_nothing_is_found():
    files = [File(id="f", name="03 To trinh.pdf")]
    assert match(files, []) == [Match("f", None, Certainty.LOOK)]


def test_numbers_alone_are_trusted_where_the_other_names_are_numbered_by_item():
    names = ("02 So ket cai cach hanh chinh.pdf", "03 Du toan ngan sach.pdf", "06.pdf")
    files = [File(id=name, name=name) for name in names]
    assert [m.certainty for m in match(files, ITEMS)] == [Certainty.SURE] * 3


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("03.1 To trinh.pdf", "3.1"),
        ("Mục 5 - Báo cáo.docx", "5"),
        ("TL 7_Bao cao.pdf", "7"),
        ("IV. Ke hoach.pdf", "4"),
        ("(3) Danh sach.xlsx", "3"),
        ("2026 Ke hoach.pdf", None),
        ("Bao cao.pdf", None),
    ],
)
def test_the_number_of_an_item_stands_at_the_beginning_of_a_name(name, number):
    assert item_number(name) == number


def test_the_words_of_a_title_are_spelt_out_and_copies_forgotten():
    assert title_words("TTr ve du toan (1) v2 final.docx") == ("to", "trinh", "du", "toan")


@pytest.mark.parametrize(
    ("name", "folder", "expected"),
    [
        ("Phụ lục.pdf", "3. Dự toán ngân sách", ("3", Certainty.GUESS)),
        ("1. Phụ lục biểu.pdf", "3. Dự toán ngân sách", ("3", Certainty.GUESS)),
        ("1. Phụ lục biểu.pdf", "Tài liệu hội nghị", ("1", Certainty.GUESS)),
        ("3. Phụ lục biểu.pdf", "3. Dự toán ngân sách", ("3", Certainty.SURE)),
        ("2.1 BC ket qua CCHC.pdf", "2. Cải cách hành chính", ("2.1", Certainty.SURE)),
        ("Kế hoạch bảo vệ rừng mùa khô.pdf", "3. Ngân sách", ("6", Certainty.SURE)),
        ("scan0042.pdf", "Tài liệu phiên họp", (None, Certainty.LOOK)),
    ],
)
def test_a_folder_hints_at_an_item_and_outweighs_no_title(name, folder, expected):
    assert found(name, folder=folder) == expected
