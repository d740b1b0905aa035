"""The forms of the way in."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import EqualTo, Length

from meetings.accounts.entry.services import is_weak
from meetings.web.forms import Form, TextField, required

SHORTEST_PASSWORD = 12


class SignInForm(Form):
    """Name and password, as typed."""

    username = StringField(_("Account name"), [required(), Length(max=200)])
    password = PasswordField(_("Password"), [required(), Length(max=1000)])


class NewPasswordForm(Form):
    """A password to be, twice."""

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

    @property
    def account_name(self) -> str:
        """Return whose password it will be."""
        raise NotImplementedError

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that is the account's name or among the first that are guessed."""
        if self.account_name.lower() in (field.data or "").lower():
            raise ValidationError(_("The password must not hold the account name."))
        if is_weak(field.data or "", self.account_name):
            raise ValidationError(_("This is one of the first that are guessed. Use a sentence."))


class ActivateForm(NewPasswordForm):
    """The one-time secret and the password it is turned into."""

    username = StringField(_("Account name"), [required(), Length(max=200)])
    secret = StringField(_("One-time secret"), [required(), Length(max=200)])

    @property
    def account_name(self) -> str:
        """Return the name that was typed."""
        return self.username.data or ""


class ChangePasswordForm(NewPasswordForm):
    """The password of today and the one of tomorrow."""

    current = PasswordField(_("Password of today"), [required(), Length(max=1000)])

    def __init__(self, *, username: str, **options: Any) -> None:
        super().__init__(**options)
        self._username = username

    @property
    def account_name(self) -> str:
        """Return the name of the account that is signed in."""
        return self._username


class CodeForm(Form):
    """Six digits from the app, or a recovery code."""

    code = TextField(_("Code"), length=40)
