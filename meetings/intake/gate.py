"""The gate: no file becomes a document before it was judged and looked at for a mark of secrecy."""

from dataclasses import replace
from pathlib import Path

from meetings.intake.kinds import BY_MEDIA_TYPE, Family
from meetings.intake.sandboxed import inspect_file
from meetings.intake.secrecy import UnseenError, can_look, secrecy_of
from meetings.intake.verdict import DEFAULT, Limits, Reason, Verdict

SHOWN = {Family.PDF, Family.PICTURE, Family.OFFICE, Family.TEXT}
"""The families that become documents with pages."""
PICTURED = {Family.PDF, Family.PICTURE}


def pass_gate(path: Path, name: str, limits: Limits = DEFAULT) -> Verdict:
    """Return the verdict on a file that would become a document."""
    verdict = examine(path, name, limits)
    if verdict.accepted and BY_MEDIA_TYPE[verdict.media_type or ""].family not in SHOWN:
        return replace(verdict, reason=Reason.UNSUPPORTED)
    return verdict


def examine(path: Path, name: str, limits: Limits = DEFAULT) -> Verdict:
    """Return the verdict on a file of any kind, with what its text and its pictures show.

    Where pictures cannot be read the clerk has to look at them; their text is read all the same.
    """
    verdict = inspect_file(path, name, limits)
    media_type = verdict.media_type or ""
    if not verdict.accepted or BY_MEDIA_TYPE[media_type].family not in SHOWN:
        return verdict
    if BY_MEDIA_TYPE[media_type].family in PICTURED and not can_look():
        return verdict
    try:
        found = secrecy_of(path, media_type, limits)
    except UnseenError as unseen:
        return replace(verdict, reason=unseen.reason)
    return replace(verdict, reason=Reason.CLASSIFIED) if found else verdict
