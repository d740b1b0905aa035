import json

import pytest

from search_index import IndexDamaged, SearchIndex
from search_index.analysis import VERSION
from search_index.manifest import NAME, Manifest, read, write
from tests.search_index.library import document


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    write(tmp_path, Manifest(12))
    assert read(tmp_path) == Manifest(12, VERSION)


def test_a_later_manifest_takes_the_place_of_the_first_and_leaves_no_draft(tmp_path):
    write(tmp_path, Manifest(1))
    write(tmp_path, Manifest(2))
    assert read(tmp_path).generation == 2
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_a_manifest_that_could_not_be_written_leaves_the_one_before(tmp_path, monkeypatch):
    write(tmp_path, Manifest(1))

    def full(_):
        message = "full"
        raise OSError(message)

    monkeypatch.setattr("search_index.manifest.sync", full)
    with pytest.raises(OSError, match="full"):
        write(tmp_path, Manifest(2))
    assert read(tmp_path) == Manifest(1)


@pytest.mark.parametrize("analysis", [VERSION - 1, VERSION + 1, "1", None])
def test_another_analysis_is_refused_by_its_name(tmp_path, analysis):
    content = {"generation": 1, "analysis": analysis}
    (tmp_path / NAME).write_text(json.dumps(content))
    with pytest.raises(IndexDamaged, match=f"analysis {analysis}, this is {VERSION}"):
        read(tmp_path)


def test_a_folder_without_a_manifest_is_no_index(tmp_path):
    with pytest.raises(IndexDamaged, match="no readable manifest"):
        read(tmp_path)


def test_the_manifest_says_how_far_the_index_came(index, folder):
    assert read(folder) == Manifest(0)
    index.put(document("one", "một"))
    index.remove("one")
    assert read(folder) == Manifest(2)
    index.optimise()
    assert json.loads((folder / NAME).read_text()) == {"generation": 3, "analysis": VERSION}


def test_a_reader_refuses_what_another_analysis_wrote_meanwhile(index, folder):
    reader = SearchIndex.open(folder)
    index.put(document("one", "một"))
    write(folder, Manifest(1, VERSION + 1))
    with pytest.raises(IndexDamaged, match="analysis"):
        reader.versions()
