"""Asking again who one is: every factor that the account has, charged like every way in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from meetings import audit
from meetings.accounts import services as accounts
from meetings.accounts.again import services
from meetings.accounts.again.forms import AgainForm
from meetings.accounts.entry.views import INVALID, charge, deed_of, note, slow_down
from meetings.accounts.second_factor import services as second_factor
from meetings.accounts.throttle import services as throttle
from meetings.accounts.throttle.services import Door
from meetings.models import Decision, User
from meetings.policy import Permission
from meetings.web.addresses import next_page
from meetings.web.context import installation, person_asking, session, write_apart
from meetings.web.devices import device_token
from meetings.web.pages import Pages

AGAIN = "account:again"


def demand_proof(back: str) -> None:
    """Send a person who did not prove lately who they are to the page that asks."""
    if not services.is_proven(session(), person_asking().sign_in_id):
        flash(_("Please confirm who you are, then press the button again."), "info")
        abort(redirect(url_for("accounts.again", next=back), 303))


def again() -> ResponseReturnValue:
    """Ask for the password and the code again; a tablet is locked and opened with its PIN."""
    form, target, who = AgainForm(), next_page(), person_asking()
    user = session().get_one(User, who.id)
    has_factor = second_factor.factor_of(session(), user) is not None
    facts = {"form": form, "target": target, "has_factor": has_factor, "tablet": who.device_id}
    if form.validate_on_submit():
        tried, wait = charge(user.username)
        if wait:
            return slow_down("accounts/again.html", wait, **facts)
        if _prove(user, form, tried, has_factor=has_factor):
            return redirect(target, 303)
        note(user.id, Decision.REFUSED, AGAIN)
        flash(_("The password or the code is not right."), "error")
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/again.html", **facts), status


def _prove(user: User, form: AgainForm, tried: Door, *, has_factor: bool) -> bool:
    keys, who, device = installation().keys, person_asking(), device_token()
    if not accounts.check_password(keys, user.password_hash, form.password.data or ""):
        return False
    deed, code = deed_of(user.id, action=AGAIN), form.code.data or ""

    def change(writing: Session) -> bool:
        account = writing.get_one(User, user.id)
        if has_factor and second_factor.take(writing, keys, account, code) is None:
            return False
        services.prove(writing, who.sign_in_id)
        throttle.open_to(writing, tried, device)
        audit.record(writing, deed)
        return True

    return write_apart(change)


def register(pages: Pages) -> None:
    """Add the page that asks."""
    pages.form("/account/again", needs=Permission.ACCOUNT_USE, writes=False)(again)
