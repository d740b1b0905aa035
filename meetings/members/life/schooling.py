"""What lists write of schools and diplomas, as the levels that reports count."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from meetings.intake.fold import words_of

CLASS = re.compile(r"(\d{1,2}) ?/ ?(1[02])")
"""A class of the school of twelve years, or of the older one of ten."""


class School(StrEnum):
    """General education (giáo dục phổ thông)."""

    PRIMARY = "primary"
    LOWER = "lower_secondary"
    UPPER = "upper_secondary"
    UNKNOWN = "unknown"


class Training(StrEnum):
    """Professional training (chuyên môn, nghiệp vụ)."""

    NONE = "none"
    ELEMENTARY = "elementary"
    INTERMEDIATE = "intermediate"
    COLLEGE = "college"
    UNIVERSITY = "university"
    MASTER = "master"
    DOCTOR = "doctor"
    OTHER = "other"


FIRST_CLASSES = {
    12: ((10, School.UPPER), (6, School.LOWER), (0, School.PRIMARY)),
    10: ((8, School.UPPER), (5, School.LOWER), (0, School.PRIMARY)),
}
"""The first class of each level, in the school of so many years."""
SCHOOLS = (
    (("trung hoc pho thong", "thpt", "cap 3", "cap iii"), School.UPPER),
    (("trung hoc co so", "thcs", "cap 2", "cap ii"), School.LOWER),
    (("tieu hoc", "cap 1", "cap i"), School.PRIMARY),
)
TRAININGS = (
    (("tien si", "ts"), Training.DOCTOR),
    (("thac si", "thac sy", "ths", "cao hoc", "chuyen khoa ii"), Training.MASTER),
    (("dai hoc", "cu nhan", "ky su", "bac si", "bac sy", "dh", "duoc si"), Training.UNIVERSITY),
    (("cao dang", "cd"), Training.COLLEGE),
    (("trung cap", "trung hoc chuyen nghiep", "tc"), Training.INTERMEDIATE),
    (("so cap", "cong nhan ky thuat"), Training.ELEMENTARY),
    (("khong", "chua qua dao tao", "chua"), Training.NONE),
)
"""The words for each level, the highest first: of two diplomas the higher one counts."""
DISTINCT = 4096
"""Texts whose level is remembered: a province writes the same ones a thousand times."""
Level = TypeVar("Level", bound=StrEnum)


@lru_cache(DISTINCT)
def school_of(text: str) -> School:
    """Return the level of the school that somebody went to: 9/12, 10/10, THPT."""
    found = CLASS.search(text)
    if found:
        year, system = int(found[1]), int(found[2])
        return next(level for first, level in FIRST_CLASSES[system] if year >= first)
    return _meant(text, SCHOOLS, School.UNKNOWN)


@lru_cache(DISTINCT)
def training_of(text: str) -> Training:
    """Return the level of a diploma; nothing written is none."""
    if not text.strip():
        return Training.NONE
    return _meant(text, TRAININGS, Training.OTHER)


def _meant(text: str, known: tuple[tuple[tuple[str, ...], Level], ...], otherwise: Level) -> Level:
    words = f" {' '.join(words_of(text).split())} "
    for spellings, level in known:
        if any(f" {spelling} " in words for spelling in spellings):
            return level
    return otherwise
