"""What a file is: its content and the extension of its name must say the same."""

from dataclasses import dataclass
from pathlib import Path, PurePath

from meetings.intake.verdict import Reason

HEAD = 1024


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is named and how it begins."""

    media_type: str
    extensions: tuple[str, ...]
    magic: tuple[bytes, ...]
    within: int = 0
    accepted: bool = False

    def position(self, head: bytes) -> int | None:
        """Return where this kind's mark stands in the first bytes of a file."""
        places = [head.find(mark, 0, self.within + len(mark)) for mark in self.magic]
        return min((place for place in places if place >= 0), default=None)


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)

KINDS = (
    # Readers of PDF forgive what stands before its header, so we must look for it as they do.
    Kind("application/pdf", (".pdf",), (b"%PDF-",), within=HEAD, accepted=True),
    Kind("text/html", (".html", ".htm"), (b"<!doctype", b"<!DOCTYPE", b"<html"), within=HEAD),
    Kind(f"{_OFFICE}wordprocessingml.document", (".docx",), _ZIP),
    Kind(f"{_OFFICE}spreadsheetml.sheet", (".xlsx",), _ZIP),
    Kind(f"{_OFFICE}presentationml.presentation", (".pptx",), _ZIP),
    Kind("application/zip", (".zip",), _ZIP),
    Kind("application/msword", (".doc",), _OLE),
    Kind("application/vnd.ms-excel", (".xls",), _OLE),
    Kind("application/vnd.ms-powerpoint", (".ppt",), _OLE),
    Kind("image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    Kind("image/png", (".png",), (b"\x89PNG\r\n\x1a\n",)),
    Kind("image/tiff", (".tif", ".tiff"), (b"II*\x00", b"MM\x00*")),
)


def identify(path: Path, name: str) -> tuple[str | None, Reason | None]:
    """Return the media type on which content and name agree, and why the file is refused."""
    with path.open("rb") as file:
        contained = _contained(file.read(HEAD))
    suffix = PurePath(name).suffix.lower()
    named = [kind for kind in KINDS if suffix in kind.extensions]
    for kind in named:
        if kind in contained:
            return kind.media_type, None if kind.accepted else Reason.UNSUPPORTED
    if named or any(kind.accepted for kind in contained):
        return None, Reason.MISLABELLED
    return None, Reason.UNSUPPORTED


def _contained(head: bytes) -> list[Kind]:
    """Return the kinds whose mark comes first; several share one, as all office files do."""
    places = {kind: place for kind in KINDS if (place := kind.position(head)) is not None}
    return [kind for kind, place in places.items() if place == min(places.values())]
