"""The kinds of file we know: how each is named, how it begins, what its container holds."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from meetings.intake import containers

HEAD = 1024


class Family(StrEnum):
    """What is done with a file of some kind."""

    PDF = "pdf"
    OFFICE = "office"
    PICTURE = "picture"
    TEXT = "text"
    FILM = "film"
    ARCHIVE = "archive"
    FOREIGN = "foreign"
    """Known by name, and refused by it."""


@dataclass(frozen=True)
class Kind:
    """A kind of file; `holds` looks into it where its first bytes do not tell it apart."""

    name: str
    media_type: str
    family: Family
    extensions: tuple[str, ...]
    magic: tuple[bytes, ...] = ()
    at: int = 0
    within: int = 0
    holds: Callable[[Path], bool] | None = None

    def position(self, head: bytes) -> int | None:
        """Return where this kind's mark stands in the first bytes of a file."""
        start, room = self.at, self.at + self.within
        places = [head.find(mark, start, room + len(mark)) for mark in self.magic]
        return min((place for place in places if place >= 0), default=None)


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_HEIF = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"))
_MP4 = tuple(
    b"ftyp" + brand
    for brand in (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ")
)

KINDS = (
    # Readers of PDF forgive what stands before its header, so we must look for it as they do.
    Kind("pdf", "application/pdf", Family.PDF, (".pdf",), (b"%PDF-",), within=HEAD),
    Kind(
        "html",
        "text/html",
        Family.FOREIGN,
        (".html", ".htm"),
        (b"<!doctype", b"<!DOCTYPE", b"<html"),
        within=HEAD,
    ),
    *(
        Kind(name, f"{_OOXML}{ending}", Family.OFFICE, (f".{name}",), _ZIP, holds=holds)
        for name, ending, holds in (
            ("docx", "wordprocessingml.document", containers.is_docx),
            ("xlsx", "spreadsheetml.sheet", containers.is_xlsx),
            ("pptx", "presentationml.presentation", containers.is_pptx),
        )
    ),
    *(
        Kind(name, f"{_ODF}{ending}", Family.OFFICE, (f".{name}",), _ZIP, holds=holds)
        for name, ending, holds in (
            ("odt", "text", containers.is_odt),
            ("ods", "spreadsheet", containers.is_ods),
            ("odp", "presentation", containers.is_odp),
        )
    ),
    *(
        Kind(name, media_type, Family.OFFICE, (f".{name}",), _OLE, holds=holds)
        for name, media_type, holds in (
            ("doc", "application/msword", containers.is_doc),
            ("xls", "application/vnd.ms-excel", containers.is_xls),
            ("ppt", "application/vnd.ms-powerpoint", containers.is_ppt),
        )
    ),
    # Word itself writes RTF under the name .doc, and many offices have such files.
    Kind("rtf", "application/rtf", Family.OFFICE, (".rtf", ".doc"), (b"{\\rtf",)),
    Kind("zip", "application/zip", Family.ARCHIVE, (".zip",), _ZIP, holds=containers.is_plain_zip),
    Kind("jpeg", "image/jpeg", Family.PICTURE, (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    Kind("png", "image/png", Family.PICTURE, (".png",), (b"\x89PNG\r\n\x1a\n",)),
    Kind("tiff", "image/tiff", Family.PICTURE, (".tif", ".tiff"), (b"II*\x00", b"MM\x00*")),
    Kind("webp", "image/webp", Family.PICTURE, (".webp",), (b"WEBP",), at=8),
    Kind("heic", "image/heic", Family.PICTURE, (".heic", ".heif"), _HEIF, at=4),
    Kind("mp4", "video/mp4", Family.FILM, (".mp4",), _MP4, at=4, holds=containers.is_film),
    Kind("txt", "text/plain", Family.TEXT, (".txt",), holds=containers.is_text),
)

BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
