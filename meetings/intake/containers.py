"""Look into a file far enough to tell its kind; runs in the sandbox, never in web or worker."""

import mmap
import zipfile
from collections.abc import Callable
from pathlib import Path

LONGEST_MEMBER_NAME_LIST = 20_000
_OOXML_PARTS = "[Content_Types].xml"
_ODF_MARK = "mimetype"
_MARK_BYTES = 200
_BOX, _WIDE_BOX = 8, 16
_TRACKS = b"moov"
_SAMPLE = 65536
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def _ooxml(folder: str) -> Callable[[Path], bool]:
    def holds(path: Path) -> bool:
        names = _members(path)
        return _OOXML_PARTS in names and any(name.startswith(folder) for name in names)

    return holds


def _odf(ending: str) -> Callable[[Path], bool]:
    mark = f"application/vnd.oasis.opendocument.{ending}".encode()

    def holds(path: Path) -> bool:
        return _odf_mark(path) in {mark, mark + b"-template"}

    return holds


def _ole(*streams: str) -> Callable[[Path], bool]:
    """Return a look for a stream's name in the directory, which keeps names in UTF-16."""
    names = [f"{stream}\0".encode("utf-16-le") for stream in streams]

    def holds(path: Path) -> bool:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return any(data.find(name) >= 0 for name in names)

    return holds


# A password turns an OOXML file into an OLE file that holds the encrypted one.
_LOCKED = "EncryptedPackage"
is_docx, is_xlsx, is_pptx = _ooxml("word/"), _ooxml("xl/"), _ooxml("ppt/")
is_odt, is_ods, is_odp = _odf("text"), _odf("spreadsheet"), _odf("presentation")
is_doc = _ole("WordDocument")
is_xls = _ole("Workbook", "Book")
is_ppt = _ole("PowerPoint Document")
is_locked = _ole(_LOCKED)


def is_plain_zip(path: Path) -> bool:
    """Tell whether a ZIP file is no office file in disguise."""
    return _OOXML_PARTS not in _members(path) and not _odf_mark(path)


def is_film(path: Path) -> bool:
    """Tell whether an MP4 file is whole: boxes end to end, one of them the list of its tracks."""
    size, place, kinds = path.stat().st_size, 0, set[bytes]()
    with path.open("rb") as file:
        while place < size:
            file.seek(place)
            head = file.read(_WIDE_BOX)
            length, kind = int.from_bytes(head[:4]), head[4:8]
            if length == 1:
                length = int.from_bytes(head[8:])
            place += length or size - place
            kinds.add(kind)
            if length and length < _BOX:
                return False
    return place == size and _TRACKS in kinds


def is_text(path: Path) -> bool:
    """Tell whether the beginning of a file reads as text in UTF-8 or UTF-16."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith(_BYTE_ORDER_MARKS):
        return _decodes(sample[: len(sample) // 2 * 2], "utf-16")
    return b"\0" not in sample and _decodes(sample, "utf-8")


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start > len(sample) - 4  # the sample's end may cut a character
    return True


def _members(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist()[:LONGEST_MEMBER_NAME_LIST])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return set()


def _odf_mark(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_ODF_MARK) as member:
            return member.read(_MARK_BYTES).strip()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError):
        return b""
