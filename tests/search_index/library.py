"""Small documents to be found, and short ways to ask for them."""

from collections.abc import Collection

from search_index import DocumentEntry, PageEntry, SearchIndex, parse


def document(name, *pages, version="1", **fields):
    entries = tuple(PageEntry(number, text) for number, text in enumerate(pages, 1))
    return DocumentEntry(name, version, entries, **fields)


def found(index: SearchIndex, text: str, allowed: Collection[str] | None = None) -> list[str]:
    results = answers(index, text, allowed)
    return [hit.document for hit in results.hits]


def answers(index, text, allowed=None, **window):
    everything = index.versions() if allowed is None else allowed
    return index.search(parse(text), allowed=everything, **window)


def places(index, text):
    return [(hit.document, hit.page) for hit in answers(index, text).hits]
