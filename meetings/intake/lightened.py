"""The light pictures that a child makes of the pictures of pages; asked from outside."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from meetings.intake import sandbox
from meetings.intake.copies import is_left, packed
from meetings.intake.verdict import DEFAULT, Limits

BROKEN = 4  # pictures of a batch that may end their child before the others are given up


def lighten_pictures(
    pictures: Sequence[Path], output: Path, limits: Limits = DEFAULT
) -> list[Path | None]:
    """Return the light picture of each picture, left in an empty folder; None where none came.

    A picture that ends its child costs nobody else theirs, unless many do.
    """
    made: list[Path | None] = []
    for attempt in range(BROKEN):
        folder = output / str(attempt)
        folder.mkdir()
        made += _made(pictures[len(made) :], folder, limits)
        if len(made) == len(pictures):
            return made
        made.append(None)
    return made + [None] * (len(pictures) - len(made))


def _made(pictures: Sequence[Path], output: Path, limits: Limits) -> list[Path | None]:
    """Return the light pictures of the first pictures, as far as one child came."""
    if not pictures:
        return []
    arguments = {"packed": len(pictures) > 1}
    with (
        packed(pictures) as source,
        closing(
            sandbox.run("lighten", source, output=output, arguments=arguments, limits=limits)
        ) as answers,
    ):
        told = sum("number" in answer for answer in answers)
    made = [output / f"{number}.webp" for number in range(1, len(pictures) + 1)]
    return [file if is_left(file) else None for file in made[:told]]
