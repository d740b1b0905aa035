"""A report is some tables of figures under one title; it becomes an official form or a workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from meetings.models import Body
from meetings.press.document import Document, Regime, Signature, Table
from meetings.press.tables import Sheet

ROOM_FOR_A_NUMBER = "…"
LABEL, FIGURE = 4, 1
"""Shares of the line: the words of a row, and each figure."""


@dataclass(frozen=True)
class Row:
    """A row of a table: its words and its figures; `key` is what a page asks more about."""

    label: str
    figures: Sequence[int]
    key: str = ""
    total: bool = False


@dataclass(frozen=True)
class Part:
    """A table; the first column of figures is what its picture shows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]

    def lines(self, written: Callable[[int], str]) -> list[list[str]]:
        """Return the rows as texts, with their figures written in a way."""
        return [[row.label, *map(written, row.figures)] for row in self.rows]


@dataclass(frozen=True)
class Report:
    """A form: its name, what it is about, its tables."""

    name: str
    about: str
    parts: Sequence[Part]


def figure(number: int) -> str:
    """Return a number as people here write it: 1.657."""
    return f"{number:,}".replace(",", ".")


def document(report: Report, body: Body) -> Document:
    """Return a report as an official form, without number and day, which the registry gives."""
    return Document(
        regime=Regime.PARTY_2026,
        superior=body.parent.name.upper() if body.parent else "",
        issuer=body.name.upper(),
        symbol=f"{ROOM_FOR_A_NUMBER}-BC/{body.symbol or ROOM_FOR_A_NUMBER}",
        place=ROOM_FOR_A_NUMBER,
        doc_type=report.name.upper(),
        abstract=report.about,
        issued_by=body.name,
        body=tuple(map(_table, report.parts)),
        signature=Signature("", capacity="T/M CẤP ỦY"),
    )


def workbook(report: Report, body: Body) -> Sheet:
    """Return a report as one list: its tables below each other, with figures to reckon with."""
    width = max((len(part.columns) for part in report.parts), default=1)
    lines = [[report.name], [report.about]]
    for part in report.parts:
        lines += [[], [part.title], list(part.columns), *part.lines(str)]
    padded = [[*line, *[""] * (width - len(line))] for line in lines]
    return Sheet(report.name, [body.name, *[""] * (width - 1)], padded)


def _table(part: Part) -> Table:
    figures = len(part.columns) - 1
    return Table(
        tuple(part.columns),
        tuple(map(tuple, part.lines(figure))),
        (LABEL, *[FIGURE] * figures),
        numeric=frozenset(range(1, figures + 1)),
        caption=part.title,
    )
