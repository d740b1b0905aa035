"""What is left of a mark's words when a machine has read them."""

import pytest

from meetings.intake.secrecy.reading import level_in


@pytest.mark.parametrize(
    ("reading", "level"),
    [
        ("MẬT", "S1"),
        ("|MẠT|", "S1"),
        ("MẬTI", "S1"),
        ("TỐI MẬT", "S2"),
        ("T ỐI MẠ T", "S2"),
        ("ỐI MẬT", "S2"),
        ("TỐI MẬ", "S2"),
        ("TUYỆT MẬT", "S3"),
        ("UYỆT MẬT", "S3"),
        ("TUYỆT M", "S3"),
    ],
)
def test_a_mark_is_known(reading, level):
    assert level_in(reading) == level


@pytest.mark.parametrize(
    "reading",
    ["", "M", "mật", "Mật ong", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "CÔNG VĂN ĐẾN", "MẶT TRẬN",
     "BÍ MẬT", "BẢO MẬT NHÀ NƯỚC", "ĐÃ DUYỆT", "CÓ MẶT", "ỦY BAN NHÂN DÂN TỈNH", "ẬT", "BÁT"],
)  # fmt: skip
def test_other_stamps_are_none(reading):
    assert level_in(reading) is None


@pytest.mark.parametrize("reading", ["ẬT", "VẬT", "MẬ"])
def test_a_part_is_enough_where_the_page_ends(reading):
    assert level_in(reading, cut=True) == "S1"


@pytest.mark.parametrize("reading", ["MÃT", "MÃI", "HẠT", "NIÀI", "WẠT"])
def test_a_stamp_misread_within_its_frame_is_a_stamp(reading):
    assert level_in(reading) == "S1"


@pytest.mark.parametrize("reading", ["MÃ", "HÀ", "MÃ SỐ", "HẠN", "NAI", "mãi"])
def test_a_short_word_of_another_kind_is_none(reading):
    assert level_in(reading) is None
