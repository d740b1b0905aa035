"""Forms: one parent, fields that trim, messages in the reader's language."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField, validators


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
    return "".join(c for c in value if c in "\n\t" or c.isprintable()).strip()


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
