"""What every connection to SQLite is asked to keep to, read back from the connection itself."""

from contextlib import ExitStack

import pytest

SAFE = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "busy_timeout": 5000,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}


@pytest.mark.sqlite
def test_every_connection_has_every_safe_setting(installation):
    with ExitStack() as stack:
        engine = installation.database.engine
        for _ in range(3):
            connection = stack.enter_context(engine.connect())
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SAFE
            }
            assert found == SAFE
