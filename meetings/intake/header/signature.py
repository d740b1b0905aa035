"""Read who signed: capacity, title and name in the right half, recipients in the left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from meetings.intake.header.lines import Line, is_rule
from meetings.intake.header.names import has_surname, is_name, name_in

_CAPACITY = re.compile(r"\W{0,3}(?:t ?/ ?m|k ?/ ?t|t ?/ ?l|tuq|tm|kt|tl|q)[. ]")
_SIGNS = re.compile(r"(?:T/M|TM|K/T|KT|T/L|TL|TUQ)\.? ?[A-ZĐ]")
"""How a signature begins where its title is not in capitals."""
_MIXED = re.compile(
    r"(?:thu tuong|pho |chu tich|bo truong|thu truong|thong doc|giam doc|chanh|cuc truong)"
)
_TITLE = re.compile(
    r"\W{0,3}(?:pho |quyen |uy vien |truong |chanh |bi thu|chu tich|giam doc|tong giam doc"
    r"|thu tuong|bo truong|thu truong|cuc truong|vu truong|vien truong|hieu truong|thong doc"
    r"|tong thanh tra|chu nhiem|tong bi thu|doan truong|to truong|tong kiem toan|hieu pho"
    r"|chi cuc truong|truong ban|van phong|uy ban|hoi dong|ban )"
)
_RECIPIENTS = re.compile(r"\W{0,4}\w?noi nhan|\W{0,4}oi nhan\s?:")
_HALF = 0.45
_THIRD = 0.3
_TOP_LEFT = 0.55
_MARGIN = 0.2
_DEPTH = 0.42
_ROWS = 30
_MOST_TITLES = 5
_TITLE_LENGTHS = range(5, 71)
_SHORT_TITLE = 45
_WIDEST = 0.5


@dataclass
class Signature:
    """The lines of a signature and what they say."""

    titles: list[Line] = field(default_factory=list)
    name: Line | None = None
    recipients: list[Line] = field(default_factory=list)


def read_signature(pages: Sequence[Sequence[Line]]) -> Signature:
    """Return the first signature: what follows belongs to annexes and attached drafts."""
    for index, lines in enumerate(pages):
        label = recipients_label(lines)
        if label and not label.words and (early := _before(label, lines)):
            return early
        following = pages[index + 1] if index + 1 < len(pages) else ()
        found = _on_page(lines, label)
        if found.titles or label:
            found.name = _name_below(found, lines, label) or _name_on_top(following, found)
            found.recipients = _recipients(lines, label) if label else []
        if found.name or label:
            return found
    return Signature()


def _before(label: Line, lines: Sequence[Line]) -> Signature | None:
    """Return the signature that stands above a label which then belongs to an annex."""
    found = _on_page([line for line in lines if line.row < label.row], None)
    if not found.titles or not _CAPACITY.match(found.titles[0].folded):
        return None
    found.name = _name_below(found, lines, None)
    near = found.name and found.name.row < label.row
    return found if near else None


def recipients_label(lines: Sequence[Line]) -> Line | None:
    """Return the line that begins with "Nơi nhận", of which a scan may lose a letter."""
    return next((line for line in lines if _RECIPIENTS.match(line.folded)), None)


def signs_from(lines: Sequence[Line]) -> Line | None:
    """Return the first line of a signature: the recipients' label, or a capacity at the right."""
    label = recipients_label(lines)
    return label or next(
        (line for line in lines if _stands_right(line) and _CAPACITY.match(line.folded)), None
    )


def _on_page(lines: Sequence[Line], label: Line | None) -> Signature:
    for index, line in enumerate(lines):
        if not _stands_right(line) or (label and line.row < label.row - _MOST_TITLES):
            continue
        if _begins(line, has_label=label is not None):
            titles = [line]
            for below in lines[index + 1 :]:
                if _stands_right(below):
                    goes_on = _begins(below, has_label=True) or _goes_on(below, titles[0])
                    if not goes_on or len(titles) == _MOST_TITLES:
                        break
                    titles.append(below)
            found = Signature(titles)
            if label or _name_below(found, lines, None):
                return found
    return Signature()


def _stands_right(line: Line) -> bool:
    if not line.words:
        return not line.text.startswith("-")
    return line.middle > _HALF and line.box.x > _THIRD


def _begins(line: Line, *, has_label: bool) -> bool:
    letters = line.text.strip(" .*-_")
    if len(letters) not in _TITLE_LENGTHS or letters.endswith((":", ";", ",")):
        return False
    signs = _SIGNS.match(letters) is not None
    if line.words and (line.box.w > _WIDEST or not (letters.isupper() or signs)):
        return False
    if not line.words and len(letters) > _SHORT_TITLE:
        return False
    if _CAPACITY.match(line.folded):
        return True
    alone = len(letters) < _SHORT_TITLE and letters.isupper()
    return _TITLE.match(line.folded) is not None and (has_label or alone)


def _goes_on(line: Line, first: Line) -> bool:
    """Tell whether a title goes on in small letters below one that began so."""
    short = len(line.text) < _SHORT_TITLE
    return short and not first.text.isupper() and _MIXED.match(line.folded) is not None


def _name_below(found: Signature, lines: Sequence[Line], label: Line | None) -> Line | None:
    """Return the first name below, rather one that begins with a surname."""
    start = found.titles[-1] if found.titles else label
    if start is None:
        return None
    names: list[tuple[bool, int, Line]] = []
    for line in map(_whole, lines, [*lines[1:], *lines[-1:]]):
        if line.row <= start.row:
            continue
        if line.box.y > start.box.y + _DEPTH if line.words else line.row > start.row + _ROWS:
            break
        if _stands_right(line) and (name := name_in(line.text, scanned=line.scanned)):
            names.append((not has_surname(name), len(names), line))
    return min(names)[2] if names else None


def _whole(line: Line, follows: Line) -> Line:
    """Return a line at the right with the rest of a name that ran over the margin, if it did."""
    alone = _stands_right(line) and " " not in line.text and has_surname(line.text)
    ran_over = bool(line.words) and follows.row == line.row + 1 and follows.box.x < _MARGIN
    whole = f"{line.text} {follows.text}"
    return replace(line, text=whole) if alone and ran_over and is_name(whole) else line


def _name_on_top(lines: Sequence[Line], found: Signature) -> Line | None:
    """Return a name pushed to the next page, beside the rest of the recipients."""
    if not found.titles:
        return None
    for line in map(_whole, lines, [*lines[1:], *lines[-1:]]):
        if _stands_right(line) and name_in(line.text, scanned=line.scanned) and line.box.y < _DEPTH:
            return line
        if not _is_beside_names(line):
            return None
    return None


def _is_beside_names(line: Line) -> bool:
    """Tell whether a line is one of recipients, a page's number, or the end of a title."""
    titled = _stands_right(line) and line.text.isupper() and len(line.text) < _SHORT_TITLE
    return (
        titled or line.text.startswith(("-", "–")) or line.right < _TOP_LEFT or line.text.isdigit()
    )


def _recipients(lines: Sequence[Line], label: Line) -> list[Line]:
    taken: list[Line] = []
    for line in lines:
        if line.row <= label.row or (line.box.x > _THIRD and _stands_right(line)):
            continue
        begins = line.text.lstrip().startswith(("-", "–", "+"))
        if not begins and (not taken or line.box.w > _HALF or is_rule(line.text)):
            break
        if not (line.words or begins):
            break
        taken.append(line)
    return taken
