"""Tables as people paste them: columns in any order, rows as they were, whatever stands in them."""

from hypothesis import assume, given
from hypothesis import strategies as st

from meetings.intake import tables

NAMES = {"name": ("họ tên", "họ và tên"), "post": ("chức vụ",), "body": ("đơn vị", "cơ quan")}
HEADS = {name: spellings[0] for name, spellings in NAMES.items()}
cells = st.text("AĂÂBCDĐEÊGHIKLMNOÔƠ áàảãạ0123456789.,;\"'-", max_size=12).map(
    lambda text: " ".join(text.split())
)
people = st.fixed_dictionaries(dict.fromkeys(NAMES, cells)).filter(lambda row: any(row.values()))


@given(st.permutations(sorted(NAMES)), st.lists(people, max_size=6))
def test_rows_say_what_they_said_in_any_order_of_the_columns(order, rows):
    assume(not any("," in row["name"] for row in rows) or len(order) > 1)
    pasted = tables.text_of(
        [[HEADS[name] for name in order], *([r[n] for n in order] for r in rows)]
    )
    table = tables.read(pasted, NAMES)
    assert [table.said(line) for _number, line in table.lines] == rows


@given(st.lists(people, min_size=1, max_size=5), st.integers(0, 5))
def test_titles_above_and_empty_rows_between_change_nothing(rows, titles: int):
    head = [HEADS[name] for name in sorted(NAMES)]
    above = [[f"DANH SÁCH {number}"] for number in range(titles)]
    body = [line for row in rows for line in ([row[n] for n in sorted(NAMES)], ["", "", ""])]
    table = tables.read(tables.text_of([*above, head, *body]), NAMES)
    assert [table.said(line) for _number, line in table.lines] == rows
    assert [number for number, _line in table.lines] == [
        titles + 2 + 2 * at for at in range(len(rows))
    ]


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_told_to_be_none(text: str):
    try:
        table = tables.read(text, NAMES)
    except tables.UnreadableError:
        return
    assert set(table.columns) <= set(NAMES)
    assert all(any(line) for _number, line in table.lines)
    for _number, line in table.lines:
        assert set(table.said(line)) <= set(table.columns)


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_none(text: str):
    day = tables.day_of(text)
    assert day is None or 1899 <= day.year <= 9999
