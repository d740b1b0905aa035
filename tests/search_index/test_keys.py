"""A document is filed as a head and its pages, each with its keys."""

from search_index import DocumentEntry, PageEntry
from search_index.keys import units_of
from tests.search_index.library import document


def test_the_head_is_first_and_pages_follow_by_their_numbers():
    entry = DocumentEntry("plan", "3", (PageEntry(9, "núi"), PageEntry(2, "biển xanh")), title="Đề")
    head, first, second = units_of(entry)
    assert head["head"] == {
        "document": "plan",
        "version": "3",
        "issued_on": 0,
        "numbers": [0, 2, 9],
        "lengths": [1, 2, 1],
    }
    assert (first["words"], second["words"]) == (["bien", "xanh"], ["nui"])
    assert all(unit["document"] == ["plan"] for unit in (head, first, second))


def test_a_word_is_filed_with_and_without_its_accents():
    head, page = units_of(document("plan", "hoà giải", title="Quỹ"))
    assert page["words"] == ["hoa", "giai"]
    assert page["exact"] == list(units_of(document("other", "hòa giải")))[1]["exact"]
    assert head["words"] == ["qui"]


def test_a_number_is_filed_with_its_document_and_where_it_is_cited():
    head, page = units_of(document("plan", "Theo Kết luận số 09-KL/TU.", symbol="12-KH/TU"))
    assert "12khtu" in head["symbol"]
    assert page["cites"] == ["9kltu"]
    assert "symbol" not in page
    assert "cites" not in head


def test_a_document_without_pages_is_a_head():
    assert len(list(units_of(document("plan")))) == 1
