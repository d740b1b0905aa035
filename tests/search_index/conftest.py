"""What every test of the index may ask for."""

from pathlib import Path

import pytest

from search_index import SearchIndex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> SearchIndex:
    return SearchIndex.open(folder)
