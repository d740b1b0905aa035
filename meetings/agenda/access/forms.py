"""Forms that decide who reads a paper, and when."""

from flask_babel import lazy_gettext as _
from wtforms import Field, validators

from meetings import clock
from meetings.agenda.preparation.forms import MomentField
from meetings.web.forms import Form


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
