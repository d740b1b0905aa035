"""Keep Whoosh's posting lists as arrays, and answer Whoosh's queries with whole-list operations."""

from search_index.arrays.collector import ArrayCollector, Found, Layout, Wanted
from search_index.arrays.fields import Keys, Words
from search_index.arrays.writer import ArrayWriter

__all__ = ["ArrayCollector", "ArrayWriter", "Found", "Keys", "Layout", "Wanted", "Words"]
