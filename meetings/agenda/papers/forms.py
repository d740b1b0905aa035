"""What is said when a file is taken in."""

from flask_babel import lazy_gettext as _

TAKEN = _("Received. Its pages are being prepared.")
KNOWN = _("This file was received before; that document now lies here.")
