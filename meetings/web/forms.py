"""Forms: one parent, fields that trim, messages in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    validators,
    widgets,
)
from wtforms.form import BaseForm

BREAKS = dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n")
"""What other programs end a line with."""
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


class Form(FlaskForm):
    """The parent of every form; a form that fails is answered with 422 and everything typed."""


def required() -> validators.DataRequired:
    """Ask for a value."""
    return validators.DataRequired(_("Please fill this in."))


def at_most(length: int) -> validators.Length:
    """Limit a text's length."""
    return validators.Length(max=length, message=_("Please keep it to %(max)d characters."))


def whole_number(low: int, high: int) -> validators.NumberRange:
    """Limit a number."""
    message = _("Please give a number from %(min)d to %(max)d.")
    return validators.NumberRange(min=low, max=high, message=message)


def trimmed(value: Any) -> Any:
    """Return a text without the blanks around it and without characters no page can show."""
    if not isinstance(value, str):
        return value
    kept = (c if c in "\n\t" or c.isprintable() else _blank(c) for c in value.translate(BREAKS))
    return "".join(kept).strip()


def _blank(character: str) -> str:
    """Return a blank for one that a text program does not break a line at, else nothing."""
    return " " if character.isspace() and character != "\r" else ""


class TextField(StringField):
    """One line of text."""

    def __init__(self, label: Any, *, needed: bool = True, length: int = 500, **rest: Any) -> None:
        checks = [required() if needed else validators.Optional(), at_most(length)]
        super().__init__(label, [*checks, *rest.pop("validators", [])], filters=[trimmed], **rest)


def one_line(value: Any) -> Any:
    """Return a text whose lines are one."""
    if not isinstance(value, str):
        return value
    return " ".join(line.strip() for line in value.splitlines())


class HeadlineField(TextAreaField):
    """A long title, shown whole while it is typed, kept as one line."""

    def __init__(self, label: Any, *, length: int = 500, **rest: Any) -> None:
        checks, shape = [required(), at_most(length)], {"rows": 2}
        super().__init__(label, checks, filters=[trimmed, one_line], render_kw=shape, **rest)


class ParagraphField(TextAreaField):
    """Text of several lines."""

    def __init__(self, label: Any, *, needed: bool = True, length: int = 5000, **rest: Any) -> None:
        checks = [required() if needed else validators.Optional(), at_most(length)]
        super().__init__(label, checks, filters=[trimmed], **rest)


def choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return the options of a field from values and their words."""
    return [(str(value), word) for value, word in words.items()]


OFF_THE_LIST = _("This is no longer on the list. Please choose again.")


class WordsField(SelectField):
    """One of some values, each with its words."""

    def __init__(self, label: Any = None, *, words: Mapping[Any, Any], **rest: Any) -> None:
        super().__init__(label, **rest)
        self.choices = choices(words)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the value; refuse what cannot be one."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(OFF_THE_LIST) from None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not among the choices, in the reader's language."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(OFF_THE_LIST) from None


class ManyField(SelectMultipleField):
    """Any number of some values, each with a box to check."""

    widget = widgets.ListWidget()
    option_widget = widgets.CheckboxInput()

    def pre_validate(self, _form: BaseForm) -> None:
        """Refuse what is not among the choices, without repeating what was sent."""
        known = {value for value, *_rest in self.iter_choices()}
        if self.data and not known.issuperset(self.data):
            raise ValidationError(OFF_THE_LIST)


class DayField(DateField):
    """A day as a calendar sends it or as people here type it: 25/11/2026."""

    def __init__(self, label: Any, *, needed: bool = False, **options: Any) -> None:
        checks = [required() if needed else validators.Optional()]
        super().__init__(label, checks, format=list(DATE_FORMATS), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; refuse one that no calendar has."""
        text = " ".join(valuelist).strip()
        if not text:
            self.data = None
            return
        for shape in DATE_FORMATS:
            day = _parsed(text, shape)
            if day:
                self.data = day
                return
        raise ValueError(_("Please write the day like 25/11/2026."))


def _parsed(text: str, shape: str) -> date | None:
    try:
        return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
