"""Signing in and out: every attempt is charged first, then checked, then written down."""

from datetime import timedelta
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user, login_user, logout_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import ServiceUnavailable

from meetings import audit, log
from meetings.accounts import services
from meetings.accounts.devices import services as devices
from meetings.accounts.entry import queries
from meetings.accounts.entry.forms import ActivateForm, ChangePasswordForm, CodeForm, SignInForm
from meetings.accounts.second_factor import services as second_factor
from meetings.accounts.throttle import services as throttle
from meetings.accounts.throttle.services import Door
from meetings.models import Decision, Device, SignIn, User
from meetings.policy import Permission
from meetings.web import errors
from meetings.web.addresses import next_page
from meetings.web.context import Visitor, address, installation, person_asking, session, write_apart
from meetings.web.devices import device_token, remember_device
from meetings.web.pages import Pages
from meetings.web.visitors import visitor_of

INVALID, TOO_MANY = 422, 429
MINUTE = timedelta(minutes=1)
WAITING = "waiting"
"""Where the cookie keeps the token of a sign-in that waits for its second factor."""


def sign_in() -> ResponseReturnValue:
    """Let a person in; a wrong name and a wrong password are answered alike."""
    form, target = SignInForm(), next_page()
    if current_user.is_authenticated:
        return redirect(target, 303)
    if request.method == "GET" and request.args.get("way") != "password" and device_here():
        return redirect(url_for("accounts.open_device", next=target), 303)
    if form.validate_on_submit():
        username, password = (form.username.data or "").strip(), form.password.data or ""
        tried, wait = charge(username)
        if wait:
            return slow_down("accounts/sign_in.html", wait, form=form, target=target)
        user = _known(username, password)
        answer = _enter(user, password, tried, target) if user else None
        if answer:
            return answer
        flash(_("The account name or the password is not right."), "error")
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/sign_in.html", form=form, target=target), status


def device_here() -> Device | None:
    """Return the enrolled tablet that asks."""
    return devices.device_here(session(), device_token())


def charge(username: str) -> tuple[Door, timedelta]:
    """Count an attempt at an account before it is checked; return its door and how long to wait."""
    tried = throttle.door(installation().keys, username, device_token())
    return tried, write_apart(lambda writing: throttle.charge(writing, tried))


