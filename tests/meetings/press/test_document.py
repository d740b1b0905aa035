import pytest

from meetings.press.document import Heading, Table


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_heading_has_one_of_four_levels(level):
    assert Heading(level, "I- TÌNH HÌNH").name == ""


@pytest.mark.parametrize("level", [0, 5, -1])
def test_a_heading_of_any_other_level_is_refused(level):
    with pytest.raises(ValueError, match="level from 1 to 4"):
        Heading(level, "I- TÌNH HÌNH")


def test_a_table_keeps_its_rows_and_may_have_none():
    table = Table(("STT", "Nội dung"), (("1", "a"), ("2", "b")), (10, 90))
    assert len(table.rows) == 2
    assert Table(("STT",), (), (100,)).rows == ()


@pytest.mark.parametrize(
    ("rows", "widths"),
    [((("1",),), (10, 90)), ((("1", "a", "thừa"),), (10, 90)), ((("1", "a"),), (100,))],
    ids=["row too short", "row too long", "width missing"],
)
def test_a_table_whose_rows_differ_in_length_is_refused(rows, widths):
    with pytest.raises(ValueError, match="cells in a table of 2"):
        Table(("STT", "Nội dung"), rows, widths)
