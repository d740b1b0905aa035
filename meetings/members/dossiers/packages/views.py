"""Dossiers are taken along: asked for with a purpose, made by a job, given out to the keeper."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.members.dossiers.packages import queries, services
from meetings.members.dossiers.packages.forms import FAULTS, LEFT, PackageForm
from meetings.models import Body, DossierPackage, Member
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.files import stored_file
from meetings.web.pages import Pages

INVALID = 422
ZIP = "application/zip"


def packages(body: Body) -> ResponseReturnValue:
    """Show the packages of a body; take the order of another."""
    members = queries.members_with_scans(session(), body, by=person_asking())
    form = PackageForm(data={"member": request.args.get("member", "")})
    everybody = [("", _("Everybody of whom scans are here"))]
    form.member.choices = everybody + [(str(m.id), m.full_name) for m in members]
    if form.validate_on_submit():
        asked = str(form.member.data or "")
        member = session().get_one(Member, UUID(asked)) if asked else None
        services.order(
            session(),
            body,
            member,
            purpose=str(form.purpose.data),
            code=str(form.code.data),
            by=person_asking(),
        )
        flash(_("The package is being made."), "success")
        return redirect(url_for("members.packages", body=body.id), 303)
    page = render_template(
        "members/dossiers/packages.html",
        body=body,
        form=form,
        members=members,
        listed=queries.packages_of(session(), body),
        faults=FAULTS,
        left=LEFT,
    )
    return page, INVALID if form.is_submitted() else 200


def take(package: DossierPackage) -> Response:
    """Give out a package, which no browser keeps beside the file."""
    try:
        reader = queries.open_package(session(), installation(), package)
    except KeyError:
        abort(404)
    answer = stored_file(
        reader,
        size=package.size,
        media_type=ZIP,
        name=f"ho-so-dang-vien-{package.created_at:%Y%m%d-%H%M}.zip",
        etag=package.sha256,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def register(pages: Pages) -> None:
    """Add the routes of packages."""
    at = "/bodies/<uuid:body>/dossiers/packages"
    pages.form(at, needs=Permission.DOSSIERS_EXPORT)(packages)
    taking = Permission.DOSSIERS_TAKE
    pages.get("/dossier-packages/<uuid:package>", needs=taking, endpoint="take_package")(take)
