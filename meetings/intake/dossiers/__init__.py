"""Where a scanned dossier is to be cut, what its pieces are, and whose it is."""

from meetings.intake.dossiers.catalogue import KINDS, Kind
from meetings.intake.dossiers.identity import Found, Identity, identify
from meetings.intake.dossiers.naming import Style, file_name, folder_name
from meetings.intake.dossiers.order import places
from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.dossiers.proposals import Proposal, Reason, propose

__all__ = [
    "KINDS",
    "DossierPage",
    "Found",
    "Identity",
    "Kind",
    "Proposal",
    "Reason",
    "Style",
    "file_name",
    "folder_name",
    "identify",
    "places",
    "propose",
]
