"""What may be said of a kind in a dossier."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from meetings.intake.dossiers import KINDS
from meetings.members.dossiers.gaps.queries import Presence
from meetings.models import Mark

PRESENCES: dict[Presence, Any] = {
    Presence.THERE: _("There"),
    Presence.NOT_ARISEN: _("Not arisen"),
    Presence.UNKNOWN: _("Not determined"),
    Presence.TO_SUPPLEMENT: _("To be supplemented"),
}
MARKS: dict[str, Any] = {
    "": _("As the papers say"),
    Mark.NOT_ARISEN.value: _("Not arisen"),
    Mark.TO_SUPPLEMENT.value: _("To be supplemented"),
}


def changed(sent: Mapping[str, str]) -> dict[int, Mark | None]:
    """Return what was said otherwise than the page showed; raise ValueError for nonsense.

    What stays as it was shown is not sent on, so that it overwrites nobody.
    """
    marks: dict[int, Mark | None] = {}
    for number in KINDS:
        said = sent.get(f"kind-{number}")
        if said is not None and said != sent.get(f"was-{number}", ""):
            marks[number] = Mark(said) if said else None
    return marks
