"""Any table that a program writes as a text in columns is read back as it was."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake.office import separated
from meetings.intake.office.rows import MOST_COLUMNS, MOST_ROWS, NoWorkbookError

words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyýỳ 0123456789/-", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()) or "x"
)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(words, min_size=width, max_size=width), min_size=1, max_size=6)
)
separators = st.sampled_from(list(separated.SEPARATORS))


def written(rows: list[list[str]], between: str, *, end: str = "\r\n") -> str:
    target = StringIO()
    csv.writer(target, delimiter=between, lineterminator=end).writerows(rows)
    return target.getvalue()


@given(tables, separators, st.sampled_from(["\r\n", "\n"]))
def test_a_table_is_read_as_it_was_written(rows, between: str, end: str):
    assert list(separated.separated(written(rows, between, end=end))) == rows


@given(tables, separators)
def test_cells_with_separators_and_lines_in_them_stay_whole(rows, between: str):
    quoted = [[f"{cell}{between}{cell}\n{cell}" for cell in row] for row in rows]
    text = written([["a", "b"], *quoted], between)
    told = list(separated.separated(text))[1:]
    assert told == [[" ".join(cell.split()) for cell in row] for row in quoted]


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_no_list(tmp_path_factory, content: bytes):
    path = tmp_path_factory.mktemp("list") / "list"
    path.write_bytes(content)
    try:
        rows = list(separated.table_of(path))
    except NoWorkbookError:
        return
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(rows=tables)
def test_accents_come_through_every_unicode(tmp_path_factory, encoding: str, rows):
    path = tmp_path_factory.mktemp("list") / "list"
    path.write_bytes(written(rows, ";").encode(encoding))
    assert list(separated.table_of(path)) == rows


def test_no_more_is_read_than_a_list_may_have():
    many = "\n".join("a;b" for _ in range(MOST_ROWS + 5))
    wide = ";".join("a" for _ in range(MOST_COLUMNS + 5))
    assert len(list(separated.separated(many))) == MOST_ROWS
    assert [len(row) for row in separated.separated(wide)] == [MOST_COLUMNS]
