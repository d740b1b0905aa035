"""What those who lead a meeting send."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from meetings.web.forms import Form, WordsField, choices

NOWHERE = ""


class ProceedingsForm(Form):
    """What happens now, to which item, and which item was the current one on the page."""

    act = WordsField(words={"open": _("Open"), "go": _("Go to"), "close": _("Close")})
    item = SelectField(_("Item"), default=NOWHERE)
    seen = SelectField(default=NOWHERE)

    def offer(self, items: dict[str, str]) -> None:
        """Set the items that can be named."""
        self.item.choices = self.seen.choices = choices({NOWHERE: "", **items})

    @property
    def seen_item(self) -> UUID | None:
        """Return the item that the page showed as the current one."""
        return UUID(self.seen.data) if self.seen.data else None
