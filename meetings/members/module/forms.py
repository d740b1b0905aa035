"""What an administrator fills in to switch the register of members on."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, validators

from meetings import clock
from meetings.web.forms import DayField, Form, TextField


class ApprovalForm(Form):
    """The written approval, and that whoever switches it on has read what that means."""

    number = TextField(
        _("Number of the written approval"),
        length=100,
        description=_("As it stands on the paper, for example 215-CV/TU."),
    )
    decided_on = DayField(_("Date of the approval"), needed=True)
    understood = BooleanField(
        _("I have read the above and act on behalf of the committee."),
        [validators.InputRequired(_("Please confirm this."))],
    )

    def validate_decided_on(self, field: Field) -> None:
        """Refuse an approval that is still to come."""
        if field.data and field.data > clock.today():
            raise validators.ValidationError(_("This day is still to come."))
