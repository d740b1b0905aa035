"""Tables of spreadsheets as a form takes them: pasted, or in a file that is kept nowhere."""

import re
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Protocol

from flask import Response, request
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField, ValidationError

from meetings.intake import tables
from meetings.press.tables import Sheet, xlsx
from meetings.web.context import stop_reading
from meetings.web.files import never_kept
from meetings.web.forms import Form, WordsField, trimmed
from storage import BlobReader

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHOICE = re.compile(r"row-([0-9]{1,4})")
LOOK, KEEP, REPORT = "look", "keep", "report"


class Received(Protocol):
    """A file that is whole."""

    def open(self) -> BlobReader:
        """Return its plain bytes."""


class Arrived(Protocol):
    """A file that was sent; it lies sealed, and nobody can read it once it is closed."""

    size: int

    def received(self, name: str) -> Received:
        """Return the whole file."""

    def close(self) -> None:
        """Drop it."""


def as_pasted(value: Any) -> Any:
    """Return a table without characters no page can show; a tab at its beginning is a cell."""
    if not isinstance(value, str):
        return value
    return "\n".join("\t".join(map(trimmed, line.split("\t"))) for line in value.splitlines())


class TableForm(Form):
    """A table, looked at before it is taken in; the page carries its text from step to step."""

    file = FileField(
        _("Excel workbook (.xlsx) or CSV file"),
        description=_("The first sheet is read. The file itself is not kept."),
    )
    text = TextAreaField(
        _("Or the table as it was copied"),
        filters=[as_pasted],
        description=_("Copy the rows in Excel or Word together with the line of headings."),
    )
    seen = HiddenField()
    step = WordsField(words=dict.fromkeys((LOOK, KEEP, REPORT), ""), default=LOOK)

    def validate_file(self, field: FileField) -> None:
        """Put the table of a file in the place of a pasted one."""
        if not field.data:
            return
        with closing(field.data.stream) as arrived:
            text = _text_of(arrived)
        if text is None:
            raise ValidationError(
                _("This is no table we can read. Please save it as .xlsx or as CSV (UTF-8).")
            )
        self.text.data, self.step.data = as_pasted(text), LOOK

    def validate_text(self, _field: TextAreaField) -> None:
        """Ask for a table of a size that can be looked through."""
        if self.file.errors:
            return
        if not self.pasted.strip():
            raise ValidationError(_("Please choose a file, or paste a table."))
        if len(self.pasted) > tables.LONGEST:
            raise ValidationError(_("The table is too long. Please send it in several parts."))

    @property
    def pasted(self) -> str:
        """Return the text of the table."""
        return self.text.data or ""

    def table_in(self, names: tables.Names, needed: Mapping[str, Any]) -> tables.Table | None:
        """Return the table; tell at the field which columns it lacks and what cannot be read."""
        try:
            table = tables.read(self.pasted, names)
        except tables.UnreadableError:
            self._refuse(_('A quotation mark (") is opened and never closed. Please take it out.'))
            return None
        lacking = [str(word) for name, word in needed.items() if name not in table.columns]
        if lacking:
            columns = ", ".join(f"“{word}”" for word in lacking)
            self._refuse(_("The line of headings lacks: %(columns)s.", columns=columns))
        elif not table.lines:
            self._refuse(_("There are no rows below the line of headings."))
        elif len(table.lines) > tables.MOST_ROWS:
            self._refuse(_("Please send at most %(max)d rows at once.", max=tables.MOST_ROWS))
        return None if self.text.errors else table

    def _refuse(self, sentence: Any) -> None:
        self.text.errors = [*self.text.errors, str(sentence)]


def _text_of(arrived: Arrived) -> str | None:
    if arrived.size > tables.LARGEST_FILE:
        raise ValidationError(_("The file is larger than 2 MB. Please send the list alone."))
    stop_reading()  # a child takes its time
    with arrived.received("").open() as plain:
        return tables.text_of_file(plain.read())


def choices_sent() -> dict[int, str]:
    """Return what was chosen for the rows of a table, by their numbers."""
    found = ((CHOICE.fullmatch(name), value) for name, value in request.form.items())
    return {int(match[1]): value for match, value in found if match}


def workbook(sheet: Sheet, name: str) -> Response:
    """Answer with a list as a workbook."""
    return never_kept(Response(xlsx(sheet), mimetype=WORKBOOK), name)
