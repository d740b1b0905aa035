"""A new index is made beside the one in use; whoever dies meanwhile stops nobody from searching."""

import os

import pytest

from search_index import IndexBusy, Rebuild, SearchIndex, rebuilding, unfinished, writing
from tests.search_index.killing import killed, run
from tests.search_index.library import document, found

PROGRAM = """
rebuild = Rebuild(folder)
{fault}
index = rebuild.index()
index.put(document("ours", "bản mới", "2"))
index.optimise()
rebuild.switch()
"""
BEFORE = {
    "before the first commit": "writing.replace = die",
    "after the first commit": "writing.replace = after(writing.replace)",
    "while it is made one piece": "writing.merge_all = die",
    "before it is called whole": "writing.locked = rebuilding.Path.touch = die",
    "before it takes the place": "rebuilding.exchange = die",
}
AFTER = {
    "after it took the place": "rebuilding.exchange = after(rebuilding.exchange)",
    "before the old one goes": "shutil.rmtree = die",
    "before the marks go": "rebuilding.Path.unlink = die",
}


def stop(folder, fault):
    killed(PROGRAM.format(fault=fault), folder)


def go_on(folder):
    rebuild = Rebuild(folder)
    rebuild.index().put(document("ours", "bản mới", version="2"))
    rebuild.switch()


@pytest.mark.parametrize("moment", BEFORE)
def test_who_dies_before_the_switch_leaves_the_index_in_use(filled, folder, moment):
    stop(folder, BEFORE[moment])
    for reader in (filled, SearchIndex.open(folder)):
        assert (found(reader, "bản cũ"), found(reader, "bản mới")) == (["ours"], [])
    go_on(folder)
    assert filled.versions() == {"ours": "2"}


@pytest.mark.parametrize("moment", AFTER)
def test_who_dies_after_the_switch_leaves_the_new_index(filled, folder, moment):
    stop(folder, AFTER[moment])
    for reader in (filled, SearchIndex.open(folder)):
        assert (found(reader, "bản cũ"), found(reader, "bản mới")) == ([], ["ours"])
    go_on(folder)
    assert filled.versions() == {"ours": "2"}


@pytest.mark.parametrize("moment", [*BEFORE, *AFTER])
def test_nothing_is_left_beside_the_index_in_the_end(filled, folder, moment):
    stop(folder, {**BEFORE, **AFTER}[moment])
    go_on(folder)
    assert [each.name for each in folder.parent.iterdir()] == [folder.name]
    assert not list(folder.glob("rebuild.*"))


def test_a_document_put_into_the_index_in_use_is_not_in_the_other(filled, folder):
    rebuild = Rebuild(folder)
    rebuild.index().put(document("theirs", "bản khác"))
    filled.put(document("late", "đến muộn"))
    assert unfinished(folder).versions() == {"theirs": "1"}
    assert filled.versions() == {"ours": "1", "noise": "1", "late": "1"}
    rebuild.switch()
    assert filled.versions() == {"theirs": "1"}
    assert unfinished(folder) is None


def test_the_next_commit_after_a_switch_goes_to_the_new_index(filled, folder):
    go_on(folder)
    filled.put(document("late", "đến muộn"))
    assert SearchIndex.open(folder).versions() == {"ours": "2", "late": "1"}


def test_each_mark_of_a_switch_is_on_the_disk_before_the_next_step(filled, folder, disk):
    rebuild = Rebuild(folder)
    rebuild.index()
    assert disk[-1] == ("fsync", rebuild.beside), "that it was begun"
    disk.clear()
    rebuild.switch()
    steps = [place for verb, place in disk if verb == "fsync"]
    assert steps[0] == rebuild.beside, "that it is whole"
    assert steps[-1] == folder.parent, "that it took the place"


def test_a_damaged_half_is_begun_anew(filled, folder):
    rebuild = Rebuild(folder)
    rebuild.index().put(document("ours", "bản mới", version="2"))
    (rebuild.beside / "manifest.json").write_text("rubbish")
    assert rebuild.index().versions() == {}


def test_an_index_takes_the_place_of_none(folder):
    go_on(folder)
    assert SearchIndex.open(folder).versions() == {"ours": "2"}


def test_the_switch_waits_for_the_writer(filled, folder, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    rebuild = Rebuild(folder)
    rebuild.index().put(document("ours", "bản mới", version="2"))
    with writing.locked(folder), pytest.raises(IndexBusy):
        rebuild.switch()
    assert filled.versions() == {"ours": "1", "noise": "1"}
    rebuild.switch()
    assert filled.versions() == {"ours": "2"}


@pytest.mark.parametrize("answer", [0, -1])
def test_folders_are_exchanged_where_the_file_system_can_and_where_it_cannot(
    tmp_path, monkeypatch, answer
):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).touch()
    if answer:
        monkeypatch.setattr(rebuilding, "_EXCHANGE", 1 << 20)
    rebuilding.exchange(one, other)
    assert [next(folder.iterdir()).name for folder in (one, other)] == ["other", "one"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one", "other"]


def test_two_do_not_make_one_at_the_same_time(filled, folder):
    one, other = Rebuild(folder), Rebuild(folder)
    with one.alone(), pytest.raises(IndexBusy, match="another process"), other.alone():
        pytest.fail("both make one")
    with other.alone():
        pass


def test_what_fails_while_one_is_made_keeps_its_name_and_lets_the_next_begin(filled, folder):
    with pytest.raises(KeyError), Rebuild(folder).alone():
        raise KeyError
    with Rebuild(folder).alone():
        pass


DIE_AT = """
die_at(int(sys.argv[2]))
rebuild = Rebuild(folder)
index = rebuild.index()
for number in range(5):
    index.put(document(f"new{number}", f"bản mới thứ {number}"))
index.put(document("ours", "bản mới", "2"))
index.optimise()
rebuild.switch()
"""
OLD = {"ours": "1", "noise": "1"}
NEW = {"ours": "2", **{f"new{number}": "1" for number in range(5)}}
POINTS = range(0, 275, 5) if os.environ.get("LONG_TESTS") else range(20, 275, 50)


@pytest.mark.long
@pytest.mark.parametrize("point", POINTS)
def test_a_rebuild_that_dies_at_any_point_leaves_the_old_or_the_new_whole(filled, folder, point):
    """Making, merging, switching and clearing up are cut off by kill -9; the next one ends it."""
    code, _lines = run(DIE_AT, folder, point)
    for reader in (filled, SearchIndex.open(folder)):
        assert reader.versions() in ((NEW,) if code == 0 else (OLD, NEW))
        whole = reader.versions() == NEW
        assert (found(reader, "bản cũ"), found(reader, "chuyện khác")) == (
            ([], []) if whole else (["ours"], ["noise"])
        )
        assert len(found(reader, "bản mới")) == (6 if whole else 0)
    if filled.versions() == OLD:
        go_on(folder)
    filled.put(document("later", "viết tiếp"))
    assert found(SearchIndex.open(folder), "viết tiếp") == ["later"]
    Rebuild(folder)
    assert not list(folder.glob("rebuild.*"))
