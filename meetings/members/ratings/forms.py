"""Ratings of the members of a body for one time, typed in one table."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from meetings.members.life.rating import FRAMES, Cap, CapBase, fits
from meetings.members.ratings.queries import Rated, counts
from meetings.members.ratings.services import Given
from meetings.members.records.forms import POINTS, WORD_NAMES
from meetings.web.forms import Form, TextField

LONGEST = 60
NUMBER = re.compile(POINTS)
CHOICES: Mapping[str, Any] = {"": _("Not rated yet"), **{name: WORD_NAMES[name] for name in FRAMES}}
BASES: Mapping[CapBase, Any] = {
    CapBase.GOOD: _("those rated “well” or better"),
    CapBase.RATED: _("all who are rated"),
}


class PeriodForm(Form):
    """For which time members are rated."""

    period = TextField(
        _("Quarter, year, term or occasion"),
        length=LONGEST,
        description=_("For example 2026, quý IV/2026, nhiệm kỳ 2025-2030."),
    )

    class Meta:
        """Asking changes nothing."""

        csrf = False


class RatingsForm(Form):
    """The table itself; its cells are read by the members of the body."""


@dataclass(frozen=True)
class Typed:
    """A row as it was typed, and what is wrong with it."""

    rated: Rated
    rating: str
    points: str
    error: str = ""

    @property
    def given(self) -> Given:
        """Return the rating that the row gives."""
        return Given(self.rated.member, self.rating, int(self.points) if self.points else None)


def periods(today: date) -> list[str]:
    """Return the times for which members are rated most: the year and its quarters so far."""
    names = ("I", "II", "III", "IV")
    quarters = [f"quý {name}/{today.year}" for name in names[: (today.month + 2) // 3]]
    return [str(today.year), *reversed(quarters)]


def read(
    rated: Sequence[Rated], sent: Mapping[str, str], sealed: Collection[UUID] = ()
) -> list[Typed]:
    """Return the rows as they were typed; who is rated already, or is sealed, stays as they are."""
    return [_typed(one, sent, is_sealed=one.member.id in sealed) for one in rated]


def _typed(one: Rated, sent: Mapping[str, str], *, is_sealed: bool) -> Typed:
    if one.rating:
        return Typed(one, one.rating, one.points)
    rating = sent.get(f"rating-{one.member.id}", "").strip()
    points = sent.get(f"points-{one.member.id}", "").strip()
    if is_sealed and (rating or points):
        said = gettext("The dossier is on its way to another body. Nothing is recorded meanwhile.")
        return Typed(one, rating, points, str(said))
    return Typed(one, rating, points, _error(rating, points))


def _error(rating: str, points: str) -> str:
    """Return what is wrong with a rating and its points."""
    if rating and rating not in FRAMES:
        return str(gettext("This is no longer on the list. Please choose again."))
    if points and not NUMBER.fullmatch(points):
        return str(gettext("Please give a number from 0 to 100."))
    if points and not rating:
        return str(gettext("Please choose the rating of these points."))
    if points and not fits(rating, int(points)):
        lowest, highest = FRAMES[rating]
        said = gettext(
            "This rating has %(lowest)d to %(highest)d points.", lowest=lowest, highest=highest
        )
        return str(said)
    return ""


def over(rows: Sequence[Typed], cap: Cap) -> str:
    """Return what is said where more are excellent than may be, nothing where it holds."""
    told = counts([Rated(one.rated.member, one.rating, one.points) for one in rows])
    if cap.holds(told):
        return ""
    said = gettext(
        "%(count)d are rated excellent, and at most %(most)d may be: %(share)d %% of %(base)s.",
        count=told["excellent"],
        most=cap.most(told),
        share=cap.share,
        base=str(BASES[cap.base]),
    )
    return str(said)
