"""A person's own pages of the tokens that they gave to programs."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import clock
from meetings.accounts.again.views import demand_proof
from meetings.accounts.tokens import queries, services
from meetings.accounts.tokens.forms import SCOPES, TokenForm
from meetings.models import AccessToken, Scope
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

AT_ONCE = 10


def tokens() -> str:
    """Show which programs may ask in one's name."""
    return _listed(secret="")


def make() -> ResponseReturnValue:
    """Make a token for a program and show it, this once."""
    demand_proof(url_for("accounts.make_token"))
    form = TokenForm()
    full = len(queries.open_tokens(session(), by=person_asking())) >= AT_ONCE
    if not full and form.validate_on_submit():
        _token, secret = services.make_token(
            session(),
            name=form.name.data or "",
            scopes=map(Scope, form.scopes.data or ()),
            last_day=form.last_day.data or clock.today(),
            by=person_asking(),
        )
        return _listed(secret=secret)
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/make_token.html", form=form, full=full), status


def end(access_token: AccessToken) -> ResponseReturnValue:
    """End one of one's own tokens; whoever fears for it is not held up."""
    services.end_token(access_token)
    flash(_("That program asks for nothing any more."), "success")
    return redirect(url_for("accounts.tokens"), 303)


def _listed(*, secret: str) -> str:
    listed = queries.open_tokens(session(), by=person_asking())
    return render_template("accounts/tokens.html", listed=listed, secret=secret, scopes=SCOPES)


def register(pages: Pages) -> None:
    """Add the routes of tokens."""
    at = "/account/tokens"
    pages.get(at, needs=Permission.ACCOUNT_USE)(tokens)
    pages.form(f"{at}/new", needs=Permission.PROGRAM_ADMIT, endpoint="make_token")(make)
    ending = pages.post(
        f"{at}/<uuid:access_token>/end", needs=Permission.PROGRAM_END, endpoint="end_token"
    )
    ending(end)
