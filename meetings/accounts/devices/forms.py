"""The forms of a tablet: code and PIN to enrol it, the PIN to open it."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, ValidationError
from wtforms.validators import EqualTo

from meetings.web.forms import Form, TextField, required

PIN = re.compile("[0-9]{6}")
FEWEST_DIGITS = 3
NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 6}


class PinField(PasswordField):
    """Six digits on the keyboard of digits."""

    def __init__(self, label: Any, validators: Sequence[Any] = (), **rest: Any) -> None:
        super().__init__(label, [required(), *validators], render_kw=NUMERIC, **rest)


class ProofForm(Form):
    """A form with which the tablet's script sends what the tablet signed."""

    challenge = HiddenField()
    signature = HiddenField()

    def signed(self) -> bytes:
        """Return the signature, empty where the script sent none."""
        return from_base64(self.signature.data)


class PinForm(ProofForm):
    """The PIN of an enrolled tablet."""

    pin = PinField(_("PIN"))


class NewPinForm(ProofForm):
    """A PIN to be, twice."""

    pin = PinField(_("New PIN: six digits"))
    again = PinField(_("The same PIN again"), [EqualTo("pin", _("The two PINs differ."))])

    def validate_pin(self, field: PasswordField) -> None:
        """Refuse what is no PIN, or one that whoever finds the tablet tries first."""
        digits = field.data or ""
        if not PIN.fullmatch(digits):
            raise ValidationError(_("A PIN has six digits."))
        steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
        if len(set(digits)) < FEWEST_DIGITS or len(steps) == 1:
            raise ValidationError(_("This PIN is guessed at once. Mix more digits."))


class EnrolForm(NewPinForm):
    """The office's code and the PIN that will open this tablet."""

    public_key = HiddenField()
    code = TextField(_("Code from the office"), length=40)

    def key(self) -> bytes:
        """Return the tablet's public key, empty where the script sent none."""
        return from_base64(self.public_key.data)


def from_base64(text: str | None) -> bytes:
    """Return the bytes of a text in base64; none where it is not."""
    try:
        return b64decode(text or "", validate=True)
    except (NotBase64, ValueError):
        return b""
