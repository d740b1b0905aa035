"""What can go wrong in the store, named after what it means to the caller."""


class StorageError(Exception):
    """The store or its keys cannot do what was asked."""


class Missing(StorageError):
    """No blob has this name."""


class Corrupt(StorageError):
    """The bytes on disk are not the bytes that were put there."""


class NoSpace(StorageError):
    """The disk is full, or as full as it may become."""


class WrongKey(StorageError):
    """The key does not open this, or is no key at all."""
