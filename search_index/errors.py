"""Say what can be wrong with an index."""


class SearchIndexError(Exception):
    """Report that the index cannot do what was asked."""


class IndexDamaged(SearchIndexError):
    """Report that the index cannot be read by this program and has to be rebuilt."""


class IndexBusy(SearchIndexError):
    """Report that another process has been writing for too long."""
