"""What is left of a mark's words when a machine has read them."""

import pytest

from meetings.intake.secrecy.reading import Reading, level_in, level_of, like_mark


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


@pytest.mark.parametrize("text", ["MÃT", "MÃI", "HẠT", "NIÀI", "WẠT", "MAT", "MIẠT", "TUYỀ- + Ậ T"])
def test_a_stamp_misread_within_its_frame_counts_when_it_is_seen_often(text):
    once, again, other = Reading(1, text), Reading(2, text), Reading(3, "KHẨN")
    assert level_of([other, once, again]) == "S1"
    assert level_of([once, once, other]) is None


@pytest.mark.parametrize(
    "text", ["MÃ", "MA", "HÀ", "MÃ SỐ", "HẠN", "HẠI", "NHẬT", "MẠI", "mãi", "TUYÊN PHẠT"]
)
def test_a_short_word_of_another_kind_is_none(text):
    assert level_of(Reading(way, text) for way in range(9)) is None


@pytest.mark.parametrize("text", ["DUYỆT MỘT", "QUYẾT MINH", "HỘI MẶT TRẬN", "TUYẾT MAI"])
def test_words_that_hold_the_letters_of_a_mark_are_none(text):
    assert level_in(text) is None


def test_a_mark_needs_to_be_seen_once():
    assert level_of([Reading(1, "KHẨN"), Reading(2, "TỐI MẬT")]) == "S2"
    assert level_of([]) is None


@pytest.mark.parametrize(
    ("words", "alike"),
    [(["lÔI", "MẬT"], True), (["BÍ", "MẬT"], False), (["KHẨN"], False), ([], False)],
)
def test_a_line_that_holds_a_word_of_a_mark_is_looked_at_again(words, alike):
    assert like_mark(words) is alike
