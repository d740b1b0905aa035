from pathlib import Path

from sqlalchemy import inspect

from meetings.installation import Installation
from meetings.settings import Settings


def test_preparing_makes_what_is_missing_and_keeps_what_is_there(
    tmp_path: Path, empty_database: str
):
    settings = Settings(instance=tmp_path / "somewhere" / "instance", database=empty_database)
    first = Installation(settings).prepare()
    key = first.keys.root
    first.close()
    again = Installation(settings).prepare()
    assert again.keys.root == key
    assert "meeting" in inspect(again.database.engine).get_table_names()
    assert settings.instance.stat().st_mode & 0o777 == 0o700
    again.close()


def test_closing_what_was_never_opened_is_harmless(tmp_path: Path):
    Installation(Settings(instance=tmp_path)).close()
