"""Agendas as they are pasted from text programs."""

import pytest

from meetings.intake.agendas import Broken, Read, read


def shape(text):
    items, broken = read(text)
    assert broken == []
    return [(item.level, item.title) for item in items]


@pytest.mark.parametrize(
    "text",
    [
        "1. A\n1.1. B\n1.2 C\n2. D",
        "I. A\n1. B\n2. C\nII. D",
        "I- A\n- B\n- C\nII- D",
        "1) A\na) B\nb) C\n2) D",
        "1. A\n\n\t\n1.1. B\n1.2. C\n2. D",
    ],
)
def test_numbering_tells_what_is_nested(text):
    assert shape(text) == [(0, "A"), (1, "B"), (1, "C"), (0, "D")]


def test_numbers_may_go_on_under_the_next_heading():
    assert shape("I. A\n1. B\nII. C\n2. D") == [(0, "A"), (1, "B"), (0, "C"), (1, "D")]


def test_without_any_number_each_line_is_an_item():
    assert shape("Khai mạc\nBế mạc") == [(0, "Khai mạc"), (0, "Bế mạc")]


def test_hours_and_minutes_become_how_long_it_takes():
    items, _ = read("7:30-8:00\tĐón tiếp\tVăn phòng\n8h00 - 8 giờ 10: Khai mạc\nBáo cáo (15 phút)")
    assert items == [
        Read(0, "Đón tiếp", 30, "Văn phòng"),
        Read(0, "Khai mạc", 10),
        Read(0, "Báo cáo", 15),
    ]


def test_a_row_of_a_table_begins_with_its_number():
    items, broken = read("1\tĐón tiếp\t8h00 - 8h20\tVP\n2\tKhai mạc\t8h20-8h25")
    assert (items, broken) == ([Read(0, "Đón tiếp", 20, "VP"), Read(0, "Khai mạc", 5)], [])


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("1. A\n3. B", Broken(2, "3", "2")),
        ("2. A", Broken(1, "2", "1")),
        ("1. A\n1.1. B\n1.3. C", Broken(3, "1.3", "1.2")),
        ("1. A\n2.1. B", Broken(2, "2.1", "1.1")),
        ("I. A\nIII. B", Broken(2, "III", "II")),
        ("1. A\na) B\nc) C", Broken(3, "c", "b")),
        ("1. A\nKhông có số", Broken(2, "Không có số", "")),
    ],
)
def test_a_broken_number_is_named_with_its_line_and_what_it_should_be(text, broken):
    assert read(text)[1] == [broken]


def test_a_year_or_an_hour_is_no_number():
    assert read("1. A\n2026 là năm bản lề")[1] == [Broken(2, "2026 là năm bản lề", "")]
    assert shape("8 giờ 30: Khai mạc") == [(0, "Khai mạc")]
