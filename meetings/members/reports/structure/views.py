"""Forms 2, 3 and 4 of a body as of a day: on a page, and as the files that go to its superior."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from meetings import clock, vault
from meetings.members.life.schooling import school_of, training_of
from meetings.members.reports.sheets.services import Part, Report, Row
from meetings.members.reports.sheets.views import SHOWN, report_file
from meetings.members.reports.structure import forms, queries
from meetings.members.reports.structure.forms import DayForm
from meetings.members.reports.structure.queries import Profile
from meetings.members.reports.structure.services import (
    NONE,
    UNKNOWN,
    Figures,
    Spoken,
    band_of,
    mean_age,
    side_of,
    tally,
)
from meetings.models import Body
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session, tell
from meetings.web.pages import Pages

FIRST_FORM = 2
ENDS: Mapping[str, int] = {NONE: 1, UNKNOWN: 2}
"""What stands below the names in a table that has the commonest first."""


def structure(body: Body) -> str:
    """Show a form as of a day."""
    number, (form, day) = _asked_form(), _asked_day()
    report, mean = report_of(body, number, day)
    return render_template(
        "members/reports/structure.html",
        body=body,
        form=form,
        day=day,
        number=number,
        forms=forms.FORMS,
        days=forms.days(clock.today()),
        report=report,
        mean=mean,
        **SHOWN,
    )


def taken(body: Body) -> Response:
    """Give out a form as a file."""
    number, (form, day) = _asked_form(), _asked_day()
    if form.errors:
        abort(404)
    report, _mean = report_of(body, number, day)
    return report_file(report, body, f"bieu-{number}-dang-vien-{day:%d-%m-%Y}")


def report_of(body: Body, number: int, day: date) -> tuple[Report, float | None]:
    """Return a form as a report, with the mean age; the ledger tells that it was made."""
    tell(form=str(number), day=day.isoformat())
    profiles = queries.profiles_on(session(), body, day, by=person_asking())
    parts = PARTS[number](body, profiles, day)
    on = f"{day:%d/%m/%Y}"
    about = {
        2: _("education of members on %(day)s", day=on),
        3: _("quality and structure of members on %(day)s", day=on),
        4: _("ethnicity and religion of members on %(day)s", day=on),
    }
    report = Report(str(forms.NAMES[number]), about[number], parts)
    return report, mean_age(profiles, day)


def _education(_body: Body, profiles: Sequence[Profile], _day: date) -> list[Part]:
    return [
        _part(_("General education"), profiles, _schooling, forms.SCHOOLS),
        _part(_("Professional training"), profiles, _training, forms.TRAININGS),
        _part(_("Political theory"), profiles, _theory, forms.THEORIES),
    ]


def _quality(body: Body, profiles: Sequence[Profile], day: date) -> list[Part]:
    told = _sensitive(body, profiles, day)

    def band(one: Profile) -> str:
        return band_of(one.facts.get("birth_date", ""), day)

    def side(one: Profile) -> str:
        return side_of(told.get(one.member, {}).get("ethnicity", ""))

    return [
        _part(_("Standing"), profiles, lambda one: one.standing.value, forms.STANDING_WORDS),
        _part(_("Sex"), profiles, lambda one: one.facts.get("sex", UNKNOWN), forms.SEXES),
        _part(_("Age"), profiles, band, forms.AGES),
        _part(_("Ethnicity"), profiles, side, forms.PEOPLES),
        *_education(body, profiles, day),
    ]


def _peoples(body: Body, profiles: Sequence[Profile], day: date) -> list[Part]:
    told = _sensitive(body, profiles, day)
    titles = {"ethnicity": _("Ethnicity"), "religion": _("Religion")}
    return [_named(title, tally(profiles, Spoken(told, name).of)) for name, title in titles.items()]


PARTS: Mapping[int, Callable[[Body, Sequence[Profile], date], list[Part]]] = {
    2: _education,
    3: _quality,
    4: _peoples,
}


def _schooling(one: Profile) -> str:
    return school_of(one.facts.get("general_education", ""))


def _training(one: Profile) -> str:
    return training_of(one.facts.get("profession", ""))


def _theory(one: Profile) -> str:
    return one.facts.get("theory", UNKNOWN)


def _part(
    title: str,
    profiles: Sequence[Profile],
    sort: Callable[[Profile], str],
    words: Mapping[str, Any],
) -> Part:
    found = tally(profiles, sort)
    rows = [Row(str(word), found.get(name, (0, 0, 0))) for name, word in words.items()]
    return Part(title, _columns(title), [*rows, _total(found)])


def _named(title: str, found: Mapping[str, Figures]) -> Part:
    """Return a table of what has names of its own, the commonest first."""
    ordered = sorted(found.items(), key=lambda pair: (ENDS.get(pair[0], 0), -pair[1][0], pair[0]))
    words = {NONE: _("None"), UNKNOWN: _("Not known")}
    rows = [Row(words.get(name, name), figures) for name, figures in ordered]
    return Part(title, _columns(title), [*rows, _total(found)])


def _columns(title: str) -> tuple[str, ...]:
    return (title, _("Members"), _("Women"), _("Probationary"))


def _total(found: Mapping[str, Figures]) -> Row:
    sums = [sum(figures[column] for figures in found.values()) for column in range(3)]
    return Row(_("Together"), sums, total=True)


def _sensitive(body: Body, profiles: Sequence[Profile], day: date) -> Mapping[Any, Any]:
    key = vault.members_key(session(), installation().keys)
    who = [one.member for one in profiles]
    return queries.sensitive_on(session(), key, body, day, who, by=person_asking())


def _asked_form() -> int:
    number = request.args.get("form", FIRST_FORM, type=int)
    return number if number in PARTS else FIRST_FORM


def _asked_day() -> tuple[DayForm, date]:
    """Return the day that is asked for, today where none is or it cannot be."""
    today = clock.today()
    if "on" not in request.args:
        return DayForm(None, data={"on": today}), today
    form = DayForm(request.args)
    return form, form.on.data if form.validate() and form.on.data else today


def register(pages: Pages) -> None:
    """Add the routes of forms 2, 3 and 4."""
    at, needs = "/bodies/<uuid:body>/members/structure", Permission.MEMBER_REPORT
    pages.get(at, needs=needs)(structure)
    pages.get(f"{at}/file", needs=needs, endpoint="structure_taken")(taken)
