"""A tablet's own pages: it is enrolled, opened with the PIN, locked, handed over."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user, logout_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from meetings import audit
from meetings.accounts import services as accounts
from meetings.accounts.again.views import demand_proof
from meetings.accounts.devices import queries, services
from meetings.accounts.devices.forms import EnrolForm, NewPinForm, PinForm
from meetings.accounts.devices.services import NotAKey
from meetings.accounts.entry.views import charge, deed_of, device_here, note, slow_down, welcome
from meetings.accounts.throttle import services as throttle
from meetings.models import Decision, Device, SignIn, User
from meetings.policy import Permission
from meetings.web.addresses import next_page, own_page
from meetings.web.browsers import device_name
from meetings.web.context import Visitor, address, installation, person_asking, session, write_apart
from meetings.web.devices import device_token
from meetings.web.pages import Pages
from meetings.web.visitors import visitor_of

INVALID = 422
ENROL, OPEN = "device:enrol", "device:open"
EVERYTHING = '"cache", "storage"'


def enrol() -> ResponseReturnValue:
    """Make a tablet a person's own with the office's code; the person is then signed in on it."""
    form = EnrolForm()
    keys = installation().keys
    if form.validate_on_submit():
        code = services.plain_code(str(form.code.data))
        tried, wait = charge(f"enrol {code[: services.GROUP]}")
        if wait:
            return slow_down("accounts/enrol.html", wait, form=form)
        if not _is_proven(form, form.key()):
            flash(_("This browser cannot be enrolled: it needs https and scripts."), "error")
        elif entered := _enrol(form, code, tried):
            first = redirect(url_for("agenda.today"), 303)
            answer = welcome(entered, first, device_token(new=True))
            flash(_("This tablet is yours now. From now on the PIN opens it."), "success")
            return answer
        else:
            note(None, Decision.REFUSED, ENROL)
            flash(_("This code is not valid. Please ask the office for a new one."), "error")
    form.challenge.data = services.challenge(keys)
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/enrol.html", form=form), status


def _is_proven(form: EnrolForm | PinForm | NewPinForm, key: bytes) -> bool:
    given = form.challenge.data or ""
    known = services.moment_of(installation().keys, given) is not None
    return known and services.signs(key, given, form.signed())


def _enrol(form: EnrolForm, code: str, tried: throttle.Door) -> Visitor | None:
    keys, token = installation().keys, device_token(new=True)
    name = device_name(request.user_agent.string)

    def change(writing: Session) -> Visitor | None:
        device = services.enrol(
            writing, keys, code, token=token, name=name, key=form.key(), pin=str(form.pin.data)
        )
        if device is None:
            return None
        throttle.open_to(writing, tried, token)
        audit.record(writing, deed_of(device.user_id, action=ENROL))
        return _open(writing, device)

    try:
        return write_apart(change)
    except NotAKey:
        return None


def _open(writing: Session, device: Device) -> Visitor | None:
    _, token = accounts.open_sign_in(
        writing,
        device.user,
        address=address(),
        browser=request.user_agent.string,
        limits=accounts.limits_of(installation().settings, privileged=False),
        device=device,
    )
    return visitor_of(writing, token)


def open_device() -> ResponseReturnValue:
    """Open an enrolled tablet with its PIN and go on where it was locked."""
    target = next_page()
    if current_user.is_authenticated:
        return redirect(target, 303)
    device = device_here()
    if device is None:
        return redirect(url_for("accounts.sign_in", next=target, way="password"), 303)
    form = NewPinForm() if services.may_choose_pin(device) else PinForm()
    if form.validate_on_submit():
        entered = _take_pin(device, form)
        if entered:
            return welcome(entered, redirect(target, 303), device_token())
        _say_what_is_left(device)
    form.challenge.data = services.challenge(installation().keys)
    locked = not (services.tries_left(device) or services.may_choose_pin(device))
    facts = {"form": form, "device": device, "target": target, "locked": locked}
    status = INVALID if request.method == "POST" else 200
    return render_template("accounts/pin.html", **facts), status


def _take_pin(device: Device, form: PinForm | NewPinForm) -> Visitor | None:
    """Charge the attempt, compare, and open a sign-in; the comparison holds no transaction."""
    keys, pin = installation().keys, str(form.pin.data)
    left = write_apart(lambda w: services.charge(w, w.get_one(Device, device.id)))
    at = services.moment_of(keys, form.challenge.data or "")
    proven = left and _is_proven(form, device.public_key)
    chosen = isinstance(form, NewPinForm)
    fits = proven and (chosen or services.is_pin(keys, device, pin))
    fresh = services.hash_pin(keys, device, pin) if chosen and fits else device.pin_hash

    def change(writing: Session) -> Visitor | None:
        current = writing.get_one(Device, device.id)
        same = current.pin_hash == device.pin_hash and current.ended_at is None
        if not same or (chosen and not services.may_choose_pin(current)):
            return None
        if at is None or not services.take_challenge(current, at):
            return None
        services.let_in(writing, current, fresh)
        audit.record(writing, deed_of(current.user_id, action=OPEN))
        return _open(writing, current)

    entered = write_apart(change) if fits else None
    if entered is None:
        note(device.user_id, Decision.REFUSED, OPEN)
    return entered


def _say_what_is_left(device: Device) -> None:
    session().rollback()  # the attempt was charged in a transaction of its own
    session().refresh(device)
    left = services.tries_left(device)
    if left:
        words = ngettext("%(num)d try is left.", "%(num)d tries are left.", left)
        flash(_("This PIN is not right. %(left)s", left=words), "error")


def lock() -> ResponseReturnValue:
    """Lock an enrolled tablet: its PIN leads back to the same page."""
    target = own_page(request.form.get("next"))
    _leave()
    answer = redirect(url_for("accounts.open_device", next=target), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def hand_over() -> ResponseReturnValue:
    """Let a tablet go to somebody else: nothing of this person stays on it, its key neither."""
    device = device_here()
    if device is not None and device.user_id == person_asking().id:
        services.end(session(), device)
    _leave()
    return _wiped(redirect(url_for("accounts.sign_in"), 303))


def _leave() -> None:
    accounts.end_sign_in(session(), session().get_one(SignIn, person_asking().sign_in_id))
    logout_user()
    cookie.clear()


def _wiped(answer: Response) -> Response:
    answer.headers["Clear-Site-Data"] = EVERYTHING
    return answer


def devices(user: User) -> str:
    """Show the tablets of a person to the office."""
    return _desk(user)


def issue_code(user: User) -> str:
    """Show a code with which a tablet becomes this person's."""
    demand_proof(url_for("accounts.devices", user=user.id))
    code = services.issue_code(session(), user)
    enrolment = url_for("accounts.enrol", _external=True)
    return _desk(user, sheet=queries.sheet(enrolment, code))


