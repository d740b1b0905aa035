"""Lists and letters to take along, as files of the format that the address asks for."""

from collections.abc import Callable, Mapping

from flask import Response, abort, request

from meetings.press import word
from meetings.press.document import Document
from meetings.press.layouts import lay_out
from meetings.press.pdf import UnavailableError, typeset
from meetings.press.tables import FORMATS, Sheet
from meetings.web.context import stop_reading
from meetings.web.files import never_kept


def _pdf(document: Document) -> bytes:
    return typeset(lay_out(document))


LETTERS: Mapping[str, Callable[[Document], bytes]] = {"docx": word.docx, "pdf": _pdf}


def asked_ending(endings: Mapping[str, object] = FORMATS) -> str:
    """Return the format that the address asks for; what none of them is, is nowhere."""
    ending = request.args.get("format", "")
    if ending not in endings:
        abort(404)
    return ending


def list_file(sheet: Sheet, name: str) -> Response:
    """Return a list as a file of the format that the address asks for."""
    make, media_type = FORMATS[asked_ending()]
    return _file(lambda: make(sheet), name, media_type)


def letter_file(document: Document, name: str) -> Response:
    """Return a letter as a file of the format that the address asks for."""
    ending = asked_ending(LETTERS)
    return _file(lambda: LETTERS[ending](document), name, FORMATS[ending][1])


def _file(make: Callable[[], bytes], name: str, media_type: str) -> Response:
    """Return a file; it takes its time, in which nobody waits for what this request read with."""
    stop_reading()
    try:
        content = make()
    except UnavailableError:
        abort(503)
    return never_kept(Response(content, mimetype=media_type), f"{name}.{asked_ending()}")
