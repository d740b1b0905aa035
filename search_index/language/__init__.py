"""The language of the search box, above any engine."""

from search_index.language.dates import Days
from search_index.language.fields import Field, Filter, fits

__all__ = ["Days", "Field", "Filter", "fits"]
