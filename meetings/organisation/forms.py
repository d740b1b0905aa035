"""The words of the organisation."""

from flask_babel import lazy_gettext as _

from meetings.models import BodyKind

BODY_KINDS = {
    BodyKind.PROVINCIAL_COMMITTEE: _("Provincial committee"),
    BodyKind.EXECUTIVE_COMMITTEE: _("Executive committee"),
    BodyKind.STANDING_COMMITTEE: _("Standing committee"),
    BodyKind.STANDING_MEMBERS: _("Standing members"),
    BodyKind.PARTY_OFFICE: _("Office of the committee"),
    BodyKind.ADVISORY_BODY: _("Advisory body"),
    BodyKind.INSPECTION_COMMISSION: _("Inspection commission"),
    BodyKind.PARTY_COMMITTEE: _("Party committee"),
    BodyKind.COMMUNE_COMMITTEE: _("Commune committee"),
    BodyKind.CELL: _("Party cell"),
    BodyKind.STATE_BODY: _("State body"),
}
