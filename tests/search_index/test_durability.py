"""A commit is on the disk or was never there, wherever the writer stops."""

import errno
import os
from pathlib import Path

import pytest

from search_index import IndexDamaged, SearchIndex, writing
from search_index import index as index_module
from search_index.reading import generation
from tests.search_index.killing import killed
from tests.search_index.library import document, found

PROGRAM = """
index = SearchIndex.open(folder)
{fault}
index.put(document("ours", "bản mới", "2"))
"""
BEFORE_THE_NAME = {
    "while pages are added": "writing.ArrayWriter.add_document = die",
    "before the segment is closed": "writing.ArrayWriter._finalize_segment = die",
    "before anything is on the disk": "writing.sync = die",
    "before the commit has its name": "writing.FileStorage.rename_file = die",
}
AFTER_THE_NAME = {
    "before old files are removed": "import whoosh.index; whoosh.index.clean_files = die",
    "before the manifest": "manifest.write = die",
}


def test_a_commit_and_its_manifest_are_on_the_disk_one_after_the_other(folder, disk):
    index = SearchIndex.open(folder)
    opened = disk.index(("rename", folder))
    assert disk[opened + 1] == ("fsync", folder.parent), "the folder of a new index"
    disk.clear()
    index.put(document("ours", "bản mới"))
    commit, manifest = (at for at, (verb, _) in enumerate(disk) if verb == "rename")
    files = {file for file in folder.iterdir() if file.name.startswith("MAIN_")}
    segments = {file for file in files if file.suffix != ".toc" and "LOCK" not in file.name}
    assert segments
    assert segments <= {place for verb, place in disk[:commit] if verb == "fsync"}
    assert disk[commit + 1] == ("fsync", folder)
    draft, named, names = disk[manifest - 1 : manifest + 2]
    assert named == ("rename", folder / "manifest.json")
    assert draft[0] == "fsync"
    assert draft[1].name.startswith("manifest.json.")
    assert names == ("fsync", folder)


def stop(folder, fault):
    killed(PROGRAM.format(fault=fault), folder)


@pytest.mark.parametrize("moment", BEFORE_THE_NAME)
def test_a_writer_that_dies_early_leaves_the_generation_before(filled, folder, moment):
    stop(folder, BEFORE_THE_NAME[moment])
    for reader in (filled, SearchIndex.open(folder)):
        assert reader.versions() == {"ours": "1", "noise": "1"}
        assert found(reader, "bản cũ") == ["ours"]
        assert found(reader, "bản mới") == []


@pytest.mark.parametrize("moment", AFTER_THE_NAME)
def test_a_writer_that_dies_late_has_committed(filled, folder, moment):
    stop(folder, AFTER_THE_NAME[moment])
    for reader in (filled, SearchIndex.open(folder)):
        assert reader.versions() == {"ours": "2", "noise": "1"}
        assert found(reader, "bản mới") == ["ours"]


@pytest.mark.parametrize("moment", [*BEFORE_THE_NAME, *AFTER_THE_NAME])
def test_the_next_commit_succeeds_and_clears_what_a_dead_writer_left(filled, folder, moment):
    stop(folder, {**BEFORE_THE_NAME, **AFTER_THE_NAME}[moment])
    filled.put(document("ours", "bản sau", version="3"))
    filled.optimise()
    assert found(filled, "bản sau") == ["ours"]
    kinds = sorted(file.name.partition(".")[2] for file in folder.iterdir() if file.is_file())
    assert [kind for kind in kinds if kind] == ["arr", "json", "seg", "toc"]


@pytest.fixture
def order(monkeypatch):
    """The order in which names reach the disk and the commit gets its own."""
    steps = []
    sync, rename = writing.sync, writing.FileStorage.rename_file

    def synced(path):
        steps.append(Path(path).name)
        sync(path)

    def renamed(storage, oldname, newname, **options):
        steps.append("name")
        rename(storage, oldname, newname, **options)

    monkeypatch.setattr(writing, "sync", synced)
    monkeypatch.setattr(writing.FileStorage, "rename_file", renamed)
    return steps


def test_files_are_on_the_disk_before_the_commit_has_its_name(index, folder, order):
    index.put(document("ours", "bản cũ"))
    (segment,) = folder.glob("*.seg")
    before, after = order[: order.index("name")], order[order.index("name") + 1 :]
    assert segment.name in before
    assert any(name.startswith("_MAIN_1.toc.") for name in before)
    assert after[0] == folder.name


def test_a_commit_that_only_removes_is_on_the_disk_too(index, folder, order):
    index.put(document("ours", "bản cũ"))
    order.clear()
    index.remove("ours")
    before, after = order[: order.index("name")], order[order.index("name") + 1 :]
    assert any(name.startswith("_MAIN_2.toc.") for name in before)
    assert after[0] == folder.name


