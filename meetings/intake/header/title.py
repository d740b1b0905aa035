"""Read type and subject: under the letterhead, under the number of a letter, or in the title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from meetings.intake.fold import fold, words_of
from meetings.intake.header.columns import Columns
from meetings.intake.header.head import find_date
from meetings.intake.header.kinds import kind_at, stands_alone
from meetings.intake.header.lines import Line, is_rule
from meetings.intake.header.number import SYMBOL, numbered

_BODY = re.compile(
    r"[-–\"“\s]{0,3}(?:can cu|kinh gui|kinh trinh|thuc hien|chuong [i1l](?![a-z])|dieu 1(?!\d)"
    r"|phan (?:thu|[i1])|[i1][./] |a[./-] |ngay \d|xet |theo |sau khi|trong thoi gian|thi hanh"
    r"|de (?:trien|thuc|ap|dam|tang)|nham |hom nay|vua qua|nguon |duoc |dieu khoan"
    r"|quyet (?:dinh|nghi)\s?:)"
)
_WITH = re.compile(r"\W{0,2}(?:ban hanh )?kem theo")
_AUTHORITY = re.compile(
    r"\W{0,2}(?:chu tich|bo truong|thu tuong|thong doc|chanh an|vien truong|hoi dong|uy ban"
    r"|chinh phu|quoc hoi|giam doc|tong giam doc|cuc truong|hieu truong|ban thuong vu"
    r"|ban chap hanh|ban bi thu|bo chinh tri|truong ban|tong thanh tra|chu nhiem"
    r"|cac bo truong|bo )"
)
_ABOUT = re.compile(r"\W{0,2}(?:ve viec|v/ ?v|vv)\s{0,2}[:.]?\s{0,3}")
_OWN_NUMBER = re.compile(
    rf"(?:cua (?P<organ>.{{3,80}}?) )?so\s?:?\s?(?P<number>\d{{1,5}}(?:/(?:19|20)\d\d)?{SYMBOL})"
    r"(?P<precedent>\d)?[,\s]{0,3}"
    r"(?:ngay (?P<day>\d{1,2})(?: thang |/|-)(?P<month>\d{1,2})(?: nam |/|-)(?P<year>\d{4}))?"
)
_OF_ORGAN = re.compile(r"cua (?P<organ>\S.*)")
MOST_LINES = 10
_ASIDE = 0.17
_FLUSH = 0.01
_A_WORD = 12
_WIDE = 0.4


@dataclass
class Title:
    """The type, the subject and what else a title may hold."""

    kind: str | None = None
    kind_line: Line | None = None
    subject: str = ""
    lines: list[Line] = field(default_factory=list)
    number: str | None = None
    day: tuple[int, int, int] | None = None
    organ: str = ""


def read_title(columns: Columns) -> Title:
    """Return what the title says; a letter has none."""
    if columns.title is None:
        return Title()
    line = columns.below[columns.title]
    found = kind_at(line.plain)
    title = Title(found and found[0], line)
    title.lines = _subject_lines(columns.below[columns.title + 1 :], line)
    rest = _after_kind(line, title.kind or "")
    text = " ".join([rest, *(piece.text for piece in title.lines)]).strip()
    own = _OWN_NUMBER.match(fold(text))
    if own:
        _take(own, text, title)
    elif title.lines and _OF_ORGAN.match(fold(rest)):
        title.organ = rest[4:]
        text = " ".join(piece.text for piece in title.lines)
    elif rest and not title.lines:
        title.lines = [line]
    title.subject = bare_subject(text[own.end() :] if own else text)
    return title


def _take(own: re.Match[str], text: str, title: Title) -> None:
    number = "".join(text[slice(*own.span("number"))].split())
    title.number = number[: number.rindex("AL") + 2] if title.kind == "Án lệ" else number
    title.organ = text[slice(*own.span("organ"))] if own["organ"] else ""
    if own["day"]:
        title.day = int(own["year"]), int(own["month"]), int(own["day"])


def _after_kind(line: Line, kind: str) -> str:
    found = kind_at(line.plain)
    if not found or not found[1] or (kind == "Phụ lục" and stands_alone(found[1])):
        return ""
    return line.text[line.folded.index(words_of(kind)) + len(kind) :].strip()


def bare_subject(text: str) -> str:
    """Return a subject on one line, without the words "Về việc"."""
    subject = " ".join(text.split()).strip(" |")
    about = _ABOUT.match(fold(subject))
    return subject[about.end() :] if about else subject


def letter_subject(columns: Columns, number: Line | None) -> list[Line]:
    """Return the lines under the number of a letter."""
    if number is None:
        return []
    lines = [
        line
        for line in columns.left
        if line.row > number.row and not is_rule(line.text) and not find_date([line])
    ]
    start = next((i for i, line in enumerate(lines) if _ABOUT.match(line.folded)), 0)
    below = lines[start : start + MOST_LINES]
    return [line for line in below if not numbered(line) and line not in columns.right[:2]]


def _subject_lines(below: Sequence[Line], title: Line) -> list[Line]:
    lines = [line for line in below if line.row > title.row]
    left, right = _margins(below)
    taken: list[Line] = []
    for index, line in enumerate(lines[: 3 * MOST_LINES]):
        follows = lines[index + 1] if index + 1 < len(lines) else None
        if _WITH.match(line.folded) or (line.text.startswith("(") and "kem theo" in line.folded):
            break
        if _is_aside(line, title) or (is_rule(line.text) and not taken):
            continue
        if (
            is_rule(line.text)
            or len(taken) == MOST_LINES
            or _ends(line, follows, taken, left, right)
        ):
            break
        taken.append(line)
    return taken


def _is_aside(line: Line, title: Line) -> bool:
    """Tell whether a line stands beside the title, as a stamp does."""
    flush = abs(line.box.x - title.box.x) < _FLUSH
    return bool(line.words) and not flush and abs(line.middle - title.middle) > _ASIDE


def _ends(
    line: Line, follows: Line | None, taken: Sequence[Line], left: float, right: float
) -> bool:
    folded = line.folded
    if _is_body(line):
        return True
    if _AUTHORITY.match(folded) and line.text.isupper() and (taken or _opens(follows)):
        return not taken[-1].text.isupper() or _opens(follows) if taken else True
    if not taken:
        return False
    if taken[-1].text.isupper() and not line.text.isupper() and len(taken[-1].text) > _A_WORD:
        return not line.words or line.box.x < left + 0.08
    if not line.words:
        return line.row - taken[-1].row > 1 or taken[-1].text.endswith(".")
    far = len(taken) > 1 and line.box.y - taken[-1].box.y > 1.7 * (
        taken[-1].box.y - taken[-2].box.y
    )
    indented = line.box.x - left > right - line.right + 0.02 and line.right > right - 0.03
    return far or indented


def _is_body(line: Line) -> bool:
    """Tell whether a line opens the body: with a capital, as a subject that runs on has not."""
    first = next((character for character in line.text if character.isalnum()), "")
    return not first.islower() and _BODY.match(line.folded) is not None


def _opens(line: Line | None) -> bool:
    return line is not None and (_is_body(line) or is_rule(line.text))


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    starts = sorted(line.box.x for line in lines if line.box.w > _WIDE) or [0.12]
    ends = sorted(line.right for line in lines if line.box.w > _WIDE) or [0.92]
    return starts[len(starts) // 8], ends[-1 - len(ends) // 8]
