"""Read a folder of texts and of questions whose answer is known."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search_index import fold

TEXTS = ("phapdien-articles.jsonl.gz", "vbpl-full-documents.jsonl.gz")
QUESTIONS = "queries-known-item.jsonl"
PAGE = 3000

_SIGNS = re.compile(r"\W+")
_NO_YEAR = re.compile(r"[0-9]+\W[^\W\d]")


@dataclass(frozen=True)
class Paper:
    """Hold what an engine is given of a document."""

    id: str
    title: str
    number: str
    text: str
    issued_on: int = 0

    def untitled(self) -> "Paper":
        """Return the paper without its title."""
        return Paper(self.id, "", self.number, self.text, self.issued_on)

    def pages(self) -> Iterator[str]:
        """Yield the text in pages, broken between lines or words."""
        at = 0
        while at < len(self.text) or at == 0:
            end = at + PAGE
            if end < len(self.text):
                space = max(self.text.rfind(" ", at, end), self.text.rfind("\n", at, end))
                end = space if space > at else end
            yield self.text[at:end]
            at = end


@dataclass(frozen=True)
class Question:
    """Hold what is typed, with and without accents, and the documents that answer it."""

    kind: str
    forms: tuple[str, str]
    answers: frozenset[str]


def seven_forms(number: str) -> tuple[str, ...]:
    """Return the ways in which people type the number of a document."""
    zero = number[1:] if number.startswith("0") else f"0{number}"
    spaced = " ".join(_SIGNS.sub(" ", number).lower().split())
    joined = _SIGNS.sub("", number, count=1) if _NO_YEAR.match(number) else number
    plain = fold(number).upper()
    return number, spaced, joined, f"số {number}", f"Số: {number}", plain, zero


def papers(folder: Path) -> list[Paper]:
    """Return the documents of a folder."""
    return [_paper(row) for name in TEXTS for row in _rows(folder / name)]


def questions(folder: Path) -> list[Question]:
    """Return the questions of a folder."""
    lines = (folder / QUESTIONS).read_text("utf-8").splitlines()
    return [_question(json.loads(line)) for line in lines if line.strip()]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _paper(row: dict[str, Any]) -> Paper:
    number = row.get("number") or row.get("doc_number") or ""
    day = (row.get("issued") or row.get("effective") or "").replace("-", "")
    issued_on = int(day) if day.isdigit() else 0
    return Paper(row["id"], row["title"] or "", number, row["text"] or "", issued_on)


def _question(row: dict[str, Any]) -> Question:
    forms = row["query"], row["query_no_diacritics"]
    return Question(row["kind"], forms, frozenset(row["relevant"]))
