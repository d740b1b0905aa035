import pytest

from meetings.demo.markup import parse
from meetings.press.document import Heading, Paragraph, Point, Table


def blocks_of(text):
    body, appendices = parse(text)
    assert appendices == ()
    return body


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("# Phần I | QUY ĐỊNH CHUNG", Heading(1, "Phần I", "QUY ĐỊNH CHUNG")),
        ("# QUYẾT ĐỊNH", Heading(1, "QUYẾT ĐỊNH")),
        ("## I- TÌNH HÌNH", Heading(2, "I- TÌNH HÌNH")),
        ("### 1. Kết quả", Heading(3, "1. Kết quả")),
        ("#### 1.1. Ưu điểm", Heading(4, "1.1. Ưu điểm")),
        ("**Điều 2.** Phạm vi", Paragraph("Phạm vi", "Điều 2.")),
        ("**Một là,** chênh lệch", Paragraph("chênh lệch", "Một là,")),
        ("- gạch đầu dòng", Point("-", "gạch đầu dòng")),
        ("+ dấu cộng", Point("+", "dấu cộng")),
        ("đ) điểm đ", Point("đ)", "điểm đ")),
        ("Đoạn văn - có gạch và #dấu thăng.", Paragraph("Đoạn văn - có gạch và #dấu thăng.")),
        ("-5% so với cùng kỳ", Paragraph("-5% so với cùng kỳ")),
        ("#không phải đề mục", Paragraph("#không phải đề mục")),
        ("ab) không phải điểm", Paragraph("ab) không phải điểm")),
    ],
)
def test_every_line_is_one_block(line, block):
    assert blocks_of(line) == (block,)


def test_blank_lines_and_indentation_mean_nothing():
    assert blocks_of("\n\n  a\n\n\n b  \n") == (Paragraph("a"), Paragraph("b"))
    assert blocks_of("") == ()


def test_a_table_knows_its_caption_shares_and_centred_columns():
    text = "|= Bảng 1\n| STT | Tên |\n| 10c | 90 |\n| 1 | một |\n| | hai |\nsau bảng"
    table, after = blocks_of(text)
    assert table == Table(
        header=("STT", "Tên"),
        rows=(("1", "một"), ("", "hai")),
        widths=(10, 90),
        numeric=frozenset({0}),
        caption="Bảng 1",
    )
    assert after == Paragraph("sau bảng")


def test_two_tables_are_parted_by_a_paragraph_and_need_no_caption():
    first, middle, second = blocks_of("| a |\n| 100 |\n| 1 |\ngiữa\n| b |\n| 100c |")
    assert (first.caption, first.rows, second.rows) == ("", (("1",),), ())
    assert middle == Paragraph("giữa")


def test_a_row_with_a_cell_too_many_is_refused():
    with pytest.raises(ValueError, match="cells in a table of 1"):
        parse("| a |\n| 100 |\n| 1 | 2 |")


def test_appendices_follow_the_body_each_with_its_own_blocks():
    body, appendices = parse("thân\n=== BẢNG A\n- một\n=== BẢNG B\n")
    assert body == (Paragraph("thân"),)
    assert [appendix.title for appendix in appendices] == ["BẢNG A", "BẢNG B"]
    assert [appendix.blocks for appendix in appendices] == [(Point("-", "một"),), ()]
