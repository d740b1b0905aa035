"""What a tablet tells of its trial, and the words for each part."""

from flask_babel import lazy_gettext as _
from wtforms import StringField

from meetings.reader.trial.queries import Part
from meetings.web.forms import Form, required

PARTS = {
    Part.STORE: (_("Room to keep papers"), _("free some room on this tablet")),
    Part.WORKER: (_("Reading without network"), _("open the address that begins with https")),
    Part.STREAM: (_("News from the meeting"), _("leave other networks and VPN, then try again")),
    Part.SPEED: (_("Speed of the network"), _("move nearer to the Wi-Fi of the hall")),
    Part.CLOCK: (_("Clock of the tablet"), _("let the tablet set its clock by itself")),
    Part.LETTERS: (_("Vietnamese letters"), _("update the tablet or its browser")),
}
"""What is tried, and what helps where it does not do well."""


class TrialForm(Form):
    """How each part did."""

    found = StringField("found", [required()])
