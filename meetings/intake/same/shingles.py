"""Sum up a text in a small signature, so that the likeness of two texts is told without them."""

import re
from hashlib import blake2b
from struct import pack, unpack

from meetings.intake.fold import fold

WIDTH = 3  # words of a shingle: a misread word spoils three of them
KEPT = 256  # smallest hashes kept: the error of a similarity is about 1 / sqrt(KEPT)
_WORD = re.compile(r"[a-z]+|\d+")


def shingles(text: str) -> bytes:
    """Return the smallest hashes of a text's runs of words, at most `KEPT`, in order."""
    words = _WORD.findall(fold(text))
    runs = {" ".join(words[at : at + WIDTH]) for at in range(len(words) - WIDTH + 1)}
    hashes = sorted({_hash(run) for run in runs})[:KEPT]
    return pack(f">{len(hashes)}Q", *hashes)


def similarity(a: bytes, b: bytes) -> float:
    """Return the estimated share of runs of words that two texts have in common, 0 to 1."""
    left, right = _unpacked(a), _unpacked(b)
    if not left or not right:
        return 0.0
    smallest = set(sorted(left | right)[:KEPT])
    return len(smallest & left & right) / len(smallest)


def _unpacked(signature: bytes) -> set[int]:
    return set(unpack(f">{len(signature) // 8}Q", signature))


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big")
