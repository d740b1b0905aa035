"""The child's side of the sandbox: confine itself, do one task, print an answer a line."""

import errno
import gc
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from meetings.intake.verdict import Limits, Reason

NICE = 10
YOUNG = 50_000  # objects before the first look for garbage: pages of words are none
FULL = {errno.EFBIG, errno.ENOSPC}

Order = Mapping[str, Any]
Answers = Iterator[dict[str, Any]]


def _inspect(order: Order) -> Answers:
    from meetings.intake.inspect import inspect

    limits = Limits(**order["limits"])
    yield inspect(Path(order["source"]), order["arguments"]["name"], limits).to_json()


def _pages(order: Order) -> Answers:
    from meetings.intake.pages import prepare, sharpen

    asked = order["arguments"]
    make, turns = sharpen if asked.get("sharp") else prepare, dict(asked.get("turns", ()))
    for page in make(Path(order["source"]), Path(order["output"]), asked["numbers"], turns):
        yield page.to_json()


def _convert(order: Order) -> Answers:
    import tempfile

    from meetings.intake.office.convert import to_pdf

    with tempfile.TemporaryDirectory() as scratch:
        media_type = order["arguments"]["media_type"]
        yield {
            "reason": to_pdf(
                Path(order["source"]), media_type, Path(order["output"]), Path(scratch)
            )
        }


def _picture(order: Order) -> Answers:
    from meetings.intake.images import to_pdf

    to_pdf(Path(order["source"]), Path(order["output"]))
    yield {"reason": None}


def _text(order: Order) -> Answers:
    from meetings.intake.text import read_pages

    asked = order["arguments"]
    pages = read_pages(Path(order["source"]), asked["numbers"], recognise=asked["recognise"])
    for page in pages:
        yield page.to_json()


def _describe(order: Order) -> Answers:
    from meetings.intake.citations import clues_of, find_citations
    from meetings.intake.header import read_header
    from meetings.intake.page_text import PageText

    given = json.loads(Path(order["source"]).read_text(encoding="utf-8"))
    pages = [PageText.from_json(page) for page in given]
    text = "\n".join(page.text for page in pages)
    found = find_citations(text)
    clues = zip(found, clues_of(text, found), strict=True)
    cited = [citation.to_json() | {"clue": clue} for citation, clue in clues]
    yield {**read_header(pages).to_json(), "citations": cited}


def _secrecy(order: Order) -> Answers:
    from meetings.intake.secrecy.gate import gate

    asked = order["arguments"]
    found = gate(Path(order["source"]), asked["media_type"], seeing=asked["seeing"])
    yield {"finding": found and found.to_json()}


def _look(order: Order) -> Answers:
    import base64

    from meetings.intake.secrecy.looking import look

    asked = order["arguments"]
    picture = look(Path(order["source"]), asked["media_type"], asked["number"])
    yield {"picture": base64.b64encode(picture).decode()}


def _signatures(order: Order) -> Answers:
    from meetings.intake.signatures.read import read_signatures

    roots = [bytes.fromhex(root) for root in order["arguments"]["roots"]]
    found = read_signatures(Path(order["source"]), roots)
    yield {"signatures": [signature.to_json() for signature in found]}


def _clean(order: Order) -> Answers:
    from meetings.intake.cleaning import VIEWING, clean
    from meetings.intake.refused import or_reason

    target = Path(order["output"]) / VIEWING
    yield or_reason(lambda: clean(Path(order["source"]), target).to_json())


def _edit_pages(order: Order) -> Answers:
    from meetings.intake.edits import from_json
    from meetings.intake.page_edits import EDITED, apply, unpacked
    from meetings.intake.refused import or_reason

    edits = [from_json(edit) for edit in order["arguments"]["edits"]]
    source, target = Path(order["source"]), Path(order["output"]) / EDITED
    with unpacked(source, is_bundle=order["arguments"]["packed"]) as (first, *others):
        yield or_reason(lambda: {"pages": apply(first, edits, target, others)})


def _cut(order: Order) -> Answers:
    from meetings.intake.cutting import cut

    papers = order["arguments"]["papers"]
    for digests in cut(Path(order["source"]), papers, Path(order["output"])):
        yield {"pages": digests}


