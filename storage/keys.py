"""Data keys, and keys wrapped by other keys."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import WrongKey

KEY = 32
NONCE = 12
TAG = 16


def new_key() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(KEY)


def wrap(key: bytes, *, by: bytes, context: bytes) -> bytes:
    """Return a key encrypted by another one, bound to the context it belongs to.

    60 bytes: nonce, key, tag. Raises WrongKey when either is not 32 bytes long.
    """
    cipher_of(key)
    nonce = os.urandom(NONCE)
    return nonce + cipher_of(by).encrypt(nonce, key, context)


def unwrap(wrapped: bytes, *, by: bytes, context: bytes) -> bytes:
    """Return the key inside; raise WrongKey for another key, context or content."""
    cipher = cipher_of(by)
    if len(wrapped) != NONCE + KEY + TAG:
        message = "this is not a wrapped key"
        raise WrongKey(message)
    try:
        return cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], context)
    except InvalidTag:
        message = "the wrapped key belongs to another key or context, or was changed"
        raise WrongKey(message) from None


def seal(plain: bytes, *, by: bytes, context: bytes) -> bytes:
    """Return a few bytes encrypted by a key, bound to the context they belong to."""
    nonce = os.urandom(NONCE)
    return nonce + cipher_of(by).encrypt(nonce, plain, context)


def unseal(sealed: bytes, *, by: bytes, context: bytes) -> bytes:
    """Return the bytes inside; raise WrongKey for another key, context or content."""
    try:
        return cipher_of(by).decrypt(sealed[:NONCE], sealed[NONCE:], context)
    except InvalidTag:
        message = "what is sealed belongs to another key or context, or was changed"
        raise WrongKey(message) from None


def cipher_of(key: bytes) -> AESGCM:
    """Return AES-256-GCM under a key; raise WrongKey when it is not 32 bytes long."""
    if len(key) != KEY:
        message = f"a key has {KEY} bytes, this one has {len(key)}"
        raise WrongKey(message)
    return AESGCM(key)