def slow_down(template: str, wait: timedelta, **facts: object) -> ResponseReturnValue:
    """Answer an attempt that came too soon."""
    seconds = max(1, round(wait.total_seconds()))
    left = (
        ngettext("%(num)d second", "%(num)d seconds", seconds)
        if wait < MINUTE
        else ngettext("%(num)d minute", "%(num)d minutes", -(-seconds // 60))
    )
    flash(_("Too many attempts. Please try again in %(left)s.", left=left), "error")
    response = make_response(render_template(template, **facts), TOO_MANY)
    response.headers["Retry-After"] = str(seconds)
    return response


def _known(username: str, password: str) -> User | None:
    user = services.account_named(session(), username)
    keys = installation().keys
    stored = (user.password_hash if user else "") or services.decoy(keys, username)
    right = services.check_password(keys, stored, password)
    if user and right:
        return user
    note(user.id if user else None, Decision.REFUSED)
    return None


def note(user: UUID | None, decision: Decision, action: str = "account:sign-in") -> None:
    """Write an attempt into the ledger, in a transaction of its own."""
    deed = deed_of(user, decision, action)
    write_apart(lambda ledger: audit.record(ledger, deed))


def deed_of(
    user: UUID | None, decision: Decision = Decision.ALLOWED, action: str = "account:sign-in"
) -> audit.Deed:
    """Return an attempt as the ledger writes it down."""
    return audit.Deed(
        action=action,
        actor_id=user,
        decision=decision,
        address=address(),
        request_id=log.request_id.get(),
    )


def _enter(user: User, password: str, tried: Door, target: str) -> ResponseReturnValue | None:
    """Open a sign-in under a fresh token, unless the password changed while it was checked."""
    chosen, keys = installation().settings, installation().keys
    privileged = services.is_privileged(session(), user)
    renewed = ""
    if services.needs_rehash(user.password_hash, privileged=privileged):
        renewed = services.hash_password(keys, password, privileged=privileged)
    browser, deed, device = request.user_agent.string, deed_of(user.id), device_token(new=True)

    def change(writing: Session) -> tuple[str, Visitor | None] | None:
        account = services.account_named(writing, user.username)
        if account is None or account.password_hash != user.password_hash:
            return None
        account.password_hash = renewed or account.password_hash
        known = second_factor.factor_of(writing, account) is not None
        asked = known or (privileged and chosen.second_factor)
        if asked:
            second_factor.begin(writing, keys, account)
        else:
            throttle.open_to(writing, tried, device)
            audit.record(writing, deed)
        _, token = services.open_sign_in(
            writing,
            account,
            address=address(),
            browser=browser,
            limits=services.limits_of(chosen, privileged=privileged),
            confirmed=not asked,
        )
        return token, visitor_of(writing, token)

    entered = write_apart(change)
    if entered is None:
        return None
    token, visitor = entered
    if visitor:
        return welcome(visitor, redirect(target, 303), device)
    cookie.clear()
    cookie[WAITING] = token
    return redirect(url_for("accounts.give_code", next=target), 303)


def welcome(visitor: Visitor, answer: ResponseReturnValue, device: str) -> ResponseReturnValue:
    """Let a person in under a fresh cookie and have the device known."""
    cookie.clear()
    login_user(visitor)
    return remember_device(make_response(answer), device)


def give_code() -> ResponseReturnValue:
    """Ask for the second factor; who has none yet shares one with an app first."""
    token, target = cookie.get(WAITING, ""), next_page()
    row = services.waiting_sign_in(session(), token)
    if row is None:
        return redirect(url_for("accounts.sign_in", next=target), 303)
    form, user = CodeForm(), row.user
    is_new = second_factor.factor_of(session(), user) is None
    secret = second_factor.secret_of(session(), installation().keys, user) if is_new else None
    facts = {"form": form, "target": target, "sheet": queries.sheet(user, secret)}
    if form.validate_on_submit():
        tried, wait = charge(user.username)
        if wait:
            return slow_down("accounts/code.html", wait, **facts)
        answer = _take_code(row, str(form.code.data), tried, target)
        if answer:
            return answer
        note(user.id, Decision.REFUSED, "account:second-factor")
        flash(_("This code is not right. Please type the newest one."), "error")
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/code.html", **facts), status


def _take_code(waiting: SignIn, code: str, tried: Door, target: str) -> ResponseReturnValue | None:
    keys, device, deed = installation().keys, device_token(new=True), deed_of(waiting.user_id)

    def change(writing: Session) -> tuple[Visitor | None, list[str]] | None:
        row = services.waiting_sign_in(writing, cookie[WAITING])
        codes = None if row is None else second_factor.take(writing, keys, row.user, code)
        if row is None or codes is None:
            return None
        throttle.open_to(writing, tried, device)
        audit.record(writing, deed)
        return visitor_of(writing, services.confirm_sign_in(writing, row)), codes

    visitor, codes = write_apart(change) or (None, [])
    if visitor is None:
        return None
    answer = redirect(target, 303)
    if not codes:
        return welcome(visitor, answer, device)
    cookie.clear()
    login_user(visitor)
    page = render_template("accounts/recovery_codes.html", codes=codes, target=target)
    return remember_device(make_response(page), device)


def sign_out() -> ResponseReturnValue:
    """End this sign-in; its cookie opens nothing any more."""
    row = session().get_one(SignIn, person_asking().sign_in_id)
    services.end_sign_in(session(), row)
    logout_user()
    cookie.clear()
    answer = redirect(url_for("accounts.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def activate() -> ResponseReturnValue:
    """Turn a one-time secret into a password."""
    form = ActivateForm()
    if form.validate_on_submit():
        password, name, secret = (str(f.data) for f in (form.password, form.username, form.secret))
        tried, wait = charge(name)
        if wait:
            return slow_down("accounts/activate.html", wait, form=form)
        if _redeem(name.strip(), secret.strip(), password, tried):
            flash(_("The password is set. Please sign in with it."), "success")
            answer = make_response(redirect(url_for("accounts.sign_in"), 303))
            return remember_device(answer, device_token(new=True))
        flash(_("This secret is not valid. Please ask the administrator for a new one."), "error")
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/activate.html", form=form), status


def _redeem(name: str, secret: str, password: str, tried: Door) -> bool:
    hashed = services.hash_password(installation().keys, password, privileged=True)
    device = device_token(new=True)

    def change(writing: Session) -> bool:
        user = services.redeem_secret(writing, name, secret, hashed)
        decision = Decision.ALLOWED if user else Decision.REFUSED
        audit.record(writing, deed_of(user.id if user else None, decision, "account:activate"))
        if user:
            throttle.open_to(writing, tried, device)
        return user is not None

    return write_apart(change)


def change_password() -> ResponseReturnValue:
    """Exchange one's own password; every other sign-in ends, this one goes on."""
    user = session().get_one(User, person_asking().id)
    form = ChangePasswordForm(username=user.username)
    if form.validate_on_submit():
        tried, wait = charge(user.username)
        if wait:
            return slow_down("accounts/password.html", wait, form=form)
        if _exchange(user, str(form.current.data), str(form.password.data), tried):
            flash(_("The password is changed. Every other sign-in is ended."), "success")
            answer = make_response(redirect(url_for("accounts.sign_ins"), 303))
            return remember_device(answer, device_token(new=True))
        note(user.id, Decision.REFUSED, "account:password")
        flash(_("The password of today is not right."), "error")
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/password.html", form=form), status


def _exchange(user: User, current: str, new: str, tried: Door) -> bool:
    """Set a new password if the old one is right and nobody changed it meanwhile."""
    keys, who = installation().keys, person_asking()
    if not services.check_password(keys, user.password_hash, current):
        return False
    privileged = services.is_privileged(session(), user)
    renewed = services.hash_password(keys, new, privileged=privileged)
    device, deed = device_token(new=True), deed_of(user.id, action="account:password")

    def change(writing: Session) -> bool:
        account = services.account_named(writing, user.username)
        if account is None or account.password_hash != user.password_hash:
            return False
        account.password_hash = renewed
        services.end_all_sign_ins(writing, account, but=who.sign_in_id)
        throttle.open_to(writing, tried, device)
        audit.record(writing, deed)
        return True

    return write_apart(change)


def _crowded(_error: Exception) -> ResponseReturnValue:
    return errors.show(ServiceUnavailable(retry_after=5))


def register(pages: Pages) -> None:
    """Add the routes of the way in and out."""
    pages.form("/sign-in", needs=None, writes=False)(sign_in)
    pages.form("/sign-in/code", needs=None, writes=False)(give_code)
    pages.form("/activate", needs=None, writes=False)(activate)
    pages.form("/account/password", needs=Permission.ACCOUNT_USE, writes=False)(change_password)
    pages.post("/sign-out", needs=Permission.ACCOUNT_USE)(sign_out)
    pages.blueprint.register_error_handler(services.Crowded, _crowded)
