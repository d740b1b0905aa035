"""Show an index as one reader may see it."""

from search_index.listing import Listed, listed
from search_index.query import Leaf, Symbol
from search_index.units import Chosen, Mask, Source, Units


class View:
    """Hide every document that is not allowed.

    Scores come from the page and from public text alone, so nothing that a reader can see (order,
    totals, scores) depends on a document that is hidden from this reader.
    """

    def __init__(self, source: Source, allowed: Chosen) -> None:
        self._source = source
        self.catalogue = source.catalogue
        self.documents: Mask = self.catalogue.chosen(allowed)

    def listed(self, leaf: Leaf) -> Listed:
        """Return the units of all documents that match a leaf: to be combined, not to be shown."""
        return listed(self._source, leaf)

    def having(self, leaf: Leaf) -> Mask:
        """Return the allowed documents that have a leaf anywhere."""
        return self.listed(leaf).within(self.catalogue) & self.documents

    def occurrences(self, leaf: Leaf) -> Units:
        """Return the allowed units that match a leaf."""
        return self._seen(self.listed(leaf).units)

    def numbered(self, symbol: Symbol) -> Units:
        """Return the allowed heads whose number is the whole key."""
        return self._seen(self._source.postings("symbol", symbol.key).units)

    def _seen(self, units: Units) -> Units:
        return units[self.documents[self.catalogue.document_of[units]]]
