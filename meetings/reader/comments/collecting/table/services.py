"""The comments on a paper are set as the table that goes with it (bảng tổng hợp)."""

from collections import Counter
from collections.abc import Sequence

from meetings.agenda.letters.queries import Words
from meetings.agenda.letters.services import LAYOUTS, ROOM_FOR_A_NUMBER
from meetings.models import AgendaPaper, BodyKind, Meeting, Verdict
from meetings.press.document import Block, Document, Paragraph, Signature, Table
from meetings.reader.comments.queries import Told

VERDICTS = {
    Verdict.ACCEPTED: "Tiếp thu",
    Verdict.PARTLY: "Tiếp thu một phần",
    Verdict.EXPLAINED: "Giải trình",
}
WAITING = "Chưa trả lời"
HEADER = ("STT", "Trang, đoạn", "Người góp ý", "Nội dung góp ý", "Tiếp thu, giải trình")


def compose(
    words: Words, meeting: Meeting, paper: AgendaPaper, comments: Sequence[Told]
) -> Document:
    """Return the table without number and day, which the registry gives."""
    state = meeting.body.kind is BodyKind.STATE_BODY
    symbol = words.symbol.replace("GM/", "BTH/", 1)
    about = paper.document.title
    return Document(
        regime=LAYOUTS[state],
        superior=words.superior,
        issuer=words.issuer,
        symbol=f"{ROOM_FOR_A_NUMBER}{'/' if state else '-'}{symbol}",
        place=words.place or "…",
        doc_type="BẢNG TỔNG HỢP",
        abstract=f"tiếp thu, giải trình ý kiến góp ý vào {about}",
        issued_by=meeting.body.name,
        body=tuple(_body(meeting, comments)),
        signature=Signature(words.signer_name, words.signer_title, words.capacity),
    )


def _body(meeting: Meeting, comments: Sequence[Told]) -> list[Block]:
    counts = Counter(told.comment.verdict for told in comments)
    parts = [f"{VERDICTS[one].lower()} {counts[one]}" for one in Verdict if counts[one]]
    if counts[None]:
        parts.append(f"{WAITING.lower()} {counts[None]}")
    summed = "".join(f"; {part}" for part in parts)
    facts: list[Block] = [
        Paragraph(f"{meeting.title}.", lead="Cuộc họp:"),
        Paragraph(f"{len(comments)}{summed}.", lead="Số ý kiến góp ý:"),
    ]
    return [*facts, _table(comments)] if comments else facts


def _table(comments: Sequence[Told]) -> Table:
    rows = tuple(
        (
            str(number),
            place_of(told),
            told.comment.person.display_name,
            told.comment.text,
            answer_to(told),
        )
        for number, told in enumerate(comments, 1)
    )
    return Table(HEADER, rows, (1, 4, 3, 5, 5), numeric=frozenset({0}))


def place_of(told: Told) -> str:
    """Return where a comment stands, in the words of the paper where these may be quoted."""
    comment = told.comment
    place = f"Trang {comment.page}"
    if comment.paragraph:
        place += f", đoạn {comment.paragraph}"
    if told.earlier:
        place += f" (bản {told.earlier})"
    return f"{place}: “{told.quote}”" if told.quote else place


def answer_to(told: Told) -> str:
    """Return what became of a comment and why."""
    comment = told.comment
    if comment.verdict is None:
        return WAITING
    words = VERDICTS[comment.verdict]
    return f"{words}: {comment.answer}" if comment.answer else f"{words}."