def _stamp(order: Order) -> Answers:
    from meetings.intake.page_edits import unpacked
    from meetings.intake.refused import or_reason
    from meetings.intake.stamping import STAMPED, bind, stamp

    target = Path(order["output"]) / STAMPED
    with unpacked(Path(order["source"]), is_bundle=True) as (sheets, first, *papers):
        if order["arguments"]["binds"]:
            yield or_reason(lambda: {"pages": bind(first, papers, sheets, target)})
        else:
            notes = order["arguments"].get("notes", ())
            yield or_reason(lambda: {"pages": stamp(first, sheets, target, notes)})


def _lighten(order: Order) -> Answers:
    from meetings.intake.lightening import lighten
    from meetings.intake.page_edits import unpacked

    source, output = Path(order["source"]), Path(order["output"])
    with unpacked(source, is_bundle=order["arguments"]["packed"]) as pictures:
        for number, picture in enumerate(pictures, 1):
            lighten(picture, output / f"{number}.webp")
            yield {"number": number}


def _contents(order: Order) -> Answers:
    from meetings.intake.bookmarks import read_contents
    from meetings.intake.refused import or_reason

    yield or_reason(lambda: read_contents(Path(order["source"])))


def _rows(order: Order) -> Answers:
    from meetings.intake.office.rows import NoWorkbookError, rows_of

    try:
        for row in rows_of(Path(order["source"])):
            yield {"row": row}
    except NoWorkbookError:
        yield {"reason": Reason.DAMAGED}


def _table(order: Order) -> Answers:
    from meetings.intake.office.rows import NoWorkbookError
    from meetings.intake.office.separated import table_of

    try:
        for row in table_of(Path(order["source"])):
            yield {"row": row}
    except NoWorkbookError:
        yield {"reason": Reason.DAMAGED}


def _unpack(order: Order) -> Answers:
    import base64

    from meetings.intake.archive import Member, unpack

    limits, numbers = Limits(**order["limits"]), range(*order["arguments"]["numbers"])
    for part in unpack(Path(order["source"]), limits, numbers=numbers):
        if isinstance(part, Member):
            yield {"member": part.to_json()}
        else:
            yield {"bytes": base64.b64encode(part).decode()}


TASKS: dict[str, Callable[[Order], Answers]] = {
    "inspect": _inspect,
    "pages": _pages,
    "text": _text,
    "convert": _convert,
    "picture": _picture,
    "describe": _describe,
    "secrecy": _secrecy,
    "look": _look,
    "signatures": _signatures,
    "clean": _clean,
    "edit_pages": _edit_pages,
    "cut": _cut,
    "stamp": _stamp,
    "lighten": _lighten,
    "contents": _contents,
    "rows": _rows,
    "table": _table,
    "unpack": _unpack,
}


def main() -> None:
    """Do the task that standard input orders; libraries that print do it on standard error."""
    order = json.load(sys.stdin)
    limits = Limits(**order["limits"])
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        confine(limits)
        gc.set_threshold(YOUNG)
        for answer in _timed(TASKS[order["task"]](order), limits.cpu_seconds):
            answers.write(json.dumps(answer, separators=(",", ":")) + "\n")
            answers.flush()


def confine(limits: Limits) -> None:
    """Give up, for good, what the task does not need."""
    os.nice(NICE)
    for kind, amount in (
        (resource.RLIMIT_AS, limits.address_space),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _timed(answers: Answers, seconds: int) -> Answers:
    """Yield the answers, each with its own processor time, until memory or room runs out."""
    try:
        _renew(seconds)
        for answer in answers:
            yield answer
            _renew(seconds)
    except MemoryError:
        yield {"reason": Reason.OUT_OF_MEMORY}
    except OSError as error:
        if error.errno not in FULL:
            raise
        yield {"reason": Reason.TOO_MUCH_OUTPUT}


def _renew(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    allowed = int(used.ru_utime + used.ru_stime) + 1 + seconds
    soft = allowed if hard == resource.RLIM_INFINITY else min(allowed, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
