"""What every test of the index may ask for."""

from pathlib import Path

import pytest

from search_index import SearchIndex
from tests.search_index.library import document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> SearchIndex:
    return SearchIndex.open(folder)


@pytest.fixture
def filled(index: SearchIndex) -> SearchIndex:
    """An index in use: a document that is renewed, and one that has to stay."""
    index.put(document("ours", "bản cũ"), document("noise", "chuyện khác"))
    return index
