from pathlib import Path
from random import Random

import pytest
from whoosh import query
from whoosh.fields import UnknownFieldError

from search_index.arrays import ArrayWriter, inverting
from tests.search_index.arrays import shelves
from tests.search_index.arrays.shelves import names


def files(index):
    return sorted(Path(index.storage.folder).glob("*.arr"))


def test_a_segment_has_one_file_of_lists_beside_whooshs_own(tmp_path):
    index = shelves.arrays(tmp_path / "index", shelves.rows(Random(1), 5))
    kinds = sorted(file.suffix for file in (tmp_path / "index").iterdir() if file.suffix)
    assert kinds == [".arr", ".seg", ".toc"]
    assert len(files(index)) == 1


def test_merged_segments_leave_no_file_behind(tmp_path):
    batches = [shelves.rows(Random(at), 6, 10 * at) for at in range(4)]
    index = shelves.arrays(tmp_path / "index", *batches)
    assert len(files(index)) == 4
    shelves.merge(index)
    assert len(files(index)) == 1


def test_numbers_and_stored_fields_come_through_a_merge(tmp_path):
    batches = [shelves.rows(Random(at), 6, 10 * at) for at in range(3)]
    index = shelves.arrays(tmp_path / "index", *batches)
    shelves.remove(index, "d0003")
    shelves.merge(index)
    expected = {row["head"]: row["day"] for batch in batches for row in batch if row["head"] != 3}
    with index.reader() as reader:
        heads = [fields["head"] for _, fields in reader.iter_docs()]
        days = list(reader.column_reader("day"))
    assert dict(zip(heads, days, strict=True)) == expected
    late = query.NumericRange("day", 20240501, 20250101)
    assert len(names(index, late)) == sum(day >= 20240501 for day in expected.values())


def test_documents_may_be_added_before_and_after_a_merge_in_one_commit(tmp_path):
    index = shelves.arrays(tmp_path / "index", [{"id": ["a"], "words": ["xa"]}])

    def merging(writer, segments):
        from whoosh.reading import SegmentReader

        for segment in segments:
            writer.add_reader(SegmentReader(writer.storage, writer.schema, segment))
        writer.add_document(id=["c"], words=["xa", "vu"])
        return []

    writer = ArrayWriter(index)
    writer.add_document(id=["b"], words=["vu", "xa"])
    writer.commit(mergetype=merging)
    assert sorted(names(index, query.Term("words", "xa"))) == ["a", "b", "c"]
    assert names(index, query.Phrase("words", ["xa", "vu"])) == ["c"]
    assert len(files(index)) == 1


def test_a_segment_that_lost_everything_is_merged_into_nothing(tmp_path):
    index = shelves.arrays(tmp_path / "index", shelves.rows(Random(1), 3))
    shelves.remove(index, "d0000", "d0001", "d0002")
    shelves.merge(index)
    assert names(index, query.Every()) == []
    with index.reader() as reader:
        assert reader.doc_count_all() == 0


def test_words_said_only_by_deleted_documents_are_forgotten(tmp_path):
    rows = [{"id": ["a"], "words": ["xa", "vu", "xa"]}, {"id": ["b"], "words": ["mat", "xa"]}]
    index = shelves.arrays(tmp_path / "index", rows[:1], rows[1:])
    shelves.remove(index, "b")
    shelves.merge(index)
    assert b"mat" not in files(index)[0].read_bytes()
    with index.reader() as reader:
        assert list(reader.lexicon("words")) == [b"vu", b"xa"]
        assert list(reader.lexicon("pairs")) == [b"vu_xa", b"xa_vu"]


def test_a_field_that_is_not_in_the_schema_is_refused(tmp_path):
    index = shelves.arrays(tmp_path / "index")
    writer = ArrayWriter(index)
    with pytest.raises(UnknownFieldError, match="more"):
        writer.add_document(id=["a"], more=["b"])
    writer.cancel()


@pytest.mark.parametrize("limit", ["MOST_DOCS", "MOST_KEYS"])
def test_more_than_one_segment_can_hold_is_refused(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(inverting, limit, 2)
    index = shelves.arrays(tmp_path / "index")
    writer = ArrayWriter(index)
    for name in "abc":
        writer.add_document(id=[name], words=[])
    with pytest.raises(OverflowError):
        writer.commit()
    writer.cancel()


def test_places_beyond_two_bytes_are_kept(tmp_path):
    words = ["xa"] * 70_000 + ["ban", "vu"]
    index = shelves.arrays(tmp_path / "index", [{"id": ["long"], "words": words}])
    assert names(index, query.Phrase("words", ["xa", "ban", "vu"])) == ["long"]
    assert names(index, query.Phrase("words", ["ban", "vu", "xa"])) == []
