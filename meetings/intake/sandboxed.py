"""The two questions the product asks of a received file, each answered from the sandbox."""

import tempfile
from collections import deque
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from typing import Any

from meetings.intake import sandbox
from meetings.intake.lanes import Pages, in_lanes
from meetings.intake.page_text import PageText
from meetings.intake.prepared import NO_TURNS, RENDITIONS, SHARP, PreparedPage, rendition_name
from meetings.intake.verdict import DEFAULT, MEBIBYTE, Limits, Reason, Verdict

PATIENCE = 3  # children that a document may break before the rest of it is given up
VERDICT_SECONDS = 20  # somebody waits for the verdict; pages are made later and may take more
VERDICT_BYTES = 512 * MEBIBYTE
READER_PROCESSES = 32
READER_BYTES = 2048 * MEBIBYTE
READER_SECONDS = 60  # a page


@dataclass(frozen=True)
class Drawing:
    """Which pictures are made of a file's pages, where to, and how far some are turned first."""

    path: Path
    output: Path
    limits: Limits
    turns: Mapping[int, int]
    sharp: bool

    @property
    def renditions(self) -> Collection[str]:
        """Return the names of the pictures of a page."""
        return (SHARP,) if self.sharp else RENDITIONS


def inspect_file(path: Path, name: str, limits: Limits = DEFAULT) -> Verdict:
    """Return the verdict on a file; raise FileNotFoundError if there is none."""
    tight = replace(
        limits,
        wall_seconds=min(limits.wall_seconds, VERDICT_SECONDS),
        address_space=min(limits.address_space, VERDICT_BYTES),
    )
    with closing(sandbox.run("inspect", path, arguments={"name": name}, limits=tight)) as answers:
        try:
            return Verdict.from_json(next(answers, {"reason": Reason.CRASHED}))
        except ValueError:
            return Verdict(reason=Reason.CRASHED)


def prepare_pages(
    path: Path,
    output: Path,
    numbers: Sequence[int],
    limits: Limits = DEFAULT,
    *,
    turns: Mapping[int, int] = NO_TURNS,
) -> Iterator[PreparedPage]:
    """Yield each page in the order asked, its first pictures lying in the output folder by then.

    Pages count from 1; `turns` says by how many quarters, against the clock, some are turned
    first. A page that breaks its child has a reason and costs no other page.
    """
    drawing = Drawing(path, output, limits, turns, sharp=False)
    return in_lanes(numbers, partial(_prepared, drawing))


def sharpen_pages(
    path: Path,
    output: Path,
    numbers: Sequence[int],
    limits: Limits = DEFAULT,
    *,
    turns: Mapping[int, int] = NO_TURNS,
) -> Iterator[PreparedPage]:
    """Yield each page without its text, its sharp picture lying in the output folder by then."""
    drawing = Drawing(path, output, limits, turns, sharp=True)
    return in_lanes(numbers, partial(_prepared, drawing))


def page_texts(
    path: Path,
    count: int,
    *,
    numbers: Sequence[int] | None = None,
    recognise: bool = True,
    limits: Limits = DEFAULT,
) -> Iterator[PageText]:
    """Yield the text of some pages of a PDF, or of all; a page that breaks its child has none."""
    allowed = reading_limits(limits) if recognise else limits
    asked = range(1, count + 1) if numbers is None else numbers
    return in_lanes(asked, partial(_read, path, allowed, recognise=recognise))


def reading_limits(limits: Limits) -> Limits:
    """Return what a child may use that reads pictures: a program, its memory and its time."""
    return replace(
        limits,
        processes=READER_PROCESSES,
        address_space=max(limits.address_space, READER_BYTES),
        cpu_seconds=max(limits.cpu_seconds, READER_SECONDS),
        wall_seconds=max(limits.wall_seconds, 2 * READER_SECONDS),
    )


def _read(
    path: Path, limits: Limits, numbers: Sequence[int], *, recognise: bool, beside: bool
) -> Pages[PageText]:
    waiting = deque(numbers)
    broken = 0
    while waiting and broken < PATIENCE:
        yield from _texts(path, waiting, limits, recognise=recognise, beside=beside)
        if waiting:
            broken += 1
            yield PageText(number=waiting.popleft())
    for number in waiting:
        yield PageText(number=number)


def _texts(
    path: Path, waiting: deque[int], limits: Limits, *, recognise: bool, beside: bool
) -> Iterator[PageText | None]:
    """Yield None once a child works, then pages, and take them off the list."""
    arguments = {"numbers": list(waiting), "recognise": recognise}
    with closing(
        sandbox.run("text", path, arguments=arguments, limits=limits, announced=True, beside=beside)
    ) as answers:
        begun = next(answers, {})
        yield None
        for answer in chain([begun] if begun else (), answers):
            try:
                page = PageText.from_json(answer)
            except ValueError:
                return
            if page.number != waiting[0]:
                return
            waiting.popleft()
            yield page
            if not waiting:
                return


def _prepared(drawing: Drawing, numbers: Sequence[int], *, beside: bool) -> Pages[PreparedPage]:
    waiting = deque(numbers)
    broken: list[Reason] = []
    while waiting and len(broken) < PATIENCE:
        reason = yield from _prepare(drawing, waiting, beside=beside)
        if waiting:
            broken.append(reason)
            yield PreparedPage(number=waiting.popleft(), reason=reason)
    for number in waiting:
        yield PreparedPage(number=number, reason=broken[-1])


def _prepare(
    drawing: Drawing, waiting: deque[int], *, beside: bool
) -> Generator[PreparedPage | None, None, Reason]:
    """Yield None and then pages, which are off the list then; return why the child ended."""
    arguments = {
        "numbers": list(waiting),
        "turns": list(drawing.turns.items()),
        "sharp": drawing.sharp,
    }
    with (
        _staged(drawing.output) as staging,
        closing(
            sandbox.run(
                "pages",
                drawing.path,
                output=staging,
                arguments=arguments,
                limits=drawing.limits,
                announced=True,
                beside=beside,
            )
        ) as answers,
    ):
        begun = next(answers, {})  # later ones that say nothing are a child that lies
        yield None
        for answer in chain([begun] if begun else (), answers):
            try:
                if "number" not in answer:
                    return Reason(answer["reason"])
                page = _collected(answer, waiting[0], staging, drawing)
            except (KeyError, ValueError, OSError):
                return Reason.CRASHED
            waiting.popleft()
            yield page
            if not waiting:
                break
    return Reason.CRASHED


@contextmanager
def _staged(output: Path) -> Iterator[Path]:
    """Lend a folder in which a child may leave what is looked at before it is taken."""
    with tempfile.TemporaryDirectory(dir=output, prefix=".", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _collected(
    answer: Mapping[str, Any], number: int, staging: Path, drawing: Drawing
) -> PreparedPage:
    """Move a page's pictures to where the child cannot reach, and only if pictures they are."""
    page = PreparedPage.from_json(answer)
    if page.number != number:
        message = f"page {page.number} instead of {number}"
        raise ValueError(message)
    for rendition in drawing.renditions if page.reason is None else ():
        name = rendition_name(number, rendition)
        moved = (staging / name).replace(drawing.output / name)
        if not S_ISREG(moved.lstat().st_mode):
            moved.unlink()  # a link would lead whoever reads it out of the folder
            message = f"{moved.name} is no plain file"
            raise ValueError(message)
    return page
