"""What is asked when a meeting is copied, kept as a template, or called from one."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, ValidationError

from meetings.agenda.plans.queries import Stage
from meetings.agenda.preparation.forms import MomentField
from meetings.web.forms import (
    DayField,
    Form,
    HeadlineField,
    ParagraphField,
    TextField,
    WordsField,
    required,
)

STAGE = re.compile(r"(\d{1,3})\s+(\S.*)")


class CallForm(Form):
    """When a meeting like another is held."""

    title = HeadlineField(_("Title"))
    starts_at = MomentField(_("Begins"), validators=[required()])

    def facts(self) -> dict[str, Any]:
        """Return the values as the services take them."""
        return {name: self[name].data for name in ("title", "starts_at")}


class CloneForm(CallForm):
    """What of a meeting the next one takes over."""

    papers = BooleanField(_("The papers' places: what each item waits for"), default=True)
    people = BooleanField(_("The participants with their roles"), default=True)


class StagesField(ParagraphField):
    """Lines of a number of working days and what has to be done by then."""

    @property
    def stages(self) -> list[Stage]:
        """Return what was written."""
        found = (STAGE.fullmatch(line) for line in _lines(self.data))
        return [(match[2], int(match[1])) for match in found if match]


class TemplateForm(Form):
    """What a template is called, and what has to be done before meetings made of it."""

    name = TextField(_("Name of the template"), length=200)
    stages = StagesField(
        _("Working days ahead"),
        needed=False,
        description=_("One line for each stage: the number of days, then what is done by then."),
    )

    def validate_stages(self, field: StagesField) -> None:
        """Name a line that does not begin with a number."""
        wrong = [line for line in _lines(field.data) if not STAGE.fullmatch(line)]
        if wrong:
            raise ValidationError(
                _("Begin each line with a number of days: %(line)s", line=wrong[0])
            )


class SpecialDayForm(Form):
    """A day that is not as the week has it."""

    day = DayField(_("Day"), needed=True)
    name = TextField(_("What it is"), length=200)
    working = WordsField(
        _("On this day"), words={"no": _("Nobody works"), "yes": _("People work")}, default="no"
    )


class PlaceForm(Form):
    """Which awaited paper is meant."""

    place = SelectField()


def told(stages: Iterable[Stage]) -> str:
    """Return stages as the lines in which they are written."""
    return "\n".join(f"{days} {name}" for name, days in stages)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
