"""Read the picture of a page: upright, straight, word by word; runs in the sandbox."""

from meetings.intake.ocr.recognition import read_picture

__all__ = ["read_picture"]
