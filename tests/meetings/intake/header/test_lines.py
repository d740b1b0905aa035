from meetings.intake.header.lines import is_rule, lines_of
from meetings.intake.page_text import PageText
from meetings.intake.prepared import Word


def test_columns_part_a_row_and_a_slanting_row_stays_one():
    slope = 0.04
    words = [Word("từ", x / 10, 0.1 + slope * x / 10, 0.09, 0.013) for x in range(9)]
    (line,) = lines_of(PageText(number=1, words=tuple(words)))
    assert line.text == " ".join(["từ"] * 9)


def test_a_comma_and_a_hyphen_stay_in_their_row():
    words = (
        Word("Văn", 0.1, 0.100, 0.03, 0.010),
        Word("-", 0.135, 0.107, 0.005, 0.001),
        Word("phòng", 0.145, 0.101, 0.05, 0.013),
    )
    assert [line.text for line in lines_of(PageText(number=1, words=words))] == ["Văn - phòng"]


def test_text_without_places_is_cut_at_wide_gaps_tabs_and_bars(page):
    lines = lines_of(page("Bộ Y tế\tCộng hòa\nmột    hai|ba\n\nbốn", placed=False))
    assert [(line.text, line.row) for line in lines] == [
        ("Bộ Y tế", 0), ("Cộng hòa", 0), ("một", 1), ("hai", 1), ("ba", 1), ("bốn", 3),
    ]  # fmt: skip


def test_a_rule_says_nothing():
    assert is_rule("-----")
    assert is_rule("*")
    assert not is_rule("- Lưu")
