"""The fourteen columns of the register, and what it may be asked for."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _

from meetings.members.records.forms import LABELS, STANDINGS, told
from meetings.members.register.queries import GONE, IN_FORCE
from meetings.members.register.queries import STANDINGS as IN_LISTS
from meetings.web.forms import Form, TextField, WordsField

COLUMNS: Sequence[tuple[str, Any]] = (
    ("number", _("No.")),
    ("full_name", LABELS["full_name"]),
    ("birth_name", LABELS["birth_name"]),
    ("birth_date", LABELS["birth_date"]),
    ("sex", LABELS["sex"]),
    ("home_village", LABELS["home_village"]),
    ("occupation", LABELS["occupation"]),
    ("general_education", LABELS["general_education"]),
    ("profession", LABELS["profession"]),
    ("theory", LABELS["theory"]),
    ("admitted_on", _("Admitted on")),
    ("official_on", _("Full member since")),
    ("card_number", LABELS["card_number"]),
    ("post", _("Post, remarks")),
)
SORT_NAMES = {
    "name": _("By name"),
    "admission": _("By day of admission"),
    "birth": _("By date of birth"),
    "card": _("By card number"),
}
CHOICES = {
    IN_FORCE: _("Everybody in force"),
    **{standing.value: STANDINGS[standing] for standing in IN_LISTS},
    GONE: _("No longer here"),
}


class RegisterForm(Form):
    """What the register is narrowed down to."""

    words = TextField(_("Name, card or record number"), needed=False, length=100)
    standing = WordsField(_("Standing"), words=CHOICES, default=IN_FORCE)
    sort = WordsField(_("Order"), words=SORT_NAMES, default="name")


def line(number: int, member: Any) -> list[str]:
    """Return the fourteen columns of a member, or of as much of their row as these need."""
    own = {
        "number": str(number),
        "admitted_on": f"{member.admitted_on:%d/%m/%Y}" if member.admitted_on else "",
        "official_on": f"{member.official_on:%d/%m/%Y}" if member.official_on else "",
        "post": _remarks(member),
    }
    return [
        own[name] if name in own else told(name, member.facts.get(name, "")) for name, _ in COLUMNS
    ]


def _remarks(member: Any) -> str:
    usual = member.present and member.standing.value == "full"
    standing = "" if usual else str(STANDINGS[member.standing])
    return "; ".join(filter(None, (str(member.facts.get("post", "")), standing)))
