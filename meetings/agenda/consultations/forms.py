"""What the office sets up, and what those who are asked fill in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, SelectField, validators

from meetings import clock
from meetings.agenda.consultations.queries import Question
from meetings.agenda.consultations.services import Opinion, Terms
from meetings.agenda.preparation.forms import MomentField
from meetings.agenda.queries import Item
from meetings.models import Consultation, ConsultationReply, CountingBase, Person, Silence, Stance
from meetings.web.forms import DayField, Form, ParagraphField, WordsField, required

STANCES = {
    Stance.AGREE: (_("I agree"), "check", "good"),
    Stance.DISAGREE: (_("I do not agree"), "close", "bad"),
    Stance.OTHER: (_("Another opinion"), "edit", "warn"),
}
BASES = {
    CountingBase.ASKED: _("All who are asked"),
    CountingBase.RECEIVED: _("The forms received"),
}
SILENCES = {
    Silence.UNCOUNTED: _("It counts neither way"),
    Silence.AGREEMENT: _("It counts as agreement"),
}
LONGEST_QUESTION = 500
MOST_QUESTIONS = 20


class ConsultationForm(Form):
    """Until when a form is answered and how it is counted; the questions come with each item."""

    due_at = MomentField(
        _("Answers are taken until"), validators=[required()], description=_("Vietnam time.")
    )
    counted_of = WordsField(_("Shares are counted of"), words=BASES, coerce=CountingBase)
    silence = WordsField(_("Whoever has not answered by then"), words=SILENCES, coerce=Silence)
    follower = SelectField(_("Official who follows the form"))

    def validate_due_at(self, field: Field) -> None:
        """Refuse a deadline that has passed."""
        if field.data and field.data <= clock.now():
            raise validators.ValidationError(_("The deadline must lie in the future."))

    def offer(self, people: Iterable[Person]) -> None:
        """Set who may follow the form."""
        self.follower.choices = [(str(person.id), person.display_name) for person in people]

    @property
    def terms(self) -> Terms:
        """Return what was chosen."""
        due, follower = self.due_at.data or clock.now(), UUID(str(self.follower.data))
        return Terms(due, self.counted_of.data, self.silence.data, follower)

    @property
    def questions(self) -> dict[UUID, list[str]]:
        """Return the questions of each item."""
        fields = ((field.name, _lines(field.data)) for field in self.asking)
        return {UUID(name.removeprefix("item-")): lines for name, lines in fields if lines}

    @property
    def asking(self) -> list[Field]:
        """Return the fields in which the questions are written."""
        return [field for field in self if field.name.startswith("item-")]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one question at least, none too long."""
        valid = super().validate(extra_validators)
        for field in self.asking:
            if any(len(line) > LONGEST_QUESTION for line in _lines(field.data)):
                field.errors = [_("Please keep each question to 500 characters.")]
                valid = False
        count = sum(map(len, self.questions.values()))
        if self.asking and not 0 < count <= MOST_QUESTIONS:
            self.asking[0].errors = [_("Please write from one to 20 questions.")]
            valid = False
        return bool(valid)


def consultation_form(
    items: Sequence[tuple[str, Item]],
    form: Consultation | None,
    asked: Mapping[UUID, Sequence[str]],
) -> ConsultationForm:
    """Return the form with a field for the questions of each item; no items, no questions."""
    fields = {
        f"item-{item.id}": ParagraphField(
            f"{number}. {item.title}", needed=False, length=5000, render_kw={"rows": 2}
        )
        for number, item in items
    }
    known: dict[str, Any] = {f"item-{one}": "\n".join(texts) for one, texts in asked.items()}
    if form is not None:
        known |= {name: getattr(form, name) for name in ("due_at", "counted_of", "silence")}
        known["follower"] = str(form.follower_id)
    made: ConsultationForm = type("ConsultationForm", (ConsultationForm,), fields)(data=known)
    return made


class OpinionForm(Form):
    """One of three answers to each question, and words where they are needed."""

    def pairs(self, questions: Sequence[Question]) -> list[tuple[Question, Field, Field]]:
        """Return each question with its two fields."""
        return [(one, self[f"stance-{one.id}"], self[f"text-{one.id}"]) for one in questions]

    def opinions(self, questions: Sequence[Question]) -> dict[Question, Opinion]:
        """Return what was answered."""
        return {
            question: Opinion(Stance(stance.data), text.data or "")
            for question, stance, text in self.pairs(questions)
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the words of another opinion."""
        valid = super().validate(extra_validators)
        for field in self:
            stance = self._fields.get(field.name.replace("text-", "stance-"))
            if field is not stance and stance and stance.data == Stance.OTHER and not field.data:
                field.errors = [_("Please write down your opinion.")]
                valid = False
        return bool(valid)


class PaperOpinionForm(OpinionForm):
    """What somebody answered on paper."""

    received_on = DayField(_("Received on"), needed=True)

    def validate_received_on(self, field: Field) -> None:
        """Refuse a day that has not come."""
        if field.data and field.data > clock.today():
            raise validators.ValidationError(_("This day has not come yet."))


def opinion_form(
    kind: type[OpinionForm],
    questions: Sequence[Question],
    reply: ConsultationReply | None,
    *,
    is_open: bool = True,
) -> Any:
    """Return a form with an answer to each question, as it was given before.

    Once it is not open it shows what is kept, whatever was sent.
    """
    words = [(stance.value, told[0]) for stance, told in STANCES.items()]
    chosen = validators.InputRequired(_("Please choose one of the three."))
    fields: dict[str, Any] = {}
    for one in questions:
        fields[f"stance-{one.id}"] = RadioField(one.text, [chosen])
        fields[f"text-{one.id}"] = ParagraphField(
            _("Words to it"), needed=False, length=4000, render_kw={"rows": 3}
        )
    known: dict[str, Any] = {}
    for given in reply.opinions if reply else ():
        known[f"stance-{given.question_id}"] = given.stance.value
        known[f"text-{given.question_id}"] = given.text
    if reply:
        known["received_on"] = reply.received_on
    sent: dict[str, Any] = {} if is_open else {"formdata": None}
    made = type(kind.__name__, (kind,), fields)(data=known, **sent)
    for one in questions:
        made[f"stance-{one.id}"].choices = words
    return made


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
