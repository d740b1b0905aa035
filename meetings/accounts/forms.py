"""The words of accounts, and their forms."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField

from meetings.models import AccessLevel, Body, Role
from meetings.web.forms import Form

ROLES = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.CLERK: _("Clerk"),
    Role.RESEARCHER: _("Researcher"),
    Role.SECRETARY: _("Cell secretary"),
    Role.RECORD_KEEPER: _("Keeper of the members' records"),
}
CLEARANCES = {
    AccessLevel.NORMAL: _("Ordinary"),
    AccessLevel.INTERNAL: _("Internal"),
    AccessLevel.RESTRICTED: _("Restricted"),
}


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
