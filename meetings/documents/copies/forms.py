"""The words of copies, and the form into which a code is typed."""

from flask_babel import lazy_gettext as _

from meetings.models import CopyKind
from meetings.web.forms import Form, TextField

COPY_KINDS = {
    CopyKind.DOWNLOAD: (_("Downloaded"), "download"),
    CopyKind.PRINT: (_("Opened to print"), "print"),
    CopyKind.PACK: (_("All papers of a meeting"), "documents"),
}


class CodeForm(Form):
    """The code that stands on a page."""

    code = TextField(
        _("Code"), length=40, description=_("It stands at the foot of each page: K7QM-4T2X.")
    )

    class Meta:
        """Asking changes nothing."""

        csrf = False
