"""The content-addressed, encrypted store of files, and the keys that open it."""

from storage.blob import BlobReader, Sealer
from storage.errors import Corrupt, Missing, NoSpace, StorageError, WrongKey
from storage.key_folder import KeyFolder
from storage.keys import new_key, seal, unseal, unwrap, wrap
from storage.store import Store, Stored

__all__ = [
    "BlobReader",
    "Corrupt",
    "KeyFolder",
    "Missing",
    "NoSpace",
    "Sealer",
    "StorageError",
    "Store",
    "Stored",
    "WrongKey",
    "new_key",
    "seal",
    "unseal",
    "unwrap",
    "wrap",
]
