"""The light pictures that a child makes of the pictures of pages; asked from outside."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from meetings.intake import sandbox
from meetings.intake.copies import is_left, packed
from meetings.intake.verdict import DEFAULT, Limits


def lighten_pictures(
    pictures: Sequence[Path], output: Path, limits: Limits = DEFAULT
) -> list[Path | None]:
    """Return the light picture of each picture, left in an empty folder; None where none came."""
    arguments = {"packed": len(pictures) > 1}
    with (
        packed(pictures) as source,
        closing(
            sandbox.run("lighten", source, output=output, arguments=arguments, limits=limits)
        ) as answers,
    ):
        told = sum("number" in answer for answer in answers)
    made = [output / f"{number}.webp" for number in range(1, len(pictures) + 1)]
    return [file if at < told and is_left(file) else None for at, file in enumerate(made)]
