"""Carrying signed heads of the ledger away, regularly and when a meeting opens or closes."""

from meetings.audit import heads
from meetings.installation import Installation


def keep_head(installation: Installation) -> None:
    """Sign the newest line of the ledger and keep it in the folder of the heads."""
    with installation.database.reading() as session:
        head = heads.newest(session, installation.keys.audit)
    if head:
        heads.keep(head, installation.settings.heads_folder)