def _desk(user: User, **facts: object) -> str:
    listed = queries.devices_of(session(), user, by=person_asking())
    return render_template(
        "accounts/devices.html", user=user, listed=listed, tries_left=services.tries_left, **facts
    )


def new_pin(device: Device) -> ResponseReturnValue:
    """Let the tablet at the seat choose a new PIN."""
    services.open_pin(device)
    flash(_("The tablet asks for a new PIN now, for ten minutes."), "success")
    return redirect(url_for("accounts.devices", user=device.user_id), 303)


def end(device: Device) -> ResponseReturnValue:
    """End a tablet."""
    services.end(session(), device)
    flash(_("That tablet opens nothing any more."), "success")
    return redirect(own_page(request.form.get("next"), url_for("accounts.sign_ins")), 303)


def register(pages: Pages) -> None:
    """Add the routes of tablets."""
    of_user = "/users/<uuid:user>/devices"
    pages.form("/enrol", needs=None, writes=False)(enrol)
    pages.form("/pin", needs=None, writes=False)(open_device)
    pages.post("/lock", needs=Permission.ACCOUNT_USE)(lock)
    pages.post("/hand-over", needs=Permission.ACCOUNT_USE)(hand_over)
    pages.get(of_user, needs=Permission.USER_DEVICES)(devices)
    pages.post(f"{of_user}/code", needs=Permission.USER_DEVICES)(issue_code)
    pages.post("/devices/<uuid:device>/new-pin", needs=Permission.DEVICE_NEW_PIN)(new_pin)
    pages.post("/devices/<uuid:device>/end", needs=Permission.DEVICE_END)(end)
