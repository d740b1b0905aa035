"""Judge a PDF by two readers; runs in the sandbox, never in web or worker."""

import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium_c
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from meetings.intake.legacy import guess, repair
from meetings.intake.papers import document
from meetings.intake.signatures.seen import is_signed
from meetings.intake.verdict import Limits, Reason, Verdict

SAMPLE = 10  # pages looked at for text; a signature's stamp alone makes no page of text
ENOUGH = 200  # characters; stamps of signatures have 80 to 190
TITLE = 300
# What pypdf lets escape when a file is not what it says.
SECOND_READER = (
    *(PyPdfError, ValueError, TypeError, KeyError, IndexError),
    *(AttributeError, RecursionError, NotImplementedError),
)
LOCKED = {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}


class RefusalError(Exception):
    """The file is refused for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def judge_pdf(path: Path, media_type: str, limits: Limits) -> Verdict:
    """Return the verdict on a PDF; raise RefusalError with the reason where it is refused."""
    _check_with_second_reader(path)
    return _read(path, media_type, limits)


def _check_with_second_reader(path: Path) -> None:
    """Refuse a file that only one reader opens: the two would show different documents."""
    with _damage(*SECOND_READER), path.open("rb") as file:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusalError(Reason.ENCRYPTED)
        if not isinstance(reader.root_object["/Pages"].get_object(), DictionaryObject):
            raise RefusalError(Reason.DAMAGED)


def _read(path: Path, media_type: str, limits: Limits) -> Verdict:
    with closing(_open(path)) as pdf, _damage(pypdfium2.PdfiumError):
        pages = len(pdf)
        if pages > limits.pages:
            raise RefusalError(Reason.TOO_MANY_PAGES)
        return Verdict(
            media_type=media_type,
            pages=pages,
            has_text=_has_text(pdf),
            title=_title(pdf),
            unsigned=not is_signed(path),
        )


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return document(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in LOCKED
        raise RefusalError(Reason.ENCRYPTED if locked else Reason.DAMAGED) from error


def _has_text(pdf: pypdfium2.PdfDocument) -> bool:
    """Tell whether half of the pages that we look at, spread over the file, carry text."""
    looked_at = range(0, len(pdf), -(-len(pdf) // SAMPLE))
    return 2 * sum(_carries_text(pdf, index) for index in looked_at) >= len(looked_at)


def _carries_text(pdf: pypdfium2.PdfDocument, index: int) -> bool:
    with closing(pdf[index]) as page, closing(page.get_textpage()) as text:
        return bool(text.count_chars() >= ENOUGH)


def _title(pdf: pypdfium2.PdfDocument) -> str:
    given = " ".join(pdf.get_metadata_value("Title").split())
    encoding = guess(given)
    given = repair(given, encoding) if encoding else given
    return "".join(filter(str.isprintable, unicodedata.normalize("NFC", given)))[:TITLE]


@contextmanager
def _damage(*errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise RefusalError(Reason.DAMAGED) from error
