"""Find pages of Vietnamese administrative documents: analysis, query language, ranking, index."""

from search_index.abbreviations import ABBREVIATIONS
from search_index.analysis import clean, exact_key, fold, tokens
from search_index.entries import DocumentEntry, Hit, Matching, PageEntry, Results
from search_index.errors import IndexBusy, IndexDamaged, SearchIndexError
from search_index.index import SearchIndex
from search_index.language import Days, Field, Filter, fits
from search_index.language.parser import parse, without
from search_index.query import Query
from search_index.rebuilding import Rebuild, unfinished
from search_index.similarity import Gist, gist
from search_index.snippets import matching_words, may_hold, snippet
from search_index.symbols import mentions, number_key
from search_index.units import Order

__all__ = [
    "ABBREVIATIONS",
    "Days",
    "DocumentEntry",
    "Field",
    "Filter",
    "Gist",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "Matching",
    "Order",
    "PageEntry",
    "Query",
    "Rebuild",
    "Results",
    "SearchIndex",
    "SearchIndexError",
    "clean",
    "exact_key",
    "fits",
    "fold",
    "gist",
    "matching_words",
    "may_hold",
    "mentions",
    "number_key",
    "parse",
    "snippet",
    "tokens",
    "unfinished",
    "without",
]
