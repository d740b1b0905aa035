"""Judge a file that may be hostile; runs in the sandbox, never in web or worker."""

from collections.abc import Callable
from pathlib import Path

from meetings.intake.archive import refusal as archive_refusal
from meetings.intake.identify import identify
from meetings.intake.images import judge_picture
from meetings.intake.kinds import Family, Kind
from meetings.intake.office.refusal import refusal as office_refusal
from meetings.intake.portable import RefusalError, judge_pdf
from meetings.intake.verdict import DEFAULT, Limits, Reason, Verdict


def inspect(path: Path, name: str, limits: Limits = DEFAULT) -> Verdict:
    """Return the verdict on a file, whatever it holds."""
    kind: Kind | None = None
    try:
        _check_size(path.stat().st_size, limits)
        kind, reason = identify(path, name)
        if kind is None or reason:
            return Verdict(media_type=kind.media_type if kind else None, reason=reason)
        return JUDGES[kind.family](path, kind.media_type, limits)
    except RefusalError as refusal:
        return Verdict(media_type=kind.media_type if kind else None, reason=refusal.reason)


def _check_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise RefusalError(Reason.EMPTY)
    if size > limits.bytes:
        raise RefusalError(Reason.TOO_LARGE)


def _judge_office(path: Path, media_type: str, _limits: Limits) -> Verdict:
    return Verdict(media_type=media_type, reason=office_refusal(path, media_type))


def _judge_archive(path: Path, media_type: str, limits: Limits) -> Verdict:
    return Verdict(media_type=media_type, reason=archive_refusal(path, limits))


def _accept(_path: Path, media_type: str, _limits: Limits) -> Verdict:
    return Verdict(media_type=media_type)


JUDGES: dict[Family, Callable[[Path, str, Limits], Verdict]] = {
    Family.PDF: judge_pdf,
    Family.OFFICE: _judge_office,
    Family.PICTURE: judge_picture,
    Family.TEXT: _accept,
    Family.FILM: _accept,
    Family.ARCHIVE: _judge_archive,
}
