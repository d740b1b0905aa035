"""Forms of the archive."""

from flask_babel import lazy_gettext as _
from wtforms import Field, validators

from meetings.web.forms import Form, TextField
from search_index import tokens

_WORDS = 12


class AbbreviationForm(Form):
    """An abbreviation and what it stands for."""

    short = TextField(_("Abbreviation"), length=20)
    full = TextField(
        _("Stands for"),
        needed=False,
        length=120,
        description=_("Leave this empty where the abbreviation is to stand for itself alone."),
    )

    def validate_short(self, field: Field) -> None:
        """Refuse what holds no letter or digit: no question would ever use it."""
        if not any(tokens(field.data)):
            raise validators.ValidationError(_("Please give letters or digits."))

    def validate_full(self, field: Field) -> None:
        """Refuse more words than an abbreviation is short for."""
        if sum(1 for _token in tokens(field.data or "")) > _WORDS:
            raise validators.ValidationError(_("Please give at most twelve words."))
