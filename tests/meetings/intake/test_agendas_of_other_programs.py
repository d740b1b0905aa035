"""Agendas from programs that write letters, blanks and numbers in their own way."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake.agendas import Broken, Read, read
from meetings.intake.legacy.encodings import TCVN3

AGENDA = """1. Khai mạc hội nghị (10 phút)
2. Báo cáo kết quả thực hiện Nghị quyết
2.1. Về kinh tế
3. Nghỉ giữa giờ, 15 phút
4. Bế mạc"""
UNDERSTOOD = [
    Read(0, "Khai mạc hội nghị", 10),
    Read(0, "Báo cáo kết quả thực hiện Nghị quyết"),
    Read(1, "Về kinh tế"),
    Read(0, "Nghỉ giữa giờ", 15),
    Read(0, "Bế mạc"),
]


def in_an_old_font(text):
    """Return a text as a program without Unicode hands it on: TCVN3."""
    return text.translate({ord(shown): old for old, shown in TCVN3.items()})


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_letters_are_understood_and_kept_composed_however_they_came(form):
    assert read(unicodedata.normalize(form, AGENDA)) == (UNDERSTOOD, [])


def test_letters_of_an_old_font_become_those_that_are_meant():
    old = in_an_old_font(AGENDA)
    assert "Khai m¹c" in old
    assert read(old) == (UNDERSTOOD, [])


def test_a_mistake_in_an_old_font_is_told_in_letters_that_can_be_read():
    items, broken = read(in_an_old_font("Chương trình hội nghị\n1. Khai mạc\n2. Bế mạc"))
    assert broken == [Broken(1, "Chương trình hội nghị", "")]
    assert [item.title for item in items] == ["Khai mạc", "Bế mạc"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Khai mạc\n2. Café, résumé",
        "1. Opening\n2. Report",
        "1. Nước thải 25 m³ mỗi ngày\n2. Bụi mịn 10 µm",
    ],
)
def test_what_only_looks_odd_is_left_as_it_is(text):
    assert [item.title for item in read(text)[0]] == [line[3:] for line in text.splitlines()]


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u3000", "\t", "  "])
def test_blanks_of_every_width_stand_between_number_and_words(blank):
    items, broken = read(f"1.{blank}Khai mạc\n{blank}2.{blank}Bế mạc{blank}")
    assert ([item.title for item in items], broken) == (["Khai mạc", "Bế mạc"], [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\u2028", "\n\n"])
def test_a_line_ends_however_a_program_ends_it(end):
    items, broken = read(end.join(["1. Khai mạc", "2. Báo cáo", "3. Bế mạc"]))
    assert ([item.title for item in items], broken) == (["Khai mạc", "Báo cáo", "Bế mạc"], [])


def test_parts_with_capital_letters_hold_roman_ones():
    items, broken = read("A. MỞ ĐẦU\nI. Khai mạc\nB. NỘI DUNG\nI. Báo cáo\nII. Thảo luận\n1. Tổ 1")
    assert broken == []
    assert [(item.level, item.title) for item in items] == [
        (0, "MỞ ĐẦU"),
        (1, "Khai mạc"),
        (0, "NỘI DUNG"),
        (1, "Báo cáo"),
        (1, "Thảo luận"),
        (2, "Tổ 1"),
    ]


def test_capital_letters_that_jump_are_named_as_they_were_written():
    assert read("A. Một\nB. Hai\nD. Ba")[1] == [Broken(3, "D", "C")]
    assert read("A. Một\nB. Hai\nC. Ba\nD. Bốn\nĐ. Năm\nE. Sáu")[1] == []


def test_cells_that_are_empty_or_twice_parted_count_for_nothing():
    items, broken = read("1\t\tKhai mạc\t\t\tBí thư\n\t\t2\tBế mạc\t")
    assert broken == []
    assert items == [Read(0, "Khai mạc", 0, "Bí thư"), Read(0, "Bế mạc")]


def test_five_hundred_lines_with_mistakes_are_read_to_the_end():
    lines = [f"{n % 90 + 1}. Nội dung {n}\tĐơn vị {n}\t{n % 40} phút" for n in range(500)]
    lines[100] = "một dòng không có số"
    items, broken = read("\n".join(lines))
    assert len(items) == 499
    assert Broken(101, lines[100], "") in broken
    assert [one.line for one in broken] == sorted(one.line for one in broken)
    assert items[0] == Read(0, "Nội dung 0", 0, "Đơn vị 0")


LINES = st.lists(
    st.sampled_from(
        ["1. A", "2. B", "1.1. C", "1.2.1. D", "I. E", "a) F", "A. G", "- H", "lời", "", "7\tK\tL"]
    ),
    max_size=12,
)


@given(LINES)
def test_every_line_is_an_item_or_a_mistake_and_no_item_is_deeper_than_the_one_before_allows(lines):
    text = "\n".join(lines)
    items, broken = read(text)
    levels = [item.level for item in items]
    assert all(level >= 0 for level in levels)
    assert all(after <= before + 1 for before, after in zip([-1, *levels], levels, strict=False))
    numbered = [line for line in lines if line and line != "lời"]
    if numbered:
        assert [item.title for item in items] == [line.split()[1] for line in numbered]
        assert {one.line for one in broken if not one.expected} == {
            place for place, line in enumerate(lines, 1) if line == "lời"
        }
    assert read(unicodedata.normalize("NFD", text)) == (items, broken)
