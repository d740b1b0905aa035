"""How a paper is opened for comments, and how one is answered."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, SelectField, validators

from meetings import clock
from meetings.agenda.preparation.forms import MomentField
from meetings.models import Person, Verdict
from meetings.reader.comments.collecting.services import Terms
from meetings.reader.comments.forms import LONGEST, VERDICTS
from meetings.web.forms import Form, ParagraphField, choices, required


class OpeningForm(Form):
    """From when until when comments are taken, who sees them, and who answers."""

    opens_at = MomentField(
        _("Comments are taken from"), validators=[required()], description=_("Vietnam time.")
    )
    closes_at = MomentField(
        _("Comments are taken until"), validators=[required()], description=_("Vietnam time.")
    )
    answerer = SelectField(
        _("Who answers for the content"),
        default="",
        description=_("Answers beside the office; reads all comments on this paper."),
    )
    shared = BooleanField(
        _("Everybody who reads the paper sees the comments of the others"), default=False
    )

    def offer(self, people: Iterable[Person]) -> None:
        """Set who may answer."""
        names = {str(person.id): person.display_name for person in people}
        self.answerer.choices = choices({"": gettext("The office alone"), **names})

    def validate_closes_at(self, field: Field) -> None:
        """Refuse an end that has passed or comes before the beginning."""
        if not field.data:
            return
        if field.data <= clock.now():
            raise validators.ValidationError(_("The deadline must lie in the future."))
        if self.opens_at.data and field.data <= self.opens_at.data:
            raise validators.ValidationError(_("The end must come after the beginning."))

    @property
    def terms(self) -> Terms:
        """Return what was chosen."""
        start, end = self.opens_at.data or clock.now(), self.closes_at.data or clock.now()
        chosen = str(self.answerer.data or "")
        return Terms(start, end, bool(self.shared.data), UUID(chosen) if chosen else None)


class AnswerForm(Form):
    """What becomes of a comment, and why."""

    verdict = RadioField(
        _("What becomes of it"),
        [validators.InputRequired(_("Please choose one of the three."))],
    )
    answer = ParagraphField(
        _("Answer"),
        needed=False,
        length=LONGEST,
        render_kw={"rows": 5},
        description=_("Needed unless the comment is accepted."),
    )

    def __init__(self, **known: Any) -> None:
        super().__init__(**known)
        self.answer.flags.optional = False  # it depends on what becomes of the comment
        self.verdict.choices = choices({one: told[0] for one, told in VERDICTS.items()})

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask why a comment is not taken over as it is."""
        valid = super().validate(extra_validators)
        chosen = self.verdict.data
        if chosen in {Verdict.PARTLY, Verdict.EXPLAINED} and not self.answer.data:
            self.answer.errors = [_("Please write the explanation.")]
            return False
        return bool(valid)
