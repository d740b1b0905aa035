"""Small segments are merged after what was put can be found."""

import threading

import pytest

from search_index import SearchIndex, manifest, merging, writing
from tests.search_index.library import document, found


def pieces(folder):
    return len(list(folder.glob("*.arr")))


def test_each_paper_is_found_before_anything_is_merged(index, folder, monkeypatch):
    seen = []

    def tidy(place):
        seen.append(found(SearchIndex.open(place), f"riêng{len(seen)}"))

    monkeypatch.setattr(writing, "tidy", tidy)
    for number in range(4):
        index.put(document(f"d{number}", f"riêng{number}"))
    assert seen == [["d0"], ["d1"], ["d2"], ["d3"]]
    assert pieces(folder) == 4


@pytest.mark.parametrize("commits", [merging.MOST_ALIKE - 1, merging.MOST_ALIKE, 20])
def test_segments_stay_few(index, folder, commits):
    for number in range(commits):
        index.put(document(f"d{number:02}", "giống nhau"))
        assert pieces(folder) < merging.MOST_ALIKE
    assert len(found(index, "giống nhau")) == commits


def test_the_manifest_tells_of_a_merge_too(index, folder):
    for number in range(merging.MOST_ALIKE):
        index.put(document(f"d{number}", "trang"))
    assert manifest.read(folder).generation == merging.MOST_ALIKE + 1


def test_an_index_in_order_is_not_written_to(index, folder):
    index.put(document("one", "trang"))
    before = sorted((file.name, file.stat().st_mtime_ns) for file in folder.iterdir())
    assert writing.tidy(folder) is None
    assert sorted((file.name, file.stat().st_mtime_ns) for file in folder.iterdir()) == before


def test_readers_in_threads_see_every_paper_while_segments_are_merged(index):
    index.put(document("first", "có mặt luôn"))
    missing, done = [], threading.Event()

    def look():
        while not done.is_set():
            if found(index, "có mặt luôn", ["first"]) != ["first"]:
                missing.append(1)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(20):
        index.put(document(f"d{number}", "chuyện khác"))
    done.set()
    for reader in readers:
        reader.join()
    assert missing == []
