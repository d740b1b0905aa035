"""Forms with which the organisation is kept."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, IntegerField, SelectField, validators

from meetings.models import Body, Post
from meetings.organisation.forms import BODY_KINDS
from meetings.web.forms import DayField, Form, TextField, WordsField, required, whole_number

LAST = 9999
"""The rank of whom protocol does not place."""


class RankField(IntegerField):
    """A place in the protocol order; the smallest comes first, and without one a person is last."""

    def __init__(self, label: Any, **options: Any) -> None:
        checks = [validators.Optional(), whole_number(1, LAST)]
        hint = _("The smallest number comes first.")
        super().__init__(label, checks, default=LAST, description=hint, **options)


class BodyForm(Form):
    """What is recorded of a body."""

    name = TextField(_("Name of the body"), length=200)
    kind = WordsField(_("Kind"), words=BODY_KINDS)
    symbol = TextField(_("Symbol in document numbers"), needed=False, length=20)
    parent = SelectField(_("Part of"))
    opened_on = DayField(_("Opened on"))
    closed_on = DayField(_("Closed on"))

    def __init__(self, *, above: Sequence[Body], **options: Any) -> None:
        super().__init__(**options)
        self._above = {str(body.id): body for body in above}
        listed = [(name, body.name) for name, body in self._above.items()]
        self.parent.choices = [("", _("Nothing above it")), *listed]

    def validate_closed_on(self, field: Field) -> None:
        """Refuse an end before the beginning."""
        if self.opened_on.data and field.data and field.data < self.opened_on.data:
            raise validators.ValidationError(_("A body cannot close before it opened."))

    def facts(self) -> dict[str, Any]:
        """Return what was typed, under the names of the table."""
        above = self._above.get(self.parent.data)
        return {
            "name": self.name.data,
            "kind": self.kind.data,
            "symbol": self.symbol.data or "",
            "parent_id": above.id if above else None,
            "opened_on": self.opened_on.data,
            "closed_on": self.closed_on.data,
        }


class TermForm(Form):
    """The first day of a term."""

    starts_on = DayField(_("First day of the term"), needed=True)


class PersonForm(Form):
    """What is recorded of a person."""

    full_name = TextField(_("Full name"), length=120)
    honorific = TextField(_("Form of address"), needed=False, length=40)
    protocol_rank = RankField(_("Place in protocol order"))

    def facts(self) -> dict[str, Any]:
        """Return what was typed, under the names of the table."""
        return {
            "full_name": self.full_name.data,
            "honorific": self.honorific.data or "",
            "protocol_rank": self.protocol_rank.data or LAST,
        }


class PostForm(Form):
    """A post to be given."""

    body = SelectField(_("Body"))
    title = TextField(_("Post"), length=120)
    since = DayField(_("Since"), needed=True)
    protocol_rank = RankField(_("Place in protocol order"))

    def __init__(self, *, bodies: Sequence[Body], **options: Any) -> None:
        super().__init__(**options)
        self._bodies = {str(body.id): body for body in bodies}
        self.body.choices = [(name, body.name) for name, body in self._bodies.items()]

    def chosen(self) -> Body:
        """Return the body that was chosen."""
        return self._bodies[str(self.body.data)]

    def facts(self) -> dict[str, Any]:
        """Return what was typed, under the names of the table."""
        rank = self.protocol_rank.data or LAST
        return {"title": self.title.data, "since": self.since.data, "protocol_rank": rank}


class EndPostForm(Form):
    """The end of a post."""

    post = HiddenField(validators=[required()])
    until = DayField(_("Until"), needed=True)

    def __init__(self, *, posts: Sequence[Post], **options: Any) -> None:
        super().__init__(**options)
        self._posts = {post.id: post for post in posts}

    def validate_post(self, _field: Field) -> None:
        """Refuse what is no open post of the person."""
        if self.chosen() is None:
            raise validators.ValidationError(_("This post has ended already."))

    def validate_until(self, field: Field) -> None:
        """Refuse an end before the beginning."""
        post = self.chosen()
        if post and field.data and field.data < post.since:
            raise validators.ValidationError(_("A post cannot end before it began."))

    def chosen(self) -> Post | None:
        """Return the post that is to end."""
        try:
            return self._posts.get(UUID(str(self.post.data)))
        except ValueError:
            return None
