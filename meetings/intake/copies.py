"""Copies of a PDF that a child makes, and what it says of the signatures; asked from outside."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from meetings.intake import edits, sandbox
from meetings.intake.cleaned import Cleaned
from meetings.intake.signatures.signature import Signature
from meetings.intake.verdict import DEFAULT, MEBIBYTE, Limits, Reason

VIEWING = "viewing.pdf"
EDITED = "edited.pdf"
STAMPED = "stamped.pdf"
BOOK_BYTES = 1024 * MEBIBYTE
BOOK_SECONDS = 120


def signatures_of(
    path: Path, limits: Limits = DEFAULT, roots: Sequence[bytes] = ()
) -> list[Signature] | Reason:
    """Return the signatures of a PDF, or why they could not be read; roots are DER."""
    arguments = {"roots": [root.hex() for root in roots]}
    answer = _answer("signatures", path, None, arguments, limits)
    try:
        return [Signature.from_json(one) for one in answer["signatures"]]
    except (KeyError, TypeError, ValueError):
        return _reason(answer)


def clean_file(path: Path, output: Path, limits: Limits = DEFAULT) -> Cleaned | Reason:
    """Leave viewing.pdf in an empty folder and say what was taken out, or why there is none."""
    answer = _answer("clean", path, output, {}, limits)
    try:
        cleaned = Cleaned.from_json(answer)
    except ValueError:
        return _reason(answer)
    return cleaned if is_left(output / VIEWING) else Reason.CRASHED


def edit_pages(
    path: Path,
    ordered: Sequence[edits.Edit],
    output: Path,
    limits: Limits = DEFAULT,
    others: Sequence[Path] = (),
) -> int | Reason:
    """Leave edited.pdf in an empty folder and return its pages, or why there is none.

    A Join names the path itself 1 and the others 2, 3, ...; they go into the sandbox as one file.
    """
    arguments = {"edits": [edits.to_json(edit) for edit in ordered], "packed": bool(others)}
    with packed([path, *others]) as source:
        answer = _answer("edit_pages", source, output, arguments, limits)
    try:
        pages = int(answer["pages"])
    except (KeyError, TypeError, ValueError):
        return _reason(answer)
    return pages if is_left(output / EDITED) else Reason.CRASHED


def cut_file(
    path: Path,
    papers: Sequence[Sequence[tuple[int, int]]],
    output: Path,
    limits: Limits = DEFAULT,
) -> list[list[tuple[str, str]]] | Reason:
    """Leave 1.pdf, 2.pdf, ... in an empty folder; return the digests of their pages.

    Of each page there are two, in the scan and in its paper; a paper names pages and their turns.
    """
    roomy = _roomy(limits, files=len(papers))
    arguments = {"papers": [list(map(list, paper)) for paper in papers]}
    found: list[list[tuple[str, str]]] = []
    with closing(
        sandbox.run("cut", path, output=output, arguments=arguments, limits=roomy)
    ) as answers:
        for number, answer in enumerate(answers, 1):
            if "pages" not in answer or not is_left(output / f"{number}.pdf"):
                return _reason(answer)
            found.append([(str(before), str(after)) for before, after in answer["pages"]])
    return found if len(found) == len(papers) else Reason.CRASHED


def _roomy(limits: Limits, *, files: int) -> Limits:
    return replace(
        limits,
        output_bytes=max(limits.output_bytes, BOOK_BYTES),
        cpu_seconds=max(limits.cpu_seconds, BOOK_SECONDS),
        wall_seconds=max(limits.wall_seconds, BOOK_SECONDS),
        files=limits.files + files,
    )


def stamp_file(
    path: Path,
    sheets: Path,
    output: Path,
    limits: Limits = DEFAULT,
    notes: Sequence[Mapping[str, Any]] = (),
) -> Path | Reason:
    """Leave a copy with the stamp of two sheets on each page; return it, or why there is none.

    Notes, as `annotating` takes them, lie upon its pages as annotations.
    """
    return _stamped([sheets, path], output, limits, {"binds": False, "notes": list(notes)})


def bind_files(
    front: Path, papers: Sequence[Path], sheets: Path, output: Path, limits: Limits = DEFAULT
) -> Path | Reason:
    """Leave the front with each paper after its separator, stamped; or say why there is none."""
    roomy = _roomy(limits, files=2 * len(papers))
    return _stamped([sheets, front, *papers], output, roomy, {"binds": True})


def _stamped(
    paths: Sequence[Path], output: Path, limits: Limits, order: Mapping[str, Any]
) -> Path | Reason:
    with packed(paths) as source:
        answer = _answer("stamp", source, output, order, limits)
    left = output / STAMPED
    return left if "pages" in answer and is_left(left) else _reason(answer)


@contextmanager
def packed(paths: Sequence[Path]) -> Iterator[Path]:
    """Lend one file that holds several, stored as they are; a single one is lent itself."""
    if len(paths) == 1:
        yield paths[0]
        return
    with TemporaryDirectory(dir=paths[0].parent) as folder:
        bundle = Path(folder) / "sources"
        with ZipFile(bundle, "w", ZIP_STORED) as archive:
            for number, path in enumerate(paths, 1):
                archive.write(path, f"{number}.pdf")
        yield bundle


def _answer(
    task: str, path: Path, output: Path | None, arguments: Mapping[str, Any], limits: Limits
) -> Mapping[str, Any]:
    with closing(
        sandbox.run(task, path, output=output, arguments=arguments, limits=limits)
    ) as answers:
        answer: Mapping[str, Any] = next(answers, {"reason": Reason.CRASHED})
        return answer


def _reason(answer: Mapping[str, Any]) -> Reason:
    try:
        return Reason(answer["reason"])
    except (KeyError, ValueError):
        return Reason.CRASHED


def is_left(path: Path) -> bool:
    """Tell whether a child left a plain file; a link would lead its reader elsewhere."""
    return path.exists() and S_ISREG(path.lstat().st_mode)
