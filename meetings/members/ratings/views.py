"""The ratings of a body's members for a quarter, a year, a term or an occasion."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import clock, vault
from meetings.members.life.rating import FRAMES, Cap, CapBase
from meetings.members.ratings import forms, queries, services
from meetings.members.ratings.forms import LONGEST, PeriodForm, RatingsForm
from meetings.members.records import queries as records
from meetings.models import Body
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def ratings(body: Body) -> ResponseReturnValue:
    """Show how members are rated for a time, and take their ratings, all or none."""
    period, form = _asked_period(), RatingsForm()
    rated = queries.ratings_of(session(), body, period, by=person_asking())
    members = [one.member.id for one in rated]
    sealed = records.sealed_among(session(), members, by=person_asking())
    rows = forms.read(rated, request.form, sealed)
    cap = _cap()
    over = forms.over(rows, cap)
    new = [row for row in rows if row.rating and not row.rated.rating]
    if form.validate_on_submit() and new and not over and not any(row.error for row in rows):
        given = [row.given for row in new]
        count = services.rate(
            session(), _key(), given, period=period, on=clock.today(), by=person_asking()
        )
        flash(_("%(count)s ratings are recorded.", count=count), "success")
        return redirect(url_for("members.ratings", body=body.id, period=period), 303)
    counted = queries.counts(rated)
    page = render_template(
        "members/ratings.html",
        body=body,
        form=form,
        asking=PeriodForm(None, data={"period": period}),
        period=period,
        periods=forms.periods(clock.today()),
        rows=rows,
        counts=counted,
        cap=cap,
        most=cap.most(counted),
        base=forms.BASES[cap.base],
        over=over,
        idle=form.is_submitted() and not new,
        choices=forms.CHOICES,
        frames=FRAMES,
    )
    return page, INVALID if form.is_submitted() else 200


def _asked_period() -> str:
    typed = " ".join(request.args.get("period", "").split())
    return typed[:LONGEST] or forms.periods(clock.today())[0]


def _cap() -> Cap:
    settings = installation().settings
    return Cap(settings.members_excellent_share, CapBase(settings.members_excellent_base))


def _key() -> bytes:
    return vault.members_key(session(), installation().keys)


def register(pages: Pages) -> None:
    """Add the route of the ratings."""
    at = "/bodies/<uuid:body>/members/ratings"
    pages.form(at, needs=Permission.MEMBER_RATE)(ratings)
