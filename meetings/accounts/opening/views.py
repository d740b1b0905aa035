"""The pages on which an administrator opens an account and hands out a one-time secret."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import clock
from meetings.accounts import queries, services
from meetings.accounts.again.views import demand_proof
from meetings.accounts.opening.forms import AccountForm
from meetings.accounts.opening.services import is_taken, suggested
from meetings.models import AccessLevel, Person, User
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def open_account(person: Person) -> ResponseReturnValue:
    """Open an account for a person; its secret is shown once."""
    if known := queries.account_of(session(), person, by=person_asking()):
        return redirect(url_for("accounts.user", user=known.id), 303)
    name = suggested(session(), person.full_name)
    form = AccountForm(data={"username": name, "clearance": str(int(AccessLevel.INTERNAL))})
    if request.method == "POST":
        demand_proof(url_for("accounts.open_account", person=person.id))
    if form.validate_on_submit() and _is_free(form):
        user = services.add_user(
            session(),
            installation().keys,
            username=str(form.username.data),
            person=person,
            clearance=form.level(),
        )
        return _slip(user)
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/open_account.html", form=form, person=person), status


def _is_free(form: AccountForm) -> bool:
    if not is_taken(session(), str(form.username.data)):
        return True
    form.username.errors = [_("This account name is taken. Please choose another one.")]
    return False


def new_secret(user: User) -> ResponseReturnValue:
    """Hand out a secret with which a person who forgot the password sets another."""
    demand_proof(url_for("accounts.user", user=user.id))
    return _slip(user)


def _slip(user: User) -> str:
    secret = services.issue_secret(session(), user)
    lasts: timedelta = services.SECRET_LASTS
    return render_template(
        "accounts/slip.html", user=user, secret=secret, until=clock.now() + lasts
    )


def register(pages: Pages) -> None:
    """Add the routes of opening accounts."""
    pages.form("/people/<uuid:person>/account", needs=Permission.PERSON_ACCOUNT)(open_account)
    pages.post("/users/<uuid:user>/secret", needs=Permission.USER_MANAGE)(new_secret)
