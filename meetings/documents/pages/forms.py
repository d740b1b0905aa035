"""The order of a clerk about the pages of a paper."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField

from meetings.intake.edits import Edit, Join, Keep, Rotate, edited
from meetings.web.forms import Form, at_most

LENGTH = 60_000
TURNS = {0, 90, 180, 270}


class PagesForm(Form):
    """Pages in their new order as `3:90 1:0`, and a document whose pages follow."""

    order = StringField(validators=[at_most(LENGTH)])
    join = SelectField(_("Add the pages of"))

    def offer(self, documents: Sequence[tuple[str, str]]) -> None:
        """Offer the documents that may be joined."""
        self.join.choices = [("", _("No other paper")), *documents]


def edits_of(order: str, count: int, *, joined: bool = False) -> list[Edit]:
    """Return the edits that an order means; raise ValueError for one that cannot be."""
    placed = [(int(number), int(turn)) for number, turn in map(_parted, order.split())]
    if any(turn not in TURNS for _number, turn in placed):
        message = "an order names pages and how far each is turned"
        raise ValueError(message)
    edits: list[Edit] = [Keep(tuple((number, number) for number, _turn in placed))]
    for turn in sorted(TURNS - {0}):
        numbers = tuple(at for at, (_number, how) in enumerate(placed, 1) if how == turn)
        edits += [Rotate(numbers, turn)] if numbers else []
    edited([count], edits)
    return [*edits, Join(2)] if joined else edits


def _parted(part: str) -> tuple[str, str]:
    number, _colon, turn = part.partition(":")
    return number, turn


def order_of(form: Any) -> str:
    """Return the order that the fields of the plain form mean: position, turn, dropped or not."""
    rows = []
    for name, position in form.items():
        if name.startswith("position-") and f"drop-{name[9:]}" not in form:
            number = int(name[9:])
            rows.append((float(position), number, int(form.get(f"turn-{number}", "0"))))
    return " ".join(f"{number}:{turn}" for _place, number, turn in sorted(rows))
