"""Ask tesseract what a picture says; runs in the sandbox, never in web or worker."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image

PROGRAM = "tesseract"
LANGUAGES = "vie"
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}  # more of them wait for each other, busily
WORD = "5"  # the level of a row that is a word


@dataclass(frozen=True)
class RecognisedWord:
    """A word that was recognised, its line, its rectangle in pixels, and the trust from 0 to 1."""

    text: str
    confidence: float
    line: tuple[int, int, int]
    left: int
    top: int
    width: int
    height: int

    def scaled(self, factor: float) -> "RecognisedWord":
        """Return the word as it stands on the same picture in another size."""
        sides = (self.left, self.top, self.width, self.height)
        left, top, width, height = (round(factor * side) for side in sides)
        return replace(self, left=left, top=top, width=width, height=height)


def is_available() -> bool:
    """Tell whether the program stands on this machine."""
    return shutil.which(PROGRAM) is not None


def recognise(
    picture: Image.Image,
    *,
    layout: int = 3,
    dpi: int = 300,
    seconds: float = 60,
    letters: str = "",
) -> list[RecognisedWord]:
    """Return the words of an upright picture in reading order.

    `layout` is tesseract's page segmentation mode; `letters` are all that it may read, if any are
    given. Raise OSError where the program fails and
    TimeoutExpired where it takes too long.
    """
    drawn = io.BytesIO()
    picture.convert("L").save(drawn, "PPM")
    command = (PROGRAM, "stdin", "stdout", "-l", LANGUAGES, "--psm", str(layout))
    only = ("-c", f"tessedit_char_whitelist={letters}") if letters else ()
    done = subprocess.run(
        [*command, *only, "--dpi", str(dpi), "tsv"],
        input=drawn.getvalue(),
        capture_output=True,
        timeout=seconds,
        check=False,
        env=os.environ | ONE_THREAD,
    )
    if done.returncode:
        message = f"tesseract ended with {done.returncode}"
        raise OSError(message)
    return list(_words(done.stdout.decode(errors="replace")))


def _words(table: str) -> Iterator[RecognisedWord]:
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == WORD and row["text"].strip():
            yield RecognisedWord(
                row["text"],
                float(row["conf"]) / 100,
                (int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
                *(int(row[name]) for name in ("left", "top", "width", "height")),
            )
