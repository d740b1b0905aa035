"""Whatever call to the disk fails: a commit is there or never was, and the next goes through."""

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from search_index import SearchIndex
from tests.faults import each_fault
from tests.search_index.library import document, found

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Close here what a failing call left open, not in the midst of another test."""
    yield
    gc.collect()


def test_a_put_is_whole_or_did_not_happen(folder, index):
    index.put(document("noise", "chuyện khác"))

    def before() -> None:
        index.put(document("ours", "bản cũ"))

    def act(_ground, _faults) -> None:
        index.put(document("ours", "bản mới", version="2"))

    for _, _, problem in each_fault(folder, before, act):
        for opened in (index, SearchIndex.open(folder)):
            assert opened.versions() in (
                [{"ours": "2", "noise": "1"}, {"ours": "1", "noise": "1"}]
                if problem
                else [{"ours": "2", "noise": "1"}]
            )
            is_new = opened.versions()["ours"] == "2"
            assert found(opened, "bản mới") == (["ours"] if is_new else [])
            assert found(opened, "chuyện khác") == ["noise"]
        act(None, None)
        assert found(index, "bản mới") == ["ours"]


def test_a_removal_is_whole_or_did_not_happen(folder, index):
    def before() -> None:
        index.put(document("ours", "bản cũ"), document("noise", "chuyện khác"))

    def act(_ground, _faults) -> None:
        index.remove("ours")

    for _, _, problem in each_fault(folder, before, act):
        assert problem is not None or found(index, "bản cũ") == []
        assert found(index, "chuyện khác") == ["noise"]
        act(None, None)
        assert index.versions() == {"noise": "1"}


def test_an_index_is_made_whole_or_made_again(tmp_path):
    numbers = count()

    def before() -> Path:
        return tmp_path / f"index {next(numbers)}"

    for folder, _, _ in each_fault(tmp_path, before, lambda ground, _: SearchIndex.open(ground)):
        index = SearchIndex.open(folder)
        index.put(document("ours", "bản mới"))
        assert found(index, "bản mới") == ["ours"]
