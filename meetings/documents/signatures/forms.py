"""The words for what is known of a signature (domain reference 4.4)."""

from flask_babel import lazy_gettext as _

from meetings.intake.signatures import (
    Changes,
    Coverage,
    Integrity,
    Outcome,
    Revocation,
    Strength,
    TimeSource,
    Trust,
)

OUTCOMES = {
    Outcome.VALID: (_("Valid"), "check", "good"),
    Outcome.VALID_AT_SIGNING: (_("Valid when it was signed"), "check", "good"),
    Outcome.UNDETERMINED: (_("Cannot be determined"), "help", "warn"),
    Outcome.INVALID: (_("Not valid"), "error", "bad"),
}
INTEGRITIES = {
    Integrity.INTACT: _("What was signed is unchanged."),
    Integrity.BROKEN: _("What was signed is not what lies here: the file was altered."),
    Integrity.UNREADABLE: _("The signature cannot be read."),
}
COVERAGES = {
    Coverage.WHOLE: _("It covers the whole file."),
    Coverage.REVISION: _("It covers the file as it was when signed; something was added later."),
    Coverage.PART: _("It covers a part of the file only."),
    Coverage.UNCLEAR: _("What it covers is not clear."),
}
CHANGES = {
    Changes.NONE: _("Nothing was changed after signing."),
    Changes.FORM: _("After signing only further signatures or form fields were added."),
    Changes.ANNOTATION: _(
        "After signing something was laid on the pages, as an incoming stamp is;"
        " the signed contents are untouched."
    ),
    Changes.CONTENT: _("The contents were changed after signing."),
    Changes.UNKNOWN: _("Whether something was changed after signing is not known."),
}
TIMES = {
    TimeSource.TIME_STAMP: _("by a time-stamp"),
    TimeSource.CLOCK: _("by the clock of the signer's machine"),
    TimeSource.NONE: _("no time is given"),
}
STRENGTHS = {
    Strength.STRONG: _("strong"),
    Strength.WEAK: _("weak, no longer resists forgery"),
    Strength.UNKNOWN: _("not known"),
}
TRUSTS = {
    Trust.TRUSTED: _("The certificate leads to a root that this house trusts."),
    Trust.UNTRUSTED: _("The certificate leads to no root that this house trusts."),
    Trust.UNKNOWN: _("Trust is unknown: no root certificates are installed here."),
}
REVOCATIONS = {
    Revocation.GOOD: _("Not revoked, as the file itself proves."),
    Revocation.GOOD_AT_SIGNING: _("Not revoked when it was signed, as the file itself proves."),
    Revocation.UNKNOWN: _("Revocation was not checked."),
}
