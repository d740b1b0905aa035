"""How a body is dissolved: by which decision, from when, and where each body goes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import Field, ValidationError

from meetings import clock
from meetings.members.reform.queries import Choice, Way
from meetings.models import Body
from meetings.web.forms import DayField, Form, TextField, WordsField


class PlanForm(Form):
    """The decision and the day; a field for each body is added by the body."""

    decision = TextField(
        _("Deciding document"),
        length=200,
        description=_("Number, organ and date, for example 45-QĐ/ĐU of 12/03/2026."),
    )
    day = DayField(
        _("First day without this body"),
        needed=True,
        description=_("On this day the bodies and the members are in their new place."),
    )
    default = WordsField(_("Members of the body itself go to"), words={})

    def validate_day(self, field: Field) -> None:
        """Refuse a day that is still to come."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is still to come."))

    def choices(self) -> Mapping[UUID, Choice]:
        """Return where each body goes, and how."""
        return {
            UUID(field.name.removeprefix("body_")): _choice(field.data)
            for field in self.of_bodies()
        }

    def of_bodies(self) -> Iterator[Field]:
        """Yield the fields of the bodies, in their order."""
        yield from (field for field in self if field.name.startswith("body_"))


def _choice(value: str) -> Choice:
    way, _colon, to = value.partition(":")
    return Choice(Way(way), UUID(to))


def plan_form(below: Sequence[Body], successors: Mapping[UUID, str]) -> type[PlanForm]:
    """Return the form that asks where each body goes; all go under the first successor."""
    words: dict[str, Any] = {}
    for identity, name in successors.items():
        words[f"{Way.UNDER}:{identity}"] = _("goes under it unchanged: %(body)s", body=name)
        words[f"{Way.INTO}:{identity}"] = _("closes and is merged into it: %(body)s", body=name)
    listed = {str(identity): name for identity, name in successors.items()}
    fields = {
        f"body_{body.id}": WordsField(body.name, words=words, default=next(iter(words)))
        for body in below
    }
    default = WordsField(_("Members of the body itself go to"), words=listed)
    return type("PlanForm", (PlanForm,), {"default": default, **fields})
