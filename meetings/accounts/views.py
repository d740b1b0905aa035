"""Signing in and out, and the administrator's list of accounts."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from sqlalchemy.orm import Session

from meetings import audit, log
from meetings.accounts import queries, services
from meetings.accounts.forms import CLEARANCES, ROLES, ActivateForm, RoleForm, SignInForm, UserForm
from meetings.models import AccessLevel, Body, Decision, Role, SignIn, User
from meetings.policy import Permission, readable_bodies
from meetings.web.addresses import own_page
from meetings.web.context import Visitor, address, installation, person_asking, session
from meetings.web.pages import Pages
from meetings.web.visitors import visitor_of

pages = Pages("accounts", __name__)


@pages.form("/sign-in", needs=None, writes=False)
def sign_in() -> ResponseReturnValue:
    """Let a person in; a wrong name and a wrong password are answered alike."""
    form = SignInForm()
    target = own_page(request.values.get("next"))
    if current_user.is_authenticated:
        return redirect(target, 303)
    if form.validate_on_submit():
        password = form.password.data or ""
        user = _known((form.username.data or "").strip(), password)
        if user and _enter(user, password):
            return redirect(target, 303)
        flash(_("The account name or the password is not right."), "error")
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/sign_in.html", form=form, target=target), status


def _known(username: str, password: str) -> User | None:
    user = services.account_named(session(), username)
    keys = installation().keys
    stored = (user.password_hash if user else "") or services.decoy(keys, username)
    right = services.check_password(keys, stored, password)
    if user and right:
        return user
    deed = audit.Deed(
        action="account:sign-in",
        actor_id=user.id if user else None,
        decision=Decision.REFUSED,
        address=address(),
        request_id=log.request_id.get(),
    )
    installation().database.write(lambda ledger: audit.record(ledger, deed))
    return None


def _enter(user: User, password: str) -> bool:
    """Open a sign-in under a fresh token, unless the password changed while it was checked."""
    privileged = services.is_privileged(session(), user)
    renewed = ""
    if services.needs_rehash(user.password_hash, privileged=privileged):
        renewed = services.hash_password(installation().keys, password, privileged=privileged)
    browser = request.user_agent.string
    deed = audit.Deed(
        action="account:sign-in",
        actor_id=user.id,
        address=address(),
        request_id=log.request_id.get(),
    )

    def change(writing: Session) -> Visitor | None:
        account = services.account_named(writing, user.username)
        if account is None or account.password_hash != user.password_hash:
            return None
        account.password_hash = renewed or account.password_hash
        audit.record(writing, deed)
        _, token = services.open_sign_in(writing, account, address=address(), browser=browser)
        return visitor_of(writing, token)

    visitor = installation().database.write(change)
    if visitor is None:
        return False
    cookie.clear()
    login_user(visitor)
    return True


@pages.post("/sign-out", needs=Permission.ACCOUNT_USE)
def sign_out() -> ResponseReturnValue:
    """End this sign-in; its cookie opens nothing any more."""
    services.end_sign_in(session().get_one(SignIn, person_asking().sign_in_id))
    logout_user()
    cookie.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@pages.form("/activate", needs=None, writes=False)
def activate() -> ResponseReturnValue:
    """Turn a one-time secret into a password."""
    form = ActivateForm()
    if form.validate_on_submit():
        password, name, secret = (str(f.data) for f in (form.password, form.username, form.secret))
        hashed = services.hash_password(installation().keys, password, privileged=True)
        user = installation().database.write(
            lambda writing: services.redeem_secret(writing, name.strip(), secret.strip(), hashed)
        )
        if user:
            flash(_("The password is set. Please sign in with it."), "success")
            return redirect(url_for("accounts.sign_in"), 303)
        flash(_("This secret is not valid. Please ask the administrator for a new one."), "error")
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/activate.html", form=form), status


@pages.get("/account/sign-ins", needs=Permission.ACCOUNT_USE)
def sign_ins() -> str:
    """Show where a person is signed in."""
    listed = queries.open_sign_ins(session(), by=person_asking())
    return render_template("accounts/sign_ins.html", listed=listed)


@pages.post("/sign-ins/<uuid:sign_in>/end", needs=Permission.SIGN_IN_END)
def end_sign_in(sign_in: SignIn) -> ResponseReturnValue:
    """End one of one's own sign-ins."""
    services.end_sign_in(sign_in)
    flash(_("That sign-in is ended."), "success")
    return redirect(url_for("accounts.sign_ins"), 303)


@pages.get("/users", needs=Permission.USERS_READ)
def users() -> str:
    """List the accounts."""
    words = request.args.get("q", "")
    listed = queries.users(session(), by=person_asking(), words=words)
    return render_template(
        "accounts/users.html", listed=listed, words=words, roles=ROLES, clearances=CLEARANCES
    )


@pages.form("/users/<uuid:user>", needs=Permission.USER_MANAGE)
def user(user: User) -> ResponseReturnValue:
    """Change an account: its clearance, its roles, whether it may sign in."""
    bodies = list(session().scalars(readable_bodies(person_asking()).order_by(Body.name)))
    form = UserForm(data={"clearance": str(int(user.clearance)), "active": user.active})
    role_form = RoleForm(bodies=bodies)
    if request.method == "POST" and _change(user, form, role_form, bodies):
        return redirect(url_for("accounts.user", user=user.id), 303)
    status = 422 if request.method == "POST" else 200
    held = queries.roles_of(session(), user)
    return (
        render_template(
            "accounts/user.html",
            user=user, form=form, role_form=role_form, held=held, roles=ROLES,
        ),
        status,
    )  # fmt: skip


def _change(user: User, form: UserForm, role_form: RoleForm, bodies: list[Body]) -> bool:
    """Do what the pressed button says; tell whether it could be done."""
    deed = request.form.get("deed")
    if deed == "grant" and role_form.validate():
        body = next(body for body in bodies if str(body.id) == role_form.body.data)
        services.grant(session(), user, Role(role_form.role.data), body)
    elif deed == "withdraw":
        return _withdraw(user, request.form.get("assignment", ""))
    elif deed == "save" and form.validate():
        level = AccessLevel(int(form.clearance.data))
        services.change_user(session(), user, clearance=level, active=form.active.data)
    else:
        return False
    flash(_("Saved."), "success")
    return True


def _withdraw(user: User, given: str) -> bool:
    try:
        assignment = queries.assignment(session(), UUID(given))
    except ValueError:
        return False
    if assignment is None or assignment.user_id != user.id:
        return False
    services.withdraw(session(), user, assignment)
    flash(_("Saved."), "success")
    return True
