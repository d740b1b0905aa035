"""Pasted agendas whose numbering is broken: each mistake is named where it stands."""

import pytest

from meetings.intake.agendas import MOST_LINES, Broken, read

MISTAKES = {
    "a number is left out": (
        [
            "1. Khai mạc",
            "2. Báo cáo",
            "4. Thảo luận",
            "5. Bế mạc",
        ],
        [Broken(3, "4", "3")],
    ),
    "a number comes twice": (
        [
            "1. Khai mạc",
            "2. Báo cáo",
            "2. Tờ trình",
            "3. Bế mạc",
        ],
        [Broken(3, "2", "3")],
    ),
    "the first number is missing": (
        [
            "2. Báo cáo",
            "3. Bế mạc",
        ],
        [Broken(1, "2", "1")],
    ),
    "a part begins with its second point": (
        [
            "1. Báo cáo",
            "1.2. Về kinh tế",
            "1.3. Về văn hóa",
        ],
        [Broken(2, "1.2", "1.1")],
    ),
    "a point carries the number of another part": (
        [
            "1. Báo cáo",
            "1.1. Về kinh tế",
            "2. Tờ trình",
            "1.2. Về văn hóa",
        ],
        [Broken(4, "1.2", "2.1")],
    ),
    "roman parts jump": (
        [
            "I. Mở đầu",
            "II. Nội dung",
            "IV. Kết thúc",
        ],
        [Broken(3, "IV", "III")],
    ),
    "letters jump over one of the Vietnamese alphabet": (
        [
            "1. Nội dung",
            "a) Một",
            "b) Hai",
            "c) Ba",
            "d) Bốn",
            "e) Năm",
        ],
        [Broken(6, "e", "đ")],
    ),
    "a heading stands above": (
        [
            "CHƯƠNG TRÌNH HỘI NGHỊ",
            "(Từ 8 giờ ngày 01/3/2027)",
            "1. Khai mạc",
        ],
        [
            Broken(1, "CHƯƠNG TRÌNH HỘI NGHỊ", ""),
            Broken(2, "(Từ 8 giờ ngày 01/3/2027)", ""),
        ],
    ),
    "a line was broken in two": (
        [
            "1. Báo cáo sơ kết ba năm thực hiện",
            "Nghị quyết số 03-NQ/TU",
            "2. Bế mạc",
        ],
        [Broken(2, "Nghị quyết số 03-NQ/TU", "")],
    ),
    "several at once, each in its line": (
        [
            "1. Khai mạc",
            "3. Báo cáo",
            "",
            "3.2. Phụ lục",
            "Nơi nhận: như trên",
        ],
        [
            Broken(2, "3", "2"),
            Broken(4, "3.2", "3.1"),
            Broken(5, "Nơi nhận: như trên", ""),
        ],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_what_should_stand_there(mistake):
    lines, broken = MISTAKES[mistake]
    assert read("\n".join(lines))[1] == broken


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_is_not_told_again_in_the_lines_after_it(mistake):
    lines, broken = MISTAKES[mistake]
    assert len(read("\n".join(lines))[1]) == len(broken)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\t\n",
        "1.",
        "1. \n2. ",
        "...",
        "-",
        "a)",
        "I.",
        "\t\t\t",
        "1.1.1.1.1.1. A",
        "99. A\n98. B",
        "(((((((((((((((((((",
        "8h-9h",
        "25h99 - 99h00 X",
        "\u0000\u0001\u2028A",
        "١. A",
        "1" * 5000,
        "(" * 5000,
        "8h" * 3000,
        "- " * 3000,
    ],
)
def test_no_text_brings_the_reading_down(text):
    items, broken = read(text)
    assert len(items) + len(broken) <= 2 * len(text.splitlines())
    assert all(item.minutes >= 0 for item in items)


def test_a_whole_book_is_read_in_a_moment():
    lines = [f"{n}. Nội dung {n} ({n % 60} phút)" for n in range(1, 100)]
    items, broken = read("\n".join(lines))
    assert (len(items), broken) == (99, [])
    assert len(lines) < MOST_LINES
