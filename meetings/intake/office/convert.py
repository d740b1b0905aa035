"""Turn an office file into PDF with LibreOffice; runs in the sandbox, never in web or worker."""

import mmap
import re
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from meetings.intake.legacy import guess, repair
from meetings.intake.office.cells import sheets_of
from meetings.intake.office.odf_fonts import repair_fonts
from meetings.intake.verdict import Reason

PROGRAM = "soffice"
SECONDS = 55
SHOWN = "document.pdf"
CELLS = "cells.txt"
TEXT = "text/plain"
_TEXT_READER = "Text (encoded):UTF8"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OLD_FONT = re.compile(rb"\.Vn[A-Z]|VNI-|\.\0V\0n\0|V\0N\0I\0-\0", re.IGNORECASE)
_MARKUP = (".xml", ".rels")


@dataclass(frozen=True)
class Program:
    """A part of LibreOffice: what it stores to be repaired, how it reads that, how it prints."""

    stored: str
    reader: str
    printer: str


WRITER = Program("odt", "writer8", "writer_pdf_Export")
CALC = Program("ods", "calc8", "calc_pdf_Export")
IMPRESS = Program("odp", "impress8", "impress_pdf_Export")
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
ROUTES = {
    "application/msword": (WRITER, "MS Word 97"),
    "application/rtf": (WRITER, "Rich Text Format"),
    f"{_OOXML}wordprocessingml.document": (WRITER, "MS Word 2007 XML"),
    f"{_ODF}text": (WRITER, WRITER.reader),
    TEXT: (WRITER, _TEXT_READER),
    "application/vnd.ms-excel": (CALC, "MS Excel 97"),
    f"{_OOXML}spreadsheetml.sheet": (CALC, "Calc MS Excel 2007 XML"),
    f"{_ODF}spreadsheet": (CALC, CALC.reader),
    "application/vnd.ms-powerpoint": (IMPRESS, "MS PowerPoint 97"),
    f"{_OOXML}presentationml.presentation": (IMPRESS, "Impress MS PowerPoint 2007 XML"),
    f"{_ODF}presentation": (IMPRESS, IMPRESS.reader),
}
"""The program for each kind of file and its reader: LibreOffice must not choose by itself."""


class _NothingMadeError(Exception):
    """LibreOffice could make nothing of a file."""


def to_pdf(source: Path, media_type: str, output: Path, scratch: Path) -> Reason | None:
    """Write the PDF of an office file into a folder, or return why there is none.

    What is set in old Vietnamese fonts is repaired first: nobody has these fonts any more, so the
    page would show Western letters.
    """
    program, reader = ROUTES[media_type]
    try:
        if media_type == TEXT:
            source = _rewritten(source, scratch / "text.txt")
        elif program is CALC or _has_old_fonts(source):
            source, reader = _repaired(source, reader, program, scratch), program.reader
        if program is CALC:
            (output / CELLS).write_text("\f".join(sheets_of(source)), encoding="utf-8")
        made = _run(source, reader, f"pdf:{program.printer}", scratch)
    except subprocess.TimeoutExpired:
        return Reason.TIMED_OUT
    except _NothingMadeError:
        return Reason.DAMAGED
    (output / SHOWN).write_bytes(made.read_bytes())
    return None


def _rewritten(source: Path, target: Path) -> Path:
    """Write a text in the one encoding that its reader is told."""
    content = source.read_bytes()
    encoding = "utf-16" if content.startswith(_BYTE_ORDER_MARKS) else "utf-8-sig"
    text = content.decode(encoding, errors="replace")
    known = guess(text)
    target.write_text(repair(text, known) if known else text, encoding="utf-8")
    return target


def _repaired(source: Path, reader: str, program: Program, scratch: Path) -> Path:
    stored = _run(source, reader, program.stored, scratch)
    repaired = scratch / f"repaired.{program.stored}"
    repair_fonts(stored, repaired)
    return repaired


def _has_old_fonts(source: Path) -> bool:
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            return any(
                _OLD_FONT.search(archive.read(info))
                for info in archive.infolist()
                if info.filename.endswith(_MARKUP)
            )
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _OLD_FONT.search(data) is not None


def _run(source: Path, reader: str, target: str, scratch: Path) -> Path:
    """Let LibreOffice read a file and store it otherwise, with a profile nobody has touched."""
    made = scratch / "made"
    command = [
        PROGRAM,
        f"-env:UserInstallation=file://{scratch / 'profile'}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *(f"--infilter={reader}", "--convert-to", target, "--outdir", str(made), str(source)),
    ]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    result = made / f"{source.stem}.{target.split(':', maxsplit=1)[0]}"
    if done.returncode or not result.is_file():
        raise _NothingMadeError
    return result
