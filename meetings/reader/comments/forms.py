"""What somebody writes about a page of a paper or a paragraph there."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, SelectField, StringField, validators

from meetings.intake.contents import number_in
from meetings.models import Verdict
from meetings.reader.comments.queries import Obstacle, Spot
from meetings.reader.comments.services import Place
from meetings.web.forms import Form, ParagraphField, required, trimmed

LONGEST = 4000
SHOWN = 90
OBSTACLES = {
    Obstacle.NOT_OPENED: _("This paper is not open for comments. Your words are still here."),
    Obstacle.NOT_BEGUN: _("Comments are not taken yet. Your words are still here."),
    Obstacle.OVER: _("The time for comments is over. Your words are still here."),
    Obstacle.RECALLED: _("The paper was taken back; the comment stays as it is."),
    Obstacle.ANSWERED: _("This comment has been answered; it stays as it is."),
}
"""Why nothing is kept, told at the field."""


VERDICTS = {
    Verdict.ACCEPTED: (_("Accepted"), "check", "good"),
    Verdict.PARTLY: (_("Accepted in part"), "check", "info"),
    Verdict.EXPLAINED: (_("Explained"), "message", ""),
}
"""What becomes of a comment, in words, with a picture and a colour."""


class SpotField(SelectField):
    """A paragraph of the page, or the whole page."""

    def pre_validate(self, form: Any) -> None:
        """Say kindly that a paragraph is not on this page."""
        del form
        if str(self.data) not in {value for value, *_rest in self.iter_choices()}:
            raise validators.ValidationError(
                _("This paragraph is not on the page. Please choose again.")
            )


class WordsForm(Form):
    """The words of a comment."""

    text = ParagraphField(_("Your comment"), length=LONGEST, render_kw={"rows": 6})

    def refuse(self, obstacle: Obstacle | None) -> bool:
        """Say at the words why they are not kept; tell whether they are not."""
        if obstacle:
            self.text.errors = [*self.text.errors, OBSTACLES[obstacle]]
        return obstacle is not None


class CommentForm(WordsForm):
    """A comment and the place that it is about."""

    page = StringField(
        _("Page"),
        [required()],
        filters=[trimmed],
        render_kw={"inputmode": "numeric", "maxlength": 6, "size": 6},
    )
    paragraph = SpotField(_("What it is about"), default="")
    version = HiddenField()

    def offer(self, spot: Spot) -> None:
        """Set the paragraphs of the page to choose from."""
        self._spot = spot
        told = (one if len(one) <= SHOWN else f"{one[:SHOWN]} …" for one in spot.paragraphs)
        numbered = enumerate(told, 1)
        self.paragraph.choices = [
            ("", gettext("The whole page")),
            *((f"{spot.number}-{n}", f"{n}. {words}") for n, words in numbered),
        ]

    def validate_page(self, field: Field) -> None:
        """Refuse a page that is not there."""
        count = self._spot.count
        if not 1 <= (number_in(field.data) or 0) <= count:
            told = _("This paper has %(count)d pages. Please write one of them.", count=count)
            raise validators.ValidationError(told)

    def validate_paragraph(self, field: Field) -> None:
        """Have the place chosen again once there is a new version."""
        now = str(self._spot.version.id)
        seen, self.version.data = self.version.data, now
        if self.is_submitted() and seen != now:
            told = _("There is a new version of this paper. Please choose the place again.")
            raise validators.ValidationError(told)
        del field

    @property
    def place(self) -> Place:
        """Return what the comment is about."""
        number = int(str(self.paragraph.data).partition("-")[2] or 0)
        quote = self._spot.paragraphs[number - 1] if number else ""
        return Place(self._spot.version.id, self._spot.number, number or None, quote)
