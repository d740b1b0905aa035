"""A new index is made beside the one in use; whoever dies meanwhile stops nobody from searching."""

import os
import signal
import subprocess
import sys

import pytest

from search_index import IndexBusy, Rebuild, SearchIndex, rebuilding, unfinished, writing
from tests.search_index.library import document, found

PROGRAM = """
import os, shutil, signal, sys
from pathlib import Path
from search_index import DocumentEntry, PageEntry, Rebuild, rebuilding, writing

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(function):
    def done(*given, **more):
        function(*given, **more)
        die()
    return done

rebuild = Rebuild(Path(sys.argv[1]))
{fault}
index = rebuild.index()
index.put(DocumentEntry("ours", "2", (PageEntry(1, "bản mới"),)))
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


@pytest.fixture
def live(index):
    index.put(document("ours", "bản cũ"), document("noise", "chuyện khác"))
    return index


def stop(folder, fault):
    environment = {**os.environ, "PYTHONPATH": os.curdir}
    command = [sys.executable, "-c", PROGRAM.format(fault=fault), str(folder)]
    done = subprocess.run(command, check=False, env=environment, stderr=subprocess.PIPE)
    assert done.returncode == -signal.SIGKILL, done.stderr


def go_on(folder):
    rebuild = Rebuild(folder)
    rebuild.index().put(document("ours", "bản mới", version="2"))
    rebuild.switch()


@pytest.mark.parametrize("moment", BEFORE)
def test_who_dies_before_the_switch_leaves_the_index_in_use(live, folder, moment):
    stop(folder, BEFORE[moment])
    for reader in (live, SearchIndex.open(folder)):
        assert (found(reader, "bản cũ"), found(reader, "bản mới")) == (["ours"], [])
    go_on(folder)
    assert live.versions() == {"ours": "2"}


@pytest.mark.parametrize("moment", AFTER)
def test_who_dies_after_the_switch_leaves_the_new_index(live, folder, moment):
    stop(folder, AFTER[moment])
    for reader in (live, SearchIndex.open(folder)):
        assert (found(reader, "bản cũ"), found(reader, "bản mới")) == ([], ["ours"])
    go_on(folder)
    assert live.versions() == {"ours": "2"}


@pytest.mark.parametrize("moment", [*BEFORE, *AFTER])
def test_nothing_is_left_beside_the_index_in_the_end(live, folder, moment):
    stop(folder, {**BEFORE, **AFTER}[moment])
    go_on(folder)
    assert [each.name for each in folder.parent.iterdir()] == [folder.name]
    assert not list(folder.glob("rebuild.*"))


def test_a_document_put_into_the_index_in_use_is_not_in_the_other(live, folder):
    rebuild = Rebuild(folder)
    rebuild.index().put(document("theirs", "bản khác"))
    live.put(document("late", "đến muộn"))
    assert unfinished(folder).versions() == {"theirs": "1"}
    assert live.versions() == {"ours": "1", "noise": "1", "late": "1"}
    rebuild.switch()
    assert live.versions() == {"theirs": "1"}
    assert unfinished(folder) is None


def test_the_next_commit_after_a_switch_goes_to_the_new_index(live, folder):
    go_on(folder)
    live.put(document("late", "đến muộn"))
    assert SearchIndex.open(folder).versions() == {"ours": "2", "late": "1"}


def test_a_damaged_half_is_begun_anew(live, folder):
    rebuild = Rebuild(folder)
    rebuild.index().put(document("ours", "bản mới", version="2"))
    (rebuild.beside / "manifest.json").write_text("rubbish")
    assert rebuild.index().versions() == {}


def test_an_index_takes_the_place_of_none(folder):
    go_on(folder)
    assert SearchIndex.open(folder).versions() == {"ours": "2"}


def test_the_switch_waits_for_the_writer(live, folder, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    rebuild = Rebuild(folder)
    rebuild.index().put(document("ours", "bản mới", version="2"))
    with writing.locked(folder), pytest.raises(IndexBusy):
        rebuild.switch()
    assert live.versions() == {"ours": "1", "noise": "1"}
    rebuild.switch()
    assert live.versions() == {"ours": "2"}


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


def test_two_do_not_make_one_at_the_same_time(live, folder):
    one, other = Rebuild(folder), Rebuild(folder)
    with one.alone(), pytest.raises(IndexBusy, match="another process"), other.alone():
        pytest.fail("both make one")
    with other.alone():
        pass


def test_what_fails_while_one_is_made_keeps_its_name_and_lets_the_next_begin(live, folder):
    with pytest.raises(KeyError), Rebuild(folder).alone():
        raise KeyError
    with Rebuild(folder).alone():
        pass
