"""Where a person is reached outside the system."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, ValidationError

from meetings.carriers.addresses import mail_of, mobile_of
from meetings.models import MessageState, Way
from meetings.web.forms import Form, TextField

WAYS = {Way.MAIL: _("Mail"), Way.SMS: _("Short message")}
STATES = {
    MessageState.WAITING: _("on its way"),
    MessageState.SENT: _("sent"),
    MessageState.FAILED: _("not delivered"),
}


class ContactForm(Form):
    """Addresses, and what is sent to them."""

    mail = TextField(_("Mail address"), needed=False, length=120)
    mobile = TextField(
        _("Mobile number"), needed=False, length=24, description=_("For example 0912 345 678.")
    )
    by_mail = BooleanField(_("Tell by mail"), default=True)
    by_sms = BooleanField(_("Tell by short message"), default=True)
    digest = BooleanField(_("Tell each morning when something is new"))

    def validate_mail(self, field: Field) -> None:
        """Refuse what is no address."""
        if field.data and mail_of(field.data) is None:
            raise ValidationError(_("Please type an address like ten@tinhuy.example."))

    def validate_mobile(self, field: Field) -> None:
        """Refuse what is no mobile number."""
        if field.data and mobile_of(field.data) is None:
            raise ValidationError(_("Please type a mobile number, like 0912 345 678."))

    def facts(self) -> dict[str, Any]:
        """Return what was typed, under the names of the table."""
        return {
            "mail": mail_of(self.mail.data or "") or "",
            "mobile": mobile_of(self.mobile.data or "") or "",
            "by_mail": self.by_mail.data,
            "by_sms": self.by_sms.data,
            "digest": self.digest.data,
        }
