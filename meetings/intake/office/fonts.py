"""Whether this machine can turn office files into PDF, with every Vietnamese letter on the page."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "soffice"
FAMILIES = ("Times New Roman", "Arial")
LETTERS = "ĐđƠơƯưĂăÂâÊêÔô" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
_SECONDS = 20


@dataclass(frozen=True)
class ConversionState:
    """What conversion finds here: its program, and the letters that a family does not have."""

    has_program: bool
    missing: Mapping[str, str]

    @property
    def is_good(self) -> bool:
        """Tell whether office files become PDF as they were written."""
        return self.has_program and not self.missing


def conversion_state() -> ConversionState:
    """Return what conversion finds on this machine."""
    missing = {family: missing_letters(family) for family in FAMILIES}
    return ConversionState(
        has_program=has_program(),
        missing={family: letters for family, letters in missing.items() if letters},
    )


def has_program() -> bool:
    """Tell whether LibreOffice is installed where the sandboxed child looks for it."""
    return shutil.which(PROGRAM, path="/usr/bin:/bin") is not None


def missing_letters(family: str) -> str:
    """Return the Vietnamese letters that the font standing in for a family does not have."""
    file = _file_of(family)
    known = _letters_of(file) if file else set()
    return "".join(letter for letter in LETTERS if ord(letter) not in known)


def _file_of(family: str) -> Path | None:
    """Return the file in which fontconfig, and so LibreOffice, finds a family or its stand-in."""
    command = ["fc-match", "-f", "%{file}", family]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Path(done.stdout) if done.returncode == 0 and done.stdout else None


def _letters_of(file: Path) -> set[int]:
    """Return the letters of a font, the first of those in its file; none if it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with file.open("rb") as content, TTFont(content, fontNumber=0, lazy=True) as font:
            return set(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return set()
