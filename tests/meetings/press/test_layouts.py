from dataclasses import replace

import pytest

from meetings.press.document import Appendix, Paragraph, Point, Regime, Signature, Table
from meetings.press.layouts import around_symbols, lay_out, punctuated

PARTY = (Regime.PARTY_2018, Regime.PARTY_2026)
EVERY = tuple(Regime)
LONG = tuple(Paragraph("Nội dung dài để sang trang sau. " * 20) for _ in range(8))
near = pytest.approx


# --- positions 1 to 4: the head of the first page


@pytest.mark.parametrize("regime", PARTY)
def test_the_partys_name_stands_top_right_in_bold_fifteen_points(printed, regime):
    name = printed[regime].find("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert (name.size, name.bold) == (15, True)
    assert name.left > 105
    assert name.top == near(20, abs=3)


@pytest.mark.parametrize("regime", PARTY)
def test_a_rule_as_long_as_the_partys_name_stands_under_it(printed, regime):
    name = printed[regime].find("ĐẢNG CỘNG SẢN VIỆT NAM")
    rules = printed[regime].rules()
    assert (near(name.left, abs=1), near(name.right - name.left, abs=1)) in rules


def test_the_states_name_and_motto_stand_top_right(printed):
    sheets = printed[Regime.STATE_2020]
    name = sheets.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = sheets.find("Độc lập - Tự do - Hạnh phúc")
    assert (name.size, name.bold, motto.size, motto.bold) == (13, True, 14, True)
    assert motto.top > name.top
    assert name.middle == near(motto.middle, abs=1)
    assert name.right <= 195.5


@pytest.mark.parametrize("regime", PARTY)
def test_the_superior_stands_plain_over_the_bold_issuer_over_an_asterisk(printed, regime):
    sheets = printed[regime]
    superior, issuer = sheets.find("TỈNH UỶ THỬ NGHIỆM"), sheets.find("VĂN PHÒNG")
    star, symbol = sheets.find("*"), sheets.find("07-HD/VPTU")
    assert (superior.bold, issuer.bold) == (False, True)
    assert superior.size == issuer.size == symbol.size == 14
    assert superior.top < issuer.top < star.top < symbol.top
    assert superior.middle == near(issuer.middle, abs=1) == near(star.middle, abs=1)


@pytest.mark.parametrize(
    ("regime", "symbol"),
    [
        (Regime.PARTY_2018, "Số: 07-HD/VPTU"),
        (Regime.PARTY_2026, "Số 07-HD/VPTU"),
        (Regime.STATE_2020, "Số: 15/QĐ-UBND"),
    ],
)
def test_the_colon_before_the_number_went_in_2026(printed, regime, symbol):
    assert symbol in printed[regime].text(1)


@pytest.mark.parametrize("regime", EVERY)
def test_place_and_date_stand_in_italics_under_the_name(printed, examples, regime):
    day = examples[regime].issued_on
    dated = printed[regime].find(f"Thử Nghiệm, ngày {day.day:02d} tháng")
    assert (dated.size, dated.italic, dated.bold) == (14, True, False)
    assert dated.left > 105


# --- position 5: type, abstract, addressees


@pytest.mark.parametrize("regime", PARTY)
def test_type_and_abstract_stand_in_the_middle_over_five_hyphens(printed, regime):
    sheets = printed[regime]
    kind, abstract = sheets.find("HƯỚNG DẪN"), sheets.find("về việc in thử")
    hyphens = sheets.find("-----")
    assert (kind.size, kind.bold, abstract.size, abstract.bold) == (16, True, 14, True)
    assert kind.top < abstract.top < hyphens.top
    for mark in (kind, abstract, hyphens):
        assert mark.middle == near(112.5, abs=1)
    assert "------" not in sheets.text(1)


def test_the_state_has_a_short_rule_instead_of_hyphens(printed):
    sheets = printed[Regime.STATE_2020]
    assert "-----" not in sheets.text(1)
    assert (near(100, abs=1), near(25, abs=1)) in sheets.rules()


@pytest.mark.parametrize(("regime", "about"), [(PARTY[1], "in thử"), (EVERY[2], "V/v in thử")])
def test_a_letter_has_its_abstract_under_the_symbol_and_no_type(print_out, examples, regime, about):
    letter = replace(examples[regime], doc_type="", abstract="in thử", addressees=("Sở Thử",))
    sheets = print_out(letter)
    abstract = sheets.find(about)
    assert (abstract.size, abstract.italic) == (12, True)
    assert abstract.right < 120
    assert abstract.top > sheets.find(letter.symbol).top
    assert examples[regime].doc_type not in sheets.text(1)


def test_one_addressee_stands_in_the_line_and_several_in_a_list(print_out, examples):
    submission = replace(
        examples[Regime.PARTY_2026], addressee_label="Kính trình", addressees=("Ban Thường vụ",)
    )
    several = replace(submission, addressees=("Sở Nội vụ", "Sở Tài chính"))
    assert "Kính trình: Ban Thường vụ." in print_out(submission).text(1)
    text = print_out(several).text(1)
    assert "- Sở Nội vụ;" in text
    assert "- Sở Tài chính." in text


# --- position 6: the text


@pytest.mark.parametrize(("regime", "last"), [(PARTY[0], ","), (PARTY[1], "."), (EVERY[2], ".")])
def test_legal_bases_end_with_semicolons_and_the_last_as_its_time_wants(printed, regime, last):
    text = printed[regime].text(1)
    assert "Căn cứ Điều lệ Đảng;" in text
    assert f"Xét đề nghị của Phòng Tổng hợp{last}" in text


def test_legal_bases_have_a_hyphen_in_the_party_and_italics_in_the_state(printed):
    party, state = printed[Regime.PARTY_2026], printed[Regime.STATE_2020]
    assert "- Căn cứ Điều lệ Đảng" in party.text(1)
    assert "- Căn cứ" not in state.text(1)
    assert not party.find("Căn cứ Điều lệ Đảng").italic
    assert state.find("Căn cứ Điều lệ Đảng").italic


@pytest.mark.parametrize("regime", EVERY)
def test_headings_show_their_level(printed, regime):
    sheets = printed[regime]
    part, section = sheets.find("QUY ĐỊNH CHUNG"), sheets.find("I- PHẠM VI")
    fourth = sheets.find("1.1. Mục đích riêng")
    assert part.middle == near(112.5, abs=1)
    assert section.left == near(40, abs=0.5)
    assert part.bold
    assert section.bold
    assert (fourth.bold, fourth.italic) == (True, True)


@pytest.mark.parametrize("regime", EVERY)
def test_a_paragraph_starts_ten_millimetres_in_after_a_bold_number(printed, regime):
    sheets = printed[regime]
    text = sheets.find("Văn bản này dùng")
    assert (text.size, text.bold) == (14, False)
    assert sheets.find("2. Văn bản").bold
    assert sheets.find("2. Văn bản").left == near(40, abs=0.7)
    assert sheets.find("a) Điểm thứ nhất").left == near(40, abs=0.7)


def test_a_table_is_smaller_with_bold_titles_and_centred_figures(printed):
    sheets = printed[Regime.PARTY_2026]
    title, cell, figure = (sheets.find(words) for words in ("Nội dung", "Ô thứ nhất", "STT"))
    assert (title.size, title.bold, cell.size, cell.bold) == (12, True, 12, False)
    assert figure.middle == near(30 + 165 * 0.05, abs=1)


@pytest.mark.parametrize("regime", EVERY)
def test_nothing_is_printed_outside_the_margins_but_the_page_number(print_out, examples, regime):
    sheets = print_out(replace(examples[regime], body=LONG))
    assert len(sheets) > 1
    left, top, right, bottom = sheets.extent(1)
    assert left >= 29.9
    assert right <= 195.1
    assert top >= 19.9
    assert bottom <= 277.1


@pytest.mark.parametrize("regime", EVERY)
def test_pages_are_numbered_top_centre_from_the_second_on(print_out, examples, regime):
    sheets = print_out(replace(examples[regime], legal_bases=(), body=LONG))
    number = sheets.find("2", 2)
    assert number.middle == near(112.5, abs=1)
    assert (number.top + number.bottom) / 2 == near(10, abs=1.5)
    assert sheets.text(2).endswith("\n2")
    assert not sheets.text(1).endswith("\n1")


def test_no_line_ends_inside_a_symbol(print_out, examples):
    words = Paragraph("tiếp tục thực hiện Kết luận số 436-KL/TU " * 30)
    sheets = print_out(replace(examples[Regime.PARTY_2026], body=(words,)))
    assert sheets.text(1).count("436-KL/TU") == 30


@pytest.mark.parametrize("words", ["Hạn chế gồm:", "Phân công thực hiện"])
def test_a_title_or_an_announcement_is_never_the_last_of_a_page(print_out, examples, words):
    plain = replace(examples[Regime.PARTY_2026], legal_bases=())
    for lines in range(18, 26):
        filling = tuple(Paragraph("Một dòng.") for _ in range(lines))
        body = (*filling, Paragraph(words, "2."), Point("-", "Thiếu người."))
        sheets = print_out(replace(plain, body=body))
        pages = [sheets.text(n + 1) for n in range(len(sheets))]
        (page,) = [page for page in pages if words in page]
        assert "Thiếu người." in page


def test_what_people_write_is_text_and_never_markup(examples):
    evil = "<script>alert('x')</script> & 5 < 7"
    html = lay_out(
        replace(
            examples[Regime.PARTY_2026],
            abstract=evil,
            body=(Paragraph(evil), Table((evil,), ((evil,),), (1,))),
            recipients=(evil,),
        )
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 6


# --- positions 7 to 13: the close


@pytest.mark.parametrize("regime", EVERY)
def test_the_signature_stands_right_and_the_recipients_left_of_it(printed, regime):
    sheets = printed[regime]
    name, label = sheets.find("Trần Văn Thử"), sheets.find("Nơi nhận")
    assert (name.bold, name.size) == (True, 14)
    assert name.left > 112.5 > label.right
    assert name.top > sheets.find("Điểm thứ nhất").bottom


def test_a_post_is_plain_under_a_capacity_in_the_party_and_bold_in_the_state(printed):
    party, state = printed[Regime.PARTY_2026], printed[Regime.STATE_2020]
    assert party.find("K/T CHÁNH VĂN PHÒNG").bold
    assert not party.find("PHÓ CHÁNH VĂN PHÒNG").bold
    assert state.find("TM. ỦY BAN NHÂN DÂN").bold
    assert state.find("CHỦ TỊCH").bold


def test_a_head_who_signs_directly_has_a_bold_post(print_out, examples):
    head = Signature("Trần Văn Thử", "CHÁNH VĂN PHÒNG")
    assert print_out(replace(examples[Regime.PARTY_2026], signature=head)).find("CHÁNH VĂN").bold


def test_only_a_signed_document_says_so(printed):
    assert "(đã ký)" in printed[Regime.PARTY_2026].text(1)
    assert "(đã ký)" not in printed[Regime.STATE_2020].text(1)


@pytest.mark.parametrize(("regime", "size"), [(PARTY[0], 12), (PARTY[1], 12), (EVERY[2], 11)])
def test_recipients_are_a_small_list_that_ends_with_the_file_copy(printed, regime, size):
    sheets = printed[regime]
    assert sheets.find("- Thường trực Tỉnh uỷ;").size == size
    assert sheets.find("- Lưu Văn phòng Tỉnh uỷ.").size == size


def test_the_label_of_the_recipients_is_bold_italics_in_the_state_alone(printed):
    state, party = (printed[r].find("Nơi nhận") for r in (Regime.STATE_2020, Regime.PARTY_2026))
    assert (state.bold, state.italic, state.size) == (True, True, 12)
    assert (party.bold, party.italic, party.size) == (False, False, 14)


def test_minutes_are_signed_by_the_writer_left_and_the_chair_right(print_out, examples):
    minutes = replace(
        examples[Regime.PARTY_2026],
        signature=Signature("Lê Thị Chủ", "CHỦ TRÌ HỘI NGHỊ"),
        minutes_by=Signature("Lý Văn Ghi", "NGƯỜI GHI BIÊN BẢN"),
    )
    sheets = print_out(minutes)
    writer, chair = sheets.find("NGƯỜI GHI BIÊN BẢN"), sheets.find("CHỦ TRÌ HỘI NGHỊ")
    assert writer.right < chair.left
    assert writer.top == near(chair.top, abs=0.5)
    assert sheets.find("Nơi nhận").top > sheets.find("Lê Thị Chủ").top


@pytest.mark.parametrize("regime", EVERY)
def test_the_signature_never_stands_alone_on_a_page(print_out, examples, regime):
    for lines in (21, 23, 25, 27, 29):
        body = tuple(Paragraph("Một dòng.") for _ in range(lines))
        sheets = print_out(replace(examples[regime], body=body))
        assert "Một dòng." in sheets.text(len(sheets))


@pytest.mark.parametrize("regime", EVERY)
def test_a_draft_says_which_one_it_is_under_the_symbol_and_has_no_date(print_out, examples, regime):
    draft = replace(examples[regime], draft=2, issued_on=None)
    sheets = print_out(draft)
    mark = sheets.find("DỰ THẢO LẦN 2")
    assert mark.bold
    assert mark.top > sheets.find(draft.symbol).top
    assert mark.right < 112.5
    assert "2026" not in sheets.text(1)


@pytest.mark.parametrize("regime", EVERY)
def test_circulation_marks_stand_top_right_ten_millimetres_from_the_edge(
    print_out, examples, regime
):
    sheets = print_out(replace(examples[regime], circulation="TÀI LIỆU THU HỒI"))
    mark = sheets.find("TÀI LIỆU THU HỒI")
    assert mark.right == near(195, abs=1)
    assert (mark.top + mark.bottom) / 2 == near(10, abs=3)


def test_a_paper_kept_from_the_press_says_so_at_the_foot_of_its_last_page(print_out, examples):
    kept = replace(examples[Regime.PARTY_2026], body=LONG, keep_from_press=True)
    sheets = print_out(kept)
    words = "Không phổ biến trên phương tiện thông tin đại chúng"
    mark = sheets.find(words, len(sheets))
    assert mark.middle == near(112.5, abs=1)
    assert (mark.top + mark.bottom) / 2 == near(287, abs=2)
    assert words not in sheets.text(1)


def test_urgency_file_note_and_contact_line_have_their_places(print_out, examples):
    sheets = print_out(
        replace(
            examples[Regime.PARTY_2026],
            urgency="KHẨN",
            file_note="TH-05b",
            contact="Số máy nội bộ 1234",
        )
    )
    urgency, symbol = sheets.find("KHẨN"), sheets.find("07-HD/VPTU")
    assert urgency.top > symbol.top
    assert urgency.middle == near(symbol.middle, abs=8)
    assert sheets.find("TH-05b").top > sheets.find("Lưu Văn phòng").top
    assert sheets.find("Số máy nội bộ").top > sheets.find("Trần Văn Thử").top


@pytest.mark.parametrize("regime", EVERY)
def test_every_appendix_counts_its_own_pages_and_names_its_document(print_out, examples, regime):
    appendices = (Appendix("BẢNG MỘT", LONG), Appendix("BẢNG HAI", LONG))
    document = replace(examples[regime], appendices=appendices)
    sheets = print_out(document)
    assert len(sheets) == 5
    assert sheets.text(2).startswith("Phụ lục 1\nBẢNG MỘT\n")
    assert sheets.text(3).endswith("\n2")
    assert sheets.text(4).startswith("Phụ lục 2\nBẢNG HAI\n")
    assert sheets.text(5).endswith("\n2")
    assert document.symbol in sheets.text(2)


def test_a_single_appendix_has_no_number(print_out, examples):
    alone = replace(examples[Regime.PARTY_2026], appendices=(Appendix("BẢNG MỘT", ()),))
    assert print_out(alone).text(2).startswith("Phụ lục\nBẢNG MỘT\n")


def test_an_empty_part_leaves_no_trace(print_out, examples):
    bare = replace(
        examples[Regime.PARTY_2026],
        superior="",
        symbol="",
        abstract="",
        legal_bases=(),
        recipients=(),
        signature=Signature("Trần Văn Thử"),
    )
    text = print_out(bare).text(1)
    for trace in ("Số", "Nơi nhận", "Căn cứ", "Kính", "DỰ THẢO", "Phụ lục"):
        assert trace not in text
    assert "Trần Văn Thử" in text


# --- the two filters


def test_parts_are_closed_one_by_one():
    assert punctuated((), last=".") == []
    assert punctuated(("a",), last=".") == ["a."]
    assert punctuated(("a", "b", "c"), last=",") == ["a;", "b;", "c,"]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("theo số 436-KL/TU và 58/KH-UBND", ["436-KL/TU", "58/KH-UBND"]),
        ("Nghị định 30/2020/NĐ-CP", ["2020/NĐ-CP"]),
        ("đạt 19/19 đảng bộ, ngày 05/3/2022, giai đoạn 2021 - 2025", []),
        ("", []),
    ],
)
def test_text_is_cut_around_its_symbols(text, symbols):
    pieces = around_symbols(text)
    assert pieces[1::2] == symbols
    assert "".join(pieces) == text
