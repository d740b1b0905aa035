"""The text of a page is told apart into paragraphs, as people would point at them."""

import pytest

from meetings.reader.comments.queries import LONGEST_QUOTE, paragraphs_of

LINES = """TỈNH ỦY LAM KHÊ

Thực hiện Nghị quyết của Bộ Chính trị về chuyển đổi số, Ban Thường vụ Tỉnh ủy
yêu cầu các cấp ủy tập trung lãnh đạo, chỉ đạo thực hiện tốt các nội dung trọng
tâm sau đây:
1. Rà soát, bổ sung quy chế làm việc của cấp ủy các cấp cho phù hợp với phương
thức làm việc trên môi trường số.
- Hoàn thành trong quý I năm 2027.
Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện.
12
"""


def test_lines_of_a_sentence_are_one_paragraph_and_points_are_their_own():
    found = paragraphs_of(LINES)
    assert found[0] == "TỈNH ỦY LAM KHÊ"
    assert found[1].startswith("Thực hiện Nghị quyết")
    assert found[1].endswith("trọng tâm sau đây:")
    assert found[2] == (
        "1. Rà soát, bổ sung quy chế làm việc của cấp ủy các cấp cho phù hợp với phương thức "
        "làm việc trên môi trường số."
    )
    assert found[3] == "- Hoàn thành trong quý I năm 2027."
    assert found[4].startswith("Văn phòng Tỉnh ủy")
    assert len(found) == 5, "the number of the page is no paragraph"


@pytest.mark.parametrize("text", ["", "\n \n", "7", "- 7 -\n"])
def test_a_page_without_words_has_no_paragraph(text: str):
    assert paragraphs_of(text) == []


def test_the_number_above_the_text_is_none_either():
    assert paragraphs_of("3\nĐiều 1. Phạm vi điều chỉnh") == ["Điều 1. Phạm vi điều chỉnh"]


def test_a_very_long_paragraph_is_quoted_by_its_beginning_with_whole_words():
    [found] = paragraphs_of("nguồn vốn " * 200)
    assert len(found) <= LONGEST_QUOTE + 2
    assert found.endswith((" vốn …", " nguồn …"))
