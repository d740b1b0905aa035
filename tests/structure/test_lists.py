"""House rule of the lists: whoever lists rows that a person may see starts at a readable select."""

import ast
import inspect
from pathlib import Path

from meetings import models, policy

ROOT = Path(__file__).parents[2]
SHOWN = ("views.py", "queries.py")


def listed_tables() -> set[str]:
    selects = [f for name, f in inspect.getmembers(policy) if name.startswith("readable_")]
    return {select().column_descriptions[0]["entity"].__name__ for select in selects}


def selected(call: ast.Call) -> set[str]:
    """Return the tables that a call of `select` names, whole or by a column."""
    parts = [part.value if isinstance(part, ast.Attribute) else part for part in call.args]
    return {part.id for part in parts if isinstance(part, ast.Name)}


def queries_over(source: str) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "select"]
    return {table for call in named for table in selected(call)}


def test_no_page_lists_rows_but_through_a_readable_select():
    files = [path for name in SHOWN for path in (ROOT / "meetings").rglob(name)]
    assert len(files) > 10
    tables = listed_tables()
    found = {
        f"{path.relative_to(ROOT)}: {table}"
        for path in files
        for table in queries_over(path.read_text()) & tables
    }
    assert found == set()


def test_the_rule_sees_whole_tables_and_columns():
    assert queries_over("x = select(Meeting).where(1)") == {"Meeting"}
    assert queries_over("x = [select(Document.id, User.id)]") == {"Document", "User"}
    assert queries_over("x = select(func.count()).select_from(q)") == set()


def test_every_list_is_of_a_table_with_rows_of_its_own():
    assert listed_tables() <= set(models.__all__)
    assert {"Meeting", "Document", "AgendaPaper", "User"} <= listed_tables()
