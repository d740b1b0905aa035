"""A person's own sign-ins, and the administrator's list of accounts."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import paging
from meetings.accounts import queries, services
from meetings.accounts.again import views as again
from meetings.accounts.again.views import demand_proof
from meetings.accounts.devices import queries as device_queries
from meetings.accounts.devices import services as device_services
from meetings.accounts.devices import views as devices
from meetings.accounts.entry import views as entry
from meetings.accounts.forms import CLEARANCES, ROLES, RoleForm, UserForm
from meetings.accounts.opening import views as opening
from meetings.accounts.second_factor import services as second_factor
from meetings.accounts.tokens import views as tokens
from meetings.models import AccessLevel, Body, Role, SignIn, User
from meetings.policy import Permission, readable_bodies
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

pages = Pages("accounts", __name__)


PROTECTING = frozenset({"end-sign-ins"})
"""Deeds that nobody is held up at: a tablet that is lost now is ended now."""

entry.register(pages)
devices.register(pages)
again.register(pages)
opening.register(pages)
tokens.register(pages)


@pages.get("/account/sign-ins", needs=Permission.ACCOUNT_USE)
def sign_ins() -> str:
    """Show where a person is signed in."""
    who = person_asking()
    return render_template(
        "accounts/sign_ins.html",
        listed=queries.open_sign_ins(session(), by=who),
        devices=device_queries.devices_of(session(), who, by=who),
    )


@pages.post("/sign-ins/<uuid:sign_in>/end", needs=Permission.SIGN_IN_END)
def end_sign_in(sign_in: SignIn) -> ResponseReturnValue:
    """End one of one's own sign-ins."""
    demand_proof(url_for("accounts.sign_ins"))
    services.end_sign_in(session(), sign_in)
    flash(_("That sign-in is ended."), "success")
    return redirect(url_for("accounts.sign_ins"), 303)


@pages.post("/account/sign-ins/end-others", needs=Permission.ACCOUNT_USE)
def end_other_sign_ins() -> ResponseReturnValue:
    """End every sign-in of one's own but this one."""
    demand_proof(url_for("accounts.sign_ins"))
    who = person_asking()
    services.end_all_sign_ins(session(), who, but=who.sign_in_id)
    flash(_("Every other sign-in is ended."), "success")
    return redirect(url_for("accounts.sign_ins"), 303)


@pages.get("/users", needs=Permission.USERS_READ)
def users() -> str:
    """List the accounts."""
    words = request.args.get("q", "")
    found = queries.users(session(), by=person_asking(), words=words)
    return render_template(
        "accounts/users.html",
        listed=paging.leaf(found, request.args.get("page", 1, type=int)),
        words=words,
        roles=ROLES,
        clearances=CLEARANCES,
    )


@pages.form("/users/<uuid:user>", needs=Permission.USER_MANAGE)
def user(user: User) -> ResponseReturnValue:
    """Change an account: its clearance, its roles, whether it may sign in."""
    bodies = list(session().scalars(readable_bodies(person_asking()).order_by(Body.name)))
    form = UserForm(data={"clearance": str(int(user.clearance)), "active": user.active})
    role_form = RoleForm(bodies=bodies)
    if request.method == "POST" and request.form.get("deed") not in PROTECTING:
        demand_proof(url_for("accounts.user", user=user.id))
    if request.method == "POST" and _change(user, form, role_form, bodies):
        return redirect(url_for("accounts.user", user=user.id), 303)
    status = 422 if request.method == "POST" else 200
    held = queries.roles_of(session(), user)
    return (
        render_template(
            "accounts/user.html",
            user=user, form=form, role_form=role_form, held=held, roles=ROLES,
            factor=second_factor.factor_of(session(), user),
        ),
        status,
    )  # fmt: skip


def _change(user: User, form: UserForm, role_form: RoleForm, bodies: list[Body]) -> bool:
    """Do what the pressed button says; tell whether it could be done."""
    deed = request.form.get("deed")
    if deed == "grant" and role_form.validate():
        body = next(body for body in bodies if str(body.id) == role_form.body.data)
        services.grant(session(), user, Role(role_form.role.data), body)
    elif deed == "end-sign-ins":
        services.end_all_sign_ins(session(), user)
        device_services.end_all(session(), user)
    elif deed == "forget-factor":
        second_factor.forget(session(), user)
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
