"""The words of accounts, and their forms."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import EqualTo, Length

from meetings.models import AccessLevel, Body, Role
from meetings.web.forms import Form, required

SHORTEST_PASSWORD = 12
ROLES = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.CLERK: _("Clerk"),
    Role.RESEARCHER: _("Researcher"),
}
CLEARANCES = {
    AccessLevel.NORMAL: _("Ordinary"),
    AccessLevel.INTERNAL: _("Internal"),
    AccessLevel.RESTRICTED: _("Restricted"),
}


class SignInForm(Form):
    """Name and password, as typed."""

    username = StringField(_("Account name"), [required(), Length(max=200)])
    password = PasswordField(_("Password"), [required(), Length(max=1000)])


class ActivateForm(Form):
    """The one-time secret and the password it is turned into."""

    username = StringField(_("Account name"), [required(), Length(max=200)])
    secret = StringField(_("One-time secret"), [required(), Length(max=200)])
    password = PasswordField(
        _("New password"),
        [
            required(),
            Length(min=SHORTEST_PASSWORD, max=1000, message=_("Use 12 characters or more.")),
        ],
    )
    again = PasswordField(
        _("New password again"),
        [required(), EqualTo("password", _("The two passwords differ."))],
    )

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that is the account's name."""
        if (self.username.data or "").lower() in (field.data or "").lower():
            raise ValidationError(_("The password must not hold the account name."))


class UserForm(Form):
    """What an administrator decides about an account."""

    clearance = SelectField(_("Access level"))
    active = BooleanField(_("May sign in"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.clearance.choices = [(str(int(k)), str(label)) for k, label in CLEARANCES.items()]


class RoleForm(Form):
    """A role to be given in a body."""

    role = SelectField(_("Role"))
    body = SelectField(_("Body"))

    def __init__(self, *, bodies: list[Body], **options: Any) -> None:
        super().__init__(**options)
        self.role.choices = [(role.value, str(label)) for role, label in ROLES.items()]
        self.body.choices = [(str(body.id), body.name) for body in bodies]
