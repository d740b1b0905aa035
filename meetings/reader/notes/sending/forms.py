"""To whom a note goes."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from meetings.reader.notes.sending.queries import Receiver
from meetings.web.forms import Form, ManyField, required


class SendForm(Form):
    """The receivers who were checked."""

    receivers = ManyField(
        _("To whom"),
        [required()],
        description=_("They get a copy. The note itself stays with you alone."),
    )

    def __init__(self, receivers: Sequence[Receiver]) -> None:
        super().__init__()
        self._known = {receiver.key: receiver for receiver in receivers}
        one_meeting = len({receiver.meeting.id for receiver in receivers}) == 1
        self.receivers.choices = [
            (key, _name(receiver) if one_meeting else f"{_name(receiver)} · {_place(receiver)}")
            for key, receiver in self._known.items()
        ]

    @property
    def chosen(self) -> list[Receiver]:
        """Return the receivers who were checked, each once."""
        return [self._known[key] for key in dict.fromkeys(self.receivers.data or ())]


def _name(receiver: Receiver) -> str:
    return receiver.person.display_name if receiver.person else gettext("The office of the meeting")


def _place(receiver: Receiver) -> str:
    return receiver.meeting.title
