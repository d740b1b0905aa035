"""The format of a blob: AES-256-GCM in chunks, so that any part can be read by itself.

    header   8 bytes  "NGHISU", version 1 as two bytes
             8 bytes  random prefix
    chunks   1 MiB of plain bytes each, encrypted, and a tag of 16 bytes; the last chunk has what is
             left, which is nothing only when the whole is empty
    nonce    the prefix, the chunk's number as four bytes with the highest bit set on the last chunk
    authenticated with every chunk: the header

Numbers are big-endian. The number stops chunks from changing places, the bit stops a blob from
being cut, the prefix lets 90,000 blobs share a key before two nonces meet with a chance of 2**-32.
"""

import io
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from storage.errors import Corrupt
from storage.keys import TAG, cipher_of

CHUNK = 1 << 20
SEALED = CHUNK + TAG
MAGIC = b"NGHISU\x00\x01"
PREFIX = 8
HEADER = len(MAGIC) + PREFIX


class Sealer:
    """Makes a blob of plain bytes that come part by part: header, what `add` yields, `end`."""

    def __init__(self, *, key: bytes) -> None:
        self._cipher = cipher_of(key)
        self._held = bytearray()
        self._index = 0
        self.header = MAGIC + os.urandom(PREFIX)

    def add(self, part: bytes) -> Iterator[bytes]:
        """Yield the chunks that are full now; a full one may be the last until more follows it."""
        self._held += part
        while len(self._held) > CHUNK:
            yield self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def end(self) -> bytes:
        """Return the last chunk."""
        return self._seal(bytes(self._held), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> bytes:
        nonce = _nonce(self.header, self._index, last=last)
        self._index += 1
        return self._cipher.encrypt(nonce, chunk, self.header)


def seal(parts: Iterable[bytes], *, key: bytes) -> Iterator[bytes]:
    """Yield the blob of plain parts of any length: its header, then its chunks."""
    sealer = Sealer(key=key)
    yield sealer.header
    for part in parts:
        yield from sealer.add(part)
    yield sealer.end()


class BlobReader(io.BufferedIOBase):
    """A blob's plain bytes as a seekable file; only the chunks that are asked for are decrypted.

    Opening decrypts the last chunk, so a cut blob is refused before its first byte is read. Raises
    Corrupt, then or while reading; which blob this is, only its digest tells (Store.verify).
    Closing it closes the file underneath. One thread at a time.
    """

    def __init__(self, file: BinaryIO, *, key: bytes) -> None:
        self._file = file
        self._cipher = cipher_of(key)
        self._header = file.read(HEADER)
        if self._header[: len(MAGIC)] != MAGIC:
            message = "this is not a blob"
            raise Corrupt(message)
        self._count, self.size = _measure(file.seek(0, io.SEEK_END) - HEADER)
        self._position = 0
        self._index = -1
        self._plain = b""
        self._load(self._count - 1)

    def readable(self) -> bool:
        """Return true."""
        return True

    def seekable(self) -> bool:
        """Return true."""
        return True

    def tell(self) -> int:
        """Return the position in the plain bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position, which may lie behind the end, and return it."""
        bases = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}
        position = bases.get(whence, -1) + offset
        if whence not in bases or position < 0:
            message = f"no position {offset} from {whence}"
            raise ValueError(message)
        self._position = position
        return position

    def read(self, size: int | None = -1, /) -> bytes:
        """Return so many bytes, fewer only at the end; all that is left by default."""
        if self.closed:
            message = "the blob is closed"
            raise ValueError(message)
        end = self.size
        if size is not None and size >= 0:
            end = min(self._position + size, end)
        parts = []
        while self._position < end:
            index, start = divmod(self._position, CHUNK)
            parts.append(self._load(index)[start : start + end - self._position])
            self._position += len(parts[-1])
        return b"".join(parts)

    def read1(self, size: int = -1, /) -> bytes:
        """Return what one chunk has, at most so many bytes."""
        rest = CHUNK - self._position % CHUNK
        return self.read(rest if size < 0 else min(size, rest))

    def close(self) -> None:
        """Close the blob and its file, and forget the plain bytes."""
        self._plain = b""
        self._file.close()
        super().close()

    def _load(self, index: int) -> bytes:
        if index != self._index:
            self._file.seek(HEADER + index * SEALED)
            nonce = _nonce(self._header, index, last=index == self._count - 1)
            try:
                plain = self._cipher.decrypt(nonce, self._file.read(SEALED), self._header)
            except InvalidTag:
                message = f"chunk {index} of {self._count} is not what was written"
                raise Corrupt(message) from None
            self._index, self._plain = index, plain
        return self._plain


def _nonce(header: bytes, index: int, *, last: bool) -> bytes:
    return header[len(MAGIC) :] + (index | last << 31).to_bytes(4)


def _measure(length: int) -> tuple[int, int]:
    """Return the number of chunks and of plain bytes in so many bytes of chunks."""
    count = max(1, -(-length // SEALED))
    size = length - count * TAG
    if size < 0 or (count > 1 and size <= (count - 1) * CHUNK):
        message = "the blob is cut"
        raise Corrupt(message)
    return count, size
