"""The page of the doctor, for those who look after the machine."""

from flask import render_template
from flask_babel import gettext as _

from meetings.doctor import services
from meetings.doctor.machine.services import Finding, Light
from meetings.policy import Permission
from meetings.web.context import installation
from meetings.web.pages import Pages

pages = Pages("doctor", __name__)


@pages.get("/system/doctor", needs=Permission.JOB_READ)
def doctor() -> str:
    """Examine the machine and show what was found."""
    findings = services.examine(installation())
    return render_template(
        "doctor/doctor.html",
        findings=[(finding.light, _sentence(finding)) for finding in findings],
        reds=sum(finding.light is Light.RED for finding in findings),
    )


def _sentence(finding: Finding) -> str:
    return str(_(finding.sentence, **finding.facts))
