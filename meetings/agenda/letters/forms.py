"""What the office writes into a letter of invitation."""

from flask_babel import lazy_gettext as _

from meetings.agenda.letters.queries import NAMES, Words
from meetings.web.forms import Form, ParagraphField, TextField


class LetterForm(Form):
    """The words of a letter; number and day are left to the registry."""

    superior = TextField(_("Organ above"), needed=False)
    issuer = TextField(_("Issuing organ"))
    symbol = TextField(
        _("Symbol after the number"), description=_("For example GM/VPTU. The registry numbers.")
    )
    place = TextField(_("Place of issue"), needed=False)
    addressees = ParagraphField(_("To"), description=_("One line for each."))
    text = ParagraphField(_("Words of invitation"))
    note = ParagraphField(_("Requests to those invited"), needed=False)
    capacity = TextField(
        _("Signed on behalf of"), needed=False, description=_("For example T/L BAN THƯỜNG VỤ.")
    )
    signer_title = TextField(_("Post of the signer"), needed=False)
    signer_name = TextField(_("Signer"), needed=False)
    recipients = ParagraphField(_("Copies to"), needed=False)

    @property
    def words(self) -> Words:
        """Return what was written."""
        return Words(**{name: str(self[name].data or "") for name in NAMES})
