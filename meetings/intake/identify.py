"""What a file is: its content and the extension of its name must say the same."""

from pathlib import Path, PurePath

from meetings.intake import containers
from meetings.intake.kinds import HEAD, KINDS, Family, Kind
from meetings.intake.verdict import Reason

LOCKABLE = (".docx", ".xlsx", ".pptx")
_OLE = b"\xd0\xcf\x11\xe0"


def identify(path: Path, name: str) -> tuple[Kind | None, Reason | None]:
    """Return the kind on which content and name agree, and why the file is refused."""
    suffix = PurePath(name).suffix.lower()
    with path.open("rb") as file:
        head = file.read(HEAD + 16)
    named = [kind for kind in KINDS if suffix in kind.extensions]
    begun = _begun(head)
    for kind in named:
        if kind in begun and (kind.holds is None or kind.holds(path)):
            return kind, Reason.UNSUPPORTED if kind.family is Family.FOREIGN else None
    if suffix in LOCKABLE and head.startswith(_OLE) and containers.is_locked(path):
        return named[0], Reason.ENCRYPTED
    if named:
        return None, _disagreement(begun, named)
    known = any(kind.magic and kind.family is not Family.FOREIGN for kind in begun)
    return None, Reason.MISLABELLED if known else Reason.UNSUPPORTED


def _disagreement(begun: list[Kind], named: list[Kind]) -> Reason:
    """Tell a file that begins as its name says, but holds nothing of it, from another kind."""
    return (
        Reason.DAMAGED if any(kind in begun for kind in named if kind.magic) else Reason.MISLABELLED
    )


def _begun(head: bytes) -> list[Kind]:
    """Return the kinds whose mark comes first, and those that have none; several share one."""
    places = {kind: place for kind in KINDS if (place := kind.position(head)) is not None}
    unmarked = [kind for kind in KINDS if not kind.magic and not places]
    return [kind for kind, place in places.items() if place == _first(places)] + unmarked


def _first(places: dict[Kind, int]) -> int:
    return min(places.values())
