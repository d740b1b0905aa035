"""Turn a document into its units, with the keys under which an engine files each of them."""

from collections.abc import Iterator
from typing import Any

from search_index.analysis import clean, exact_key, fold_key, tokens
from search_index.entries import DocumentEntry
from search_index.symbols import mentions, symbol_keys


def units_of(entry: DocumentEntry) -> Iterator[dict[str, Any]]:
    """Yield the head of a document, then its pages; readers count on this order."""
    pages = sorted(entry.pages, key=lambda page: page.number)
    texts = [clean(page.text) for page in pages]
    keys = [_keys(text) for text in texts]
    head = _keys(clean(f"{entry.symbol} {entry.title}"))
    stored = {
        "document": entry.document,
        "version": entry.version,
        "issued_on": entry.issued_on,
        "numbers": [0, *(page.number for page in pages)],
        "lengths": [len(unit["words"]) for unit in (head, *keys)],
    }
    own = symbol_keys(entry.symbol)
    yield {"document": [entry.document], "head": stored, "symbol": own, **head}
    for text, unit in zip(texts, keys, strict=True):
        cited = [mention.key for mention in mentions(text)]
        yield {"document": [entry.document], "cites": cited, **unit}


def _keys(text: str) -> dict[str, list[str]]:
    words = [token.text for token in tokens(text)]
    folded = [fold_key(word) for word in words]
    return {"words": folded, "exact": [exact_key(word) for word in words]}
