"""Forms that decide who reads a paper, and when."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import Field, validators

from meetings import clock
from meetings.agenda.forms import TAKINGS
from meetings.agenda.preparation.forms import MomentField
from meetings.models import Person, Taking
from meetings.web.forms import Form, ManyField, WordsField


class WindowForm(Form):
    """From when until when a paper may be read."""

    readable_from = MomentField(
        _("Readable from"),
        validators=[validators.Optional()],
        description=_("Before this moment the participants do not see that the paper exists."),
    )
    readable_until = MomentField(
        _("Readable until"),
        validators=[validators.Optional()],
        description=_("At this moment the paper is recalled by itself."),
    )

    def validate_readable_until(self, field: Field) -> None:
        """Refuse an end that has passed, or that is not after the beginning."""
        if field.data and field.data <= clock.now():
            raise validators.ValidationError(_("This moment has passed. Please recall the paper."))
        start = self.readable_from.data
        if start and field.data and field.data <= start:
            raise validators.ValidationError(_("The end must be later than the beginning."))


class TakingForm(Form):
    """What participants may do with a paper."""

    taking = WordsField(
        _("What participants may do with this paper"),
        words={"": _("As for all papers"), **{way: words[0] for way, words in TAKINGS.items()}},
        description=_("Whatever leaves bears the name of whoever took it, on each page."),
    )

    @property
    def chosen(self) -> Taking | None:
        """Return what was chosen, if anything was."""
        return Taking(self.taking.data) if self.taking.data else None


class ReadersForm(Form):
    """Who is named to read."""

    readers = ManyField(
        _("Named persons"),
        description=_("Check nobody, and everybody who takes part may read."),
    )

    def __init__(self, people: Sequence[Person], named: set[UUID], **rest: Any) -> None:
        super().__init__(data={"readers": [str(person) for person in named]}, **rest)
        self.readers.choices = [(str(person.id), person.display_name) for person in people]

    @property
    def chosen(self) -> set[UUID]:
        """Return who was checked."""
        return {UUID(person) for person in self.readers.data or ()}
