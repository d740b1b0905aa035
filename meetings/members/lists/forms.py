"""The list that is sent, what its columns hold, and what is said of a row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, FileField, ValidationError

from meetings import clock
from meetings.intake.legacy import Encoding
from meetings.members.life.cells import Fault
from meetings.members.life.fields import WORDS
from meetings.members.life.headings import (
    ADMITTED_BY,
    ADMITTED_ON,
    CELL,
    HEADINGS,
    NEEDED,
    OFFICIAL_BY,
    OFFICIAL_ON,
)
from meetings.members.life.lines import Line, Verdict
from meetings.members.lists.services import Secret, TooLong, Unfit, Unreadable
from meetings.members.records.forms import LABELS, WORD_NAMES
from meetings.web.forms import DayField, Form, WordsField

NAMES: Mapping[str, Any] = {
    **LABELS,
    CELL: _("Cell"),
    ADMITTED_ON: _("Admitted on"),
    ADMITTED_BY: _("Decision of admission"),
    OFFICIAL_ON: _("Full member since"),
    OFFICIAL_BY: _("Decision of recognition"),
}
VERDICTS: Mapping[Verdict, Any] = {
    Verdict.READY: _("To be entered"),
    Verdict.DOUBTFUL: _("To be looked at"),
    Verdict.REFUSED: _("Not taken"),
}
UNFIT: Mapping[type[Unfit], Any] = {
    Unreadable: _(
        "No rows could be read. Please save the list as an Excel workbook (.xlsx) or as CSV."
    ),
    TooLong: _("The list has more than 20,000 rows. Please send it in several parts."),
    Secret: _(
        "The list bears a mark of state secrecy. It must not be kept here; hand it in on paper."
    ),
}
FAULTS: Mapping[Fault, Any] = {
    Fault.MISSING: _("Please fill this in."),
    Fault.NO_DAY: _("No calendar has this day. Please write it like 25/11/1966."),
    Fault.NO_WHOLE_DAY: _("Day, month and year are needed, like 19/05/1990."),
    Fault.YET_TO_COME: _("This day lies after the day of the list."),
    Fault.BEFORE_BIRTH: _("The admission has to lie after the day of birth."),
    Fault.BEFORE_ADMISSION: _("The recognition has to lie after the admission."),
    Fault.CARD_DIGITS: _("A card number has 8 to 12 digits; the leading zeros may be lost."),
    Fault.CITIZEN_DIGITS: _("A citizen number has 12 digits; the leading zeros may be lost."),
    Fault.TOO_LONG: _("Please keep it to 300 characters."),
    Fault.OLD_FONT: _("It is written in an old font (TCVN3 or VNI). Please change it to Unicode."),
    Fault.UNREADABLE: _("Some characters cannot be read. Please type it anew."),
    Fault.CELL_UNKNOWN: _("No body below this one has this name. Please correct the name."),
    Fault.CELL_AMBIGUOUS: _("Several bodies have this name. Please write it in full."),
    Fault.CELL_CLOSED: _("On the day of the list this body was not open."),
    Fault.CARD_IN_FILE: _("Another row of the list has the same card number."),
    Fault.CARD_TAKEN: _("This number is on the card of another member already."),
    Fault.TWICE: _("A row above is the same person. Please keep one of them."),
    Fault.KNOWN: _("This member is in the register already; nothing is to be done."),
}
FONTS: Mapping[str, Any] = {
    "": _("Unicode (usual today)"),
    Encoding.TCVN3.value: "TCVN3 (ABC)",
    Encoding.TCVN3_CAPITALS.value: _("TCVN3 (ABC), capitals"),
    Encoding.VNI.value: "VNI",
}
UNUSED = ""
SAMPLES, LETTERS = 3, 40


class ListForm(Form):
    """The list that is sent."""

    files = FileField(
        _("The list"),
        description=_("An Excel workbook (.xlsx) or CSV; one member in a row."),
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )


class ColumnsForm(Form):
    """The day of a list and its font; a field for each column is added by the list."""

    true_on = DayField(
        _("The list is true on"),
        needed=True,
        description=_("From this day on the members belong to their cell in the register."),
    )
    encoding = WordsField(_("Font of the list"), words=FONTS, default="")

    def validate_true_on(self, field: Field) -> None:
        """Refuse a day that is still to come."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is still to come."))

    def columns(self) -> dict[str, int]:
        """Return in which column each fact stands."""
        given = {column.data: number for number, column in enumerate(self.of_columns())}
        return {name: number for name, number in given.items() if name in HEADINGS}

    def of_columns(self) -> list[Field]:
        """Return the fields of the columns, in their order."""
        return [field for field in self if field.name.startswith("column_")]

    def is_whole(self) -> bool:
        """Tell whether each fact stands in one column, and those that are needed in any."""
        seen: set[str] = set()
        for field in self.of_columns():
            if field.data in seen:
                field.errors = [_("Another column holds this already.")]
            if field.data:
                seen.add(field.data)
        lacking = [str(NAMES[name]) for name in NEEDED if name not in seen]
        if lacking:
            said = _("Please say which column holds: %(names)s.", names=", ".join(lacking))
            self.form_errors = [said]
        return not self.errors


def columns_form(rows: Sequence[Sequence[str]], heading: int) -> type[ColumnsForm]:
    """Return the form that asks what each column of a list holds."""
    words = {UNUSED: _("Not taken over"), **{name: NAMES[name] for name in HEADINGS}}
    headings, below = rows[heading], rows[heading + 1 :]
    width = max(len(row) for row in rows)
    fields = {
        f"column_{number}": WordsField(
            _called(headings, number), words=words, default="", description=_sample(below, number)
        )
        for number in range(width)
    }
    return type("ColumnsForm", (ColumnsForm,), fields)


def _called(headings: Sequence[str], number: int) -> Any:
    named = headings[number] if number < len(headings) else ""
    return named or _("Column %(number)d", number=number + 1)


def _sample(rows: Iterable[Sequence[str]], number: int) -> str:
    found = (row[number][:LETTERS] for row in rows if number < len(row) and row[number])
    return "; ".join(text for text, _place in zip(found, range(SAMPLES), strict=False))


def _sentence(name: str, fault: Fault) -> str:
    if fault is not Fault.WORD:
        return str(FAULTS[fault])
    words = ", ".join(str(WORD_NAMES[word]) for word in WORDS[name])
    return str(_("Please write one of: %(words)s.", words=words))


def said(line: Line) -> list[str]:
    """Return what to do about a row, field by field."""
    told = [f"{NAMES[name]}: {_sentence(name, fault)}" for name, fault in line.faults.items()]
    if line.twins:
        rows = ", ".join(str(number) for number in line.twins)
        told.append(str(_("The same name and birth as in row %(rows)s.", rows=rows)))
    return told
