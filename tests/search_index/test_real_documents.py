"""Documents of real authorities, looked up as people look up what they know."""

import gzip
import json
from pathlib import Path

import pytest

from search_index import DocumentEntry, PageEntry, SearchIndex, fold, mentions, number_key, parse
from search_index import snippet as shown_part

TEXTS = Path(__file__).parents[3] / "shared" / "data" / "text"
PAGE = 3000

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TEXTS.is_dir(), reason="the real documents are not here"),
]


def entry(row):
    return DocumentEntry(row["id"], "1", (PageEntry(1, row["text"][:PAGE]),), symbol=row["number"])


@pytest.fixture(scope="module")
def rows():
    with gzip.open(TEXTS / "vbpl-full-documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def archive(rows, tmp_path_factory):
    index = SearchIndex.open(tmp_path_factory.mktemp("real") / "index")
    index.put(*map(entry, rows.values()))
    return index


@pytest.fixture(scope="module")
def questions(rows):
    with (TEXTS / "queries-known-item.jsonl").open(encoding="utf-8") as lines:
        asked = [json.loads(line) for line in lines]
    return [question for question in asked if set(question["relevant"]) & rows.keys()]


def first(archive, rows, text):
    results = archive.search(parse(text), allowed=rows, limit=1)
    return {hit.document for hit in results.hits}


def share_found_first(archive, rows, questions, kind, field):
    asked = [question for question in questions if question["kind"] == kind]
    right = [
        question
        for question in asked
        if first(archive, rows, question[field]) & set(question["relevant"])
    ]
    assert len(asked) >= 100
    return len(right) / len(asked)


@pytest.mark.parametrize("field", ["query", "query_no_diacritics"])
def test_every_document_is_first_for_its_number(archive, rows, questions, field):
    assert share_found_first(archive, rows, questions, "document-number", field) == 1


@pytest.mark.parametrize("field", ["query", "query_no_diacritics"])
def test_nearly_every_document_is_first_for_its_subject(archive, rows, questions, field):
    assert share_found_first(archive, rows, questions, "document-subject", field) >= 0.95


def test_a_document_mentions_its_own_number_in_its_head(rows):
    found = [
        row
        for row in rows.values()
        if number_key(row["number"]) in {each.key for each in mentions(row["text"][:1500])}
    ]
    assert len(found) / len(rows) >= 0.9


def test_what_is_shown_of_a_document_is_of_its_text_and_has_a_hit(archive, rows, questions):
    for question in questions[::10]:
        query = parse(question["query"])
        for hit in archive.search(query, allowed=rows, limit=3).hits:
            text = rows[hit.document]["text"][:PAGE]
            pieces = shown_part(text, query)
            assert "".join(piece for piece, _ in pieces) in text
            assert all(fold(piece) for piece, is_hit in pieces if is_hit)


def test_only_what_is_allowed_is_found_among_the_real_ones(archive, rows):
    allowed = set(list(rows)[::4])
    results = archive.search(parse("thông tư"), allowed=allowed, limit=500)
    expected = {
        name
        for name in allowed
        if {"thong", "tu"}
        <= set(fold(f"{rows[name]['number']} {rows[name]['text'][:PAGE]}").split())
    }
    assert expected
    assert expected <= {hit.document for hit in results.hits} <= allowed
