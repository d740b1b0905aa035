"""Read what the head and the foot of a document say of it."""

from meetings.intake.header.header import Field, Header
from meetings.intake.header.reader import read_header

__all__ = ["Field", "Header", "read_header"]
