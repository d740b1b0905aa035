"""Which form is asked for and as of which day, and the words of what it counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, ValidationError

from meetings import clock
from meetings.members.life.schooling import School, Training
from meetings.members.records.forms import STANDINGS, WORD_NAMES
from meetings.members.reports.movements.forms import EARLIEST
from meetings.web.forms import DayField, Form

FORMS: Mapping[int, Any] = {
    2: _("Form 2: education"),
    3: _("Form 3: quality and structure"),
    4: _("Form 4: ethnicity and religion"),
}
NAMES: Mapping[int, Any] = {2: _("Form 2"), 3: _("Form 3"), 4: _("Form 4")}
UNKNOWN = "unknown"
AGES: Mapping[str, Any] = {
    "30": _("30 years and younger"),
    "40": _("31 to 40 years"),
    "50": _("41 to 50 years"),
    "60": _("51 to 60 years"),
    "61": _("Older than 60 years"),
    UNKNOWN: _("Date of birth not known"),
}
SCHOOLS: Mapping[str, Any] = {
    School.PRIMARY: _("Primary school"),
    School.LOWER: _("Lower secondary school"),
    School.UPPER: _("Upper secondary school"),
    School.UNKNOWN: _("Not known"),
}
TRAININGS: Mapping[str, Any] = {
    Training.NONE: _("Without professional training"),
    Training.ELEMENTARY: _("Elementary training"),
    Training.INTERMEDIATE: _("Intermediate training"),
    Training.COLLEGE: _("College"),
    Training.UNIVERSITY: _("University"),
    Training.MASTER: _("Master"),
    Training.DOCTOR: _("Doctor"),
    Training.OTHER: _("Other"),
}
THEORIES: Mapping[str, Any] = {
    **{word: WORD_NAMES[word] for word in ("none", "elementary", "intermediate", "advanced")},
    "bachelor": WORD_NAMES["bachelor"],
    UNKNOWN: _("Not known"),
}
PEOPLES: Mapping[str, Any] = {
    "majority": _("Kinh"),
    "minority": _("Ethnic minorities"),
    UNKNOWN: _("Not known"),
}
SEXES: Mapping[str, Any] = {
    "male": WORD_NAMES["male"],
    "female": WORD_NAMES["female"],
    UNKNOWN: _("Not known"),
}
STANDING_WORDS: Mapping[str, Any] = {
    standing.value: STANDINGS[standing] for standing in list(STANDINGS)[1:4]
}


class DayForm(Form):
    """As of the end of which day."""

    on = DayField(_("As it was on"), needed=True)

    class Meta:
        """Asking changes nothing."""

        csrf = False

    def validate_on(self, field: Field) -> None:
        """Refuse a day that is still to come, or before there was a Party."""
        if field.data and not EARLIEST <= field.data <= clock.today():
            raise ValidationError(_("Please give a day from 03/02/1930 to today."))


def days(today: date) -> list[date]:
    """Return the days that are asked for most: today and the ends of the years before."""
    return [today, *(date(today.year - years, 12, 31) for years in (1, 2))]
