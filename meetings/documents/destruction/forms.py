"""The form of whoever asks for a destruction: by whose decision, and why."""

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from meetings import clock
from meetings.documents.destruction.services import DecisionTaken
from meetings.web.forms import DayField, Form, ParagraphField, TextField


class DestructionForm(Form):
    """The decision under which a document is destroyed."""

    decision = TextField(_("Number and symbol of the decision to destroy"), length=60)
    decided_on = DayField(_("Day of the decision"), needed=True)
    reason = ParagraphField(_("Reason"), needed=False, length=500)

    @property
    def decision_taken(self) -> DecisionTaken:
        """Return what was filled in."""
        day = self.decided_on.data or clock.today()
        return DecisionTaken(str(self.decision.data), day, self.reason.data or "")

    def validate_decided_on(self, field: DayField) -> None:
        """Refuse a decision that is not taken yet."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is still to come."))
