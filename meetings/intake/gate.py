"""The gate: no file becomes a document before it was judged and looked at for a mark of secrecy."""

from dataclasses import replace
from pathlib import Path

from meetings.intake.kinds import BY_MEDIA_TYPE, KINDS, Family
from meetings.intake.sandboxed import inspect_file
from meetings.intake.secrecy import UnseenError, can_look, secrecy_of
from meetings.intake.secrecy.sandboxed import PICTURED
from meetings.intake.verdict import DEFAULT, Limits, Reason, Verdict

SHOWN = {Family.PDF, Family.PICTURE, Family.OFFICE, Family.TEXT}
"""The families that become documents with pages."""
CLOSED_BOOKS = {kind.media_type for kind in KINDS if kind.name in {"doc", "xls", "ppt"}}
"""The kinds that nothing but LibreOffice reads, which never runs at the gate."""


def pass_gate(path: Path, name: str, limits: Limits = DEFAULT) -> Verdict:
    """Return the verdict on a file that would become a document."""
    verdict = examine(path, name, limits)
    if not verdict.accepted:
        return verdict
    family = BY_MEDIA_TYPE[verdict.media_type or ""].family
    if family is Family.FILM:  # nothing here sees what it shows
        return replace(verdict, needs_eyes=True)
    return verdict if family in SHOWN else replace(verdict, reason=Reason.UNSUPPORTED)


def examine(path: Path, name: str, limits: Limits = DEFAULT) -> Verdict:
    """Return the verdict on a file of any kind, with what its text and its pictures show.

    Where pictures cannot be read a person has to look at them, and at office files of the old
    kinds always; what there is of text is read all the same.
    """
    verdict = inspect_file(path, name, limits)
    media_type = verdict.media_type or ""
    if not verdict.accepted or BY_MEDIA_TYPE[media_type].family not in SHOWN:
        return verdict
    if media_type in CLOSED_BOOKS:
        return replace(verdict, needs_eyes=True)
    try:
        found = secrecy_of(path, media_type, limits)
    except UnseenError as unseen:
        return replace(verdict, reason=unseen.reason)
    if found:
        return replace(verdict, reason=Reason.CLASSIFIED)
    pictured = BY_MEDIA_TYPE[media_type].family in PICTURED
    return replace(verdict, needs_eyes=pictured and not can_look())
