from meetings.intake.header.lines import lines_of
from meetings.intake.header.signature import read_signature


def signed(*pages):
    found = read_signature([lines_of(page) for page in pages])
    return found.name and found.name.text, [line.text for line in found.titles]


def test_a_name_pushed_to_the_next_page_is_found(page):
    first = page("""
Nơi nhận:                                TM. CHÍNH PHỦ
- Ban Bí thư;                            THỦ TƯỚNG
""")
    second = page("""
- Văn phòng Quốc hội;
- Lưu: VT.
                                         Nguyễn Văn Tám
""")
    assert signed(first, second) == ("Nguyễn Văn Tám", ["TM. CHÍNH PHỦ", "THỦ TƯỚNG"])


def test_a_new_body_on_the_next_page_signs_nothing(page):
    first = page("Nơi nhận:                                        CHỦ TỊCH\n- Lưu: VT.")
    second = page("Điều 1. Phạm vi điều chỉnh của quy định này là toàn tỉnh và các xã phường")
    assert signed(first, second) == (None, ["CHỦ TỊCH"])
    assert signed(first) == (None, ["CHỦ TỊCH"])


def test_a_name_alone_beside_the_recipients_is_taken(page):
    text = "Nơi nhận:\n- Bộ Tư pháp;\n- Lưu: VT.                                Phạm Trường Thọ"
    assert signed(page(text)) == ("Phạm Trường Thọ", [])


def test_a_law_is_signed_without_recipients(page):
    text = "     Luật này có hiệu lực từ ngày công bố.\n" + " " * 50 + "CHỦ TỊCH QUỐC HỘI\n\n"
    assert signed(page(text + " " * 50 + "Nguyễn Sinh Hai"))[0] == "Nguyễn Sinh Hai"


def test_small_letters_of_old_files_are_titles_where_nothing_has_a_place(page):
    text = "TM. chính phủ\nThủ tướng\n(Đã ký)\n   Phan Văn Tám"
    assert signed(page(text, placed=False)) == ("Phan Văn Tám", ["TM. chính phủ", "Thủ tướng"])


def test_a_page_of_text_signs_nothing(page):
    assert signed(page("Chủ tịch Ủy ban nhân dân tỉnh giao các sở thực hiện.")) == (None, [])


def test_small_letters_are_titles_after_a_capacity_where_words_have_places(page):
    text = """
                                             TM. Chính phủ
                                               Thủ tướng

                                             Phan Văn Tám
"""
    assert signed(page(text)) == ("Phan Văn Tám", ["TM. Chính phủ", "Thủ tướng"])


def test_recipients_of_a_form_in_an_annex_do_not_hide_the_signature_above(page):
    above = "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n(Đã ký)\nLê Thành Tám\n"
    annex = "PHỤ LỤC\nMẫu số 1\nBÁO CÁO\nKết quả trong năm\nNơi nhận:\n- Lưu: VT.\nNguyễn Văn Chín"
    found = signed(page(above + annex, placed=False))
    assert found == ("Lê Thành Tám", ["TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"])


def test_a_title_above_the_recipients_without_a_name_is_not_a_signature_of_its_own(page):
    text = "TM. CHÍNH PHỦ\nNơi nhận:\n- Lưu: VT.\nPhan Văn Tám"
    assert signed(page(text, placed=False))[0] == "Phan Văn Tám"


def test_a_name_that_ran_over_the_margin_is_put_together(page):
    text = """
Nơi nhận:                                        KT. BỘ TRƯỞNG
- Các Bộ, cơ quan ngang Bộ;
- Các Tổng cục, Cục, Vụ                                                               Vũ
Văn Tám
- Lưu: VT.
"""
    assert signed(page(text)) == ("Vũ Văn Tám", ["KT. BỘ TRƯỞNG"])


def test_a_surname_above_other_words_is_not_made_a_name(page):
    text = """
Nơi nhận:                                        KT. BỘ TRƯỞNG
- Các Tổng cục, Cục, Vụ                                                               Vũ
thuộc Bộ Tài chính;
- Lưu: VT.
"""
    assert signed(page(text)) == (None, ["KT. BỘ TRƯỞNG"])


def test_a_title_and_a_name_that_ran_over_are_found_on_the_next_page(page):
    first = page("""
Nơi nhận:                                        KT. BỘ TRƯỞNG BỘ TÀI CHÍNH
""")
    second = """
- Văn phòng Trung ương Đảng                                                          THỨ
TRƯỞNG
- Văn phòng Quốc hội
- Các Tổng cục, Cục, Vụ, đơn vị                                                       Vũ
Văn Tám
- Lưu: VT.
"""
    assert signed(first, page(second))[0] == "Vũ Văn Tám"
    assert signed(first, page(second.replace("THỨ", "Thứ")))[0] is None
