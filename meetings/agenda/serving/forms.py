"""Forms and words of what is asked for in a room."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, IntegerField, validators

from meetings.agenda.preparation.forms import MomentField
from meetings.models import ServiceKind, ServiceState
from meetings.web.forms import Form, TextField, WordsField, required, whole_number

MOST = 1000
KINDS = {
    ServiceKind.WATER: _("Water"),
    ServiceKind.MICROPHONE: _("Microphones"),
    ServiceKind.PROJECTOR: _("Projector"),
    ServiceKind.OTHER: _("Something else"),
}
STATES = {
    ServiceState.ASKED: (_("Asked for"), "clock", "warn"),
    ServiceState.TAKEN: (_("Being done"), "person", "info"),
    ServiceState.DONE: (_("Done"), "check-circle", "good"),
}


class ServiceForm(Form):
    """Something that a meeting asks of those who serve its room."""

    kind = WordsField(_("What is needed"), words=KINDS, coerce=ServiceKind)
    quantity = IntegerField(_("How many"), default=1, validators=[whole_number(1, MOST)])
    note = TextField(_("Remark"), needed=False, length=300)
    due_at = MomentField(_("To be there by"), validators=[required()])

    def __init__(self, *, until: datetime, **options: Any) -> None:
        super().__init__(**options)
        self._until = until

    def validate_kind(self, field: Field) -> None:
        """Ask what it is where it is something else."""
        if field.data is ServiceKind.OTHER and not self.note.data:
            raise validators.ValidationError(_("Please say in the remark what is needed."))

    def validate_due_at(self, field: Field) -> None:
        """Refuse an hour at which the meeting is over."""
        if field.data and field.data > self._until:
            raise validators.ValidationError(_("The meeting is over by then."))

    def facts(self) -> dict[str, Any]:
        """Return the values as the services take them."""
        return {name: self[name].data or "" for name in ("kind", "quantity", "note", "due_at")}


class StepForm(Form):
    """How far something is."""

    state = WordsField(
        words={state: words[0] for state, words in STATES.items()}, coerce=ServiceState
    )
