import pytest

from meetings.intake.header import read_header
from meetings.intake.page_text import Source


@pytest.fixture
def marked(page, papers):
    """Return a reader of a document with a line put under its number."""

    def read(mark, **made):
        text = papers["state"].replace("HỎA TỐC", mark)
        return read_header([page(text, **made)]).to_json()["metadata"]

    return read


@pytest.mark.parametrize(
    ("mark", "urgency", "secrecy", "circulation"),
    [
        ("THƯỢNG KHẨN", "Thượng khẩn", None, None),
        ("HOẢ TỐC HẸN GIỜ 10 giờ", "Hỏa tốc", None, None),
        ("T Ố I  M ẬT", None, "Tối mật", None),
        ("MÂT", None, "Mật", None),
        ("DỰ THẢO LẦN 3", None, None, "DỰ THẢO LẦN 3"),
        ("(Thu hồi sau hội nghị)", None, None, "(Thu hồi sau hội nghị)"),
        ("Khẩn", None, None, None),
    ],
)
def test_marks_are_read_from_lines_of_their_own(marked, mark, urgency, secrecy, circulation):
    read = marked(mark)
    assert (read["urgency"], read["secrecy"], read["circulation"]) == (
        urgency,
        secrecy,
        circulation,
    )
    assert read["issuing_body"] == "Sở Nội vụ tỉnh Hòa Mỹ"


@pytest.mark.parametrize(
    ("written", "date", "place"),
    [
        ("Hòa-Mỹ, ngày 24 tháng 02 năm 2025", "2025-02-24", "Hòa Mỹ"),
        ("TP.Cần Thơ, ngày 01 tháng 7 năm 2004", "2004-07-01", "TP.Cần Thơ"),
        ("Hòa Mỹ, ngày 31 tháng 02 năm 2025", None, "Hòa Mỹ"),
        ("Hòa Mỹ, ngày ... tháng 02 năm 2025", None, "Hòa Mỹ"),
        ("HÒA 12, ngày 24 tháng 02 năm 2025", "2025-02-24", None),
    ],
)
def test_day_and_place_stand_on_one_line(page, papers, written, date, place):
    text = papers["state"].replace("Hòa Mỹ, ngày 24 tháng 02 năm 2025", written)
    read = read_header([page(text)]).to_json()["metadata"]
    assert (read["date"], read["place"]) == (date, place)


def test_a_one_that_was_read_as_a_stroke_is_a_one_in_a_scan(page, papers):
    text = papers["state"].replace("ngày 24 tháng", "ngày ]l tháng")
    assert read_header([page(text, source=Source.OCR)]).date.value == "2025-02-11"
    assert read_header([page(text)]).date.value is None


def test_a_letter_without_a_heading_number_or_day_still_has_its_addressee(page):
    read = read_header([page("Kính gửi: Ủy ban nhân dân xã\nThực hiện chương trình")])
    assert read.addressee.value == "Ủy ban nhân dân xã"
    assert read.type.value is None


@pytest.mark.parametrize(
    ("rest", "number"),
    [("/2001/TT-BTC", "08/2001/TT-BTC"), ("/TTr-SNV", "08/TTr-SNV"), ("Hòa Mỹ", None)],
)
def test_a_number_that_a_wide_blank_tore_apart_is_one(page, papers, rest, number):
    torn = f"Số:     08{rest:>60}\n                            Hòa Mỹ, ngày"
    text = papers["state"].replace("Số: 514/TTr-SNV                        Hòa Mỹ, ngày", torn)
    assert read_header([page(text)]).number.value == number


def test_the_end_of_a_motto_that_ran_over_belongs_to_no_issuer(page, papers):
    torn = (
        "SỞ NỘI VỤ                                                   Độc lập -\nTự do - Hạnh phúc"
    )
    text = papers["state"].replace(
        "SỞ NỘI VỤ                                Độc lập - Tự do - Hạnh phúc", torn
    )
    assert read_header([page(text)]).issuing_body.value == "Sở Nội vụ tỉnh Hòa Mỹ"
