"""The page on which an administrator switches the register of members on and off."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.members.module import queries, services
from meetings.members.module.forms import ApprovalForm
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def switch() -> ResponseReturnValue:
    """Show whether the register is on, and switch it on by an approval."""
    form, approval = ApprovalForm(), queries.approval(session())
    if approval is None and form.validate_on_submit() and form.decided_on.data:
        services.switch_on(
            session(),
            installation().keys,
            number=form.number.data or "",
            decided_on=form.decided_on.data,
            by=person_asking(),
        )
        flash(_("The register of members is switched on."), "success")
        return redirect(url_for("members.switch"), 303)
    page = render_template(
        "members/switch.html", form=form, approval=approval, approvals=queries.approvals(session())
    )
    return page, INVALID if form.errors else 200


def switch_off() -> ResponseReturnValue:
    """Switch the register off."""
    services.switch_off(session(), by=person_asking())
    flash(_("The register of members is switched off. Nothing of it was lost."), "success")
    return redirect(url_for("members.switch"), 303)


def register(pages: Pages) -> None:
    """Add the routes of the switch."""
    needs = Permission.MEMBERS_SWITCH
    pages.form("/members/switch", needs=needs)(switch)
    pages.post("/members/switch/off", needs=needs)(switch_off)
