"""Days as official Vietnamese writes them: days below 10 and months below 3 take a zero."""

from datetime import date

FIRST_BARE_MONTH = 3
ROOM_FOR_A_PEN = "ngày{0}tháng{0}năm".format("\N{NO-BREAK SPACE}" * 8)


def in_words(day: date | None) -> str:
    """Return "ngày 05 tháng 02 năm 2026"; a document not yet dated leaves room for a pen."""
    if day is None:
        return ROOM_FOR_A_PEN
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def in_figures(day: date) -> str:
    """Return "05/02/2024" or "15/4/2025"."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < FIRST_BARE_MONTH else str(day.month)
