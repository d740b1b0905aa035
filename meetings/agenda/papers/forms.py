"""What is said when a file is taken in, or a paper is not taken away."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from meetings.web.forms import Form

TAKEN = _("Received. Its pages are being prepared.")
COMMENTED = _("Comments were written on a paper: it stays on the agenda; recall it instead.")
KNOWN = _("This file was received before; that document now lies here.")


class AppendixForm(Form):
    """Of which paper another is the appendix."""

    main = SelectField(_("Appendix of"))

    def offer(self, papers: dict[str, str]) -> None:
        """Offer the papers of the same item that are no appendices."""
        self.main.choices = [("", str(_("A paper of its own"))), *papers.items()]
