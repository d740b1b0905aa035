"""What the invited and the office fill in about answers."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, validators

from meetings.models import ParticipantRole, Person
from meetings.web.forms import Form, ParagraphField, WordsField, choices

COMING, ABSENT = "coming", "absent"
REASON_LENGTH = 500
STANDINGS = {
    "open": (_("No answer yet"), "clock", ""),
    COMING: (_("Coming"), "check", "good"),
    ABSENT: (_("Absent"), "close", "warn"),
}
"""How an invited person stands, in words, with a picture and a colour."""


class ComingField(RadioField):
    """One of two large choices."""

    def __init__(self, label: Any = None, **rest: Any) -> None:
        chosen = validators.InputRequired(_("Please choose one."))
        super().__init__(label, [chosen], **rest)
        self.choices = [(COMING, _("I am coming")), (ABSENT, _("I cannot come"))]


class SubstituteField(SelectField):
    """Who comes instead; only those whom the meeting lets."""

    def pre_validate(self, form: Any) -> None:
        """Say kindly that somebody else may not come instead."""
        del form
        if str(self.data) not in {value for value, *_rest in self.iter_choices()}:
            raise validators.ValidationError(
                _("This person may not come in your place. Please choose one of the list.")
            )


class AnswerForm(Form):
    """Whether somebody comes, why not, and who comes in their place."""

    coming = ComingField(_("Are you coming?"))
    reason = ParagraphField(_("Reason for the absence"), needed=False, length=REASON_LENGTH)
    substitute = SubstituteField(_("Who comes in your place"), default="")

    def offer(self, people: Iterable[Person]) -> None:
        """Set who could come instead."""
        names = {str(person.id): person.display_name for person in people}
        self.substitute.choices = choices({"": _("Nobody"), **names})

    @property
    def is_coming(self) -> bool:
        """Tell which of the two was chosen."""
        return bool(self.coming.data == COMING)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask those who cannot come why; an empty field would otherwise be asked nothing."""
        valid = super().validate(extra_validators)
        if self.coming.data == ABSENT and not self.reason.data:
            self.reason.errors = [_("Please say why you cannot come.")]
            return False
        return bool(valid)


class SubstituteForm(Form):
    """What the office decides about a proposed substitute."""

    participant = SelectField()
    decision = WordsField(words={"agree": _("Agree"), "refuse": _("Refuse")})
    role = WordsField(
        _("Takes part as"),
        words={
            ParticipantRole.INVITED_DELEGATE: _("Without a vote"),
            ParticipantRole.VOTING_DELEGATE: _("With a vote"),
        },
        coerce=ParticipantRole,
        default=ParticipantRole.INVITED_DELEGATE,
    )