def test_the_manifest_reaches_the_disk_after_the_commit_that_it_tells_of(
    index, folder, monkeypatch, order
):
    monkeypatch.setattr("search_index.manifest.sync", writing.sync)
    index.put(document("ours", "bản cũ"))
    manifest = next(at for at, name in enumerate(order) if name.startswith("manifest.json."))
    assert order.index("name") < order.index(folder.name) < manifest
    assert order[manifest + 1 :] == [folder.name]


def fail(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("step", ["_flush_segment", "_assemble_segment", "_commit_toc"])
def test_a_full_disk_is_said_and_leaves_the_index_usable(filled, monkeypatch, step):
    with monkeypatch.context() as patch:
        patch.setattr(writing.ArrayWriter, step, fail)
        with pytest.raises(OSError, match="No space"):
            filled.put(document("ours", "bản mới", version="2"))
    assert filled.versions() == {"ours": "1", "noise": "1"}
    filled.put(document("ours", "bản mới", version="2"))
    assert found(filled, "bản mới") == ["ours"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_lock_goes_even_when_giving_up_fails(filled, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    with monkeypatch.context() as patch:
        patch.setattr(writing.ArrayWriter, "_commit_toc", fail)
        patch.setattr(writing.ArrayWriter, "_close_segment", fail)
        with pytest.raises(OSError, match="No space"):
            filled.remove("ours")
    filled.remove("ours")
    assert filled.versions() == {"noise": "1"}


def test_commits_that_went_missing_are_damage(filled, folder):
    manifest = (folder / "manifest.json").read_text()
    known = generation(folder)
    (folder / "manifest.json").write_text(manifest.replace(str(known), str(known + 1), 1))
    with pytest.raises(IndexDamaged, match="lost commits"):
        SearchIndex.open(folder)


def test_two_processes_that_make_one_index_share_the_first(folder, monkeypatch):
    draft = index_module._draft

    def slow(place):
        made = draft(place)
        monkeypatch.setattr(index_module, "_draft", draft)
        SearchIndex.open(place).put(document("first", "của người nhanh"))
        return made

    monkeypatch.setattr(index_module, "_draft", slow)
    assert found(SearchIndex.open(folder), "người nhanh") == ["first"]
    assert [file.name for file in folder.parent.iterdir()] == ["index"]


def test_an_index_is_made_in_an_empty_folder_that_is_there_already(folder):
    folder.mkdir()
    assert SearchIndex.open(folder).versions() == {}


def test_a_folder_with_other_things_is_never_taken_for_an_index(folder):
    folder.mkdir()
    (folder / "letter.txt").write_text("giữ lại")
    with pytest.raises(IndexDamaged, match="manifest"):
        SearchIndex.open(folder)
    assert (folder / "letter.txt").read_text() == "giữ lại"


def test_a_place_where_no_index_can_be_is_an_error_of_the_system(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        SearchIndex.open(tmp_path / "file")


def test_a_reader_stays_with_what_it_has_while_the_folder_is_exchanged(filled, folder):
    assert found(filled, "bản cũ") == ["ours"]
    away = folder.rename(folder.with_name("away"))
    assert found(filled, "bản cũ") == ["ours"]
    away.rename(folder)
    assert found(filled, "bản cũ") == ["ours"]


def test_a_reader_notices_another_index_of_the_same_generation(index, folder, tmp_path):
    index.put(document("ours", "bản cũ"))
    reader = SearchIndex.open(folder)
    other = SearchIndex.open(tmp_path / "other")
    other.put(document("theirs", "bản khác"))
    folder.rename(tmp_path / "old")
    (tmp_path / "other").rename(folder)
    assert reader.versions() == {"theirs": "1"}
    assert found(reader, "bản khác") == ["theirs"]


def test_only_the_last_damaged_index_is_kept_aside(filled, folder):
    SearchIndex.start_over(folder).put(document("second", "bản hai"))
    SearchIndex.start_over(folder)
    aside = SearchIndex.open(folder.with_name("index.damaged"))
    assert aside.versions() == {"second": "1"}
    assert SearchIndex.open(folder).versions() == {}


DIE_AT = """
merging.MOST_ALIKE = 2
index = SearchIndex.open(folder)
die_at(int(sys.argv[2]))
for number in range(100):
    index.put(document(f"new{number}", f"bản mới thứ {number}"))
    os.write(1, f"new{number}\\n".encode())
"""
POINTS = range(0, 250, 5) if os.environ.get("LONG_TESTS") else range(3, 250, 50)


@pytest.mark.long
@pytest.mark.parametrize("point", POINTS)
def test_whatever_was_acknowledged_is_found_after_a_death_at_any_point(filled, folder, point):
    """Writing, committing and merging are cut off by kill -9; the folder is readable throughout."""
    acknowledged = killed(DIE_AT, folder, point)
    for reader in (filled, SearchIndex.open(folder)):
        assert found(reader, "bản cũ") == ["ours"]
        assert {"noise", "ours", *acknowledged} <= set(reader.versions())
        assert set(acknowledged) <= set(found(reader, "bản mới thứ"))
        assert len(reader.versions()) <= 3 + len(acknowledged)
    filled.put(document("later", "viết tiếp"))
    assert found(filled, "viết tiếp") == ["later"]
