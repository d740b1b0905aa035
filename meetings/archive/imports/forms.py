"""What is said of the rows of a list and of the files that it names."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from meetings.archive.imports.queries import COLUMNS
from meetings.documents.uploads.forms import REFUSALS
from meetings.intake import Reason

FIELDS: Mapping[str, Any] = {
    "file": _("File"),
    "symbol": _("Number and symbol"),
    "doc_type": _("Type of document"),
    "issued_on": _("Date of issue"),
    "title": _("Abstract"),
    "issuer": _("Issuing organ"),
    "signer": _("Signed by"),
    "level": _("Access level"),
    "reach": _("Circulation"),
}
PROBLEMS: Mapping[str, Any] = {
    "no file named": _("The row names no file."),
    "file not found": _("The folder has no file of this name."),
    "file named twice": _("Another row names the same file."),
    "no title": _("The abstract is missing."),
    "day not understood": _("Please write the date as day/month/year."),
    "kind not known": _("Please write the type of the document in full."),
    "access level not known": _("Please write an access level as the pages of the system call it."),
}
LACKING = "no column: "


def sentence(problem: str) -> str:
    """Return what to tell of a problem of a row or of a file."""
    if problem in PROBLEMS:
        return str(PROBLEMS[problem])
    if problem in set(Reason):
        return str(REFUSALS[Reason(problem)])
    name = problem.removeprefix(LACKING)
    if name in COLUMNS:
        return str(_("The first line needs a column “%(name)s”.", name=FIELDS[name]))
    told = _("It could not be taken in. Please tell the administrator: %(what)s", what=problem)
    return str(told)
