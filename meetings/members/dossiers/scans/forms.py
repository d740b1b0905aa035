"""The form that takes scans in, and what is said of a file that is not taken."""

from flask_babel import lazy_gettext as _
from wtforms import MultipleFileField

from meetings.web.forms import Form

KNOWN = _("This file is in the dossier already.")
NO_PDF = _("Only PDF files are taken. Please scan the papers as PDF; a photo or a Word file waits.")
UNSEEN = _("The reading of pictures is not set up on this machine. Please call support.")


class ScansForm(Form):
    """The scans that are sent."""

    files = MultipleFileField(
        _("Scanned papers"),
        description=_("PDF, in colour, 200 dots an inch or more; papers of any kind in any order."),
        render_kw={"accept": ".pdf", "multiple": True},
    )
