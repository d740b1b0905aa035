"""What a file becomes: its verdict and its pages; parsers run in a sandboxed child only."""

from meetings.intake.gate import pass_gate
from meetings.intake.page_text import PageText, Source
from meetings.intake.prepared import RENDITIONS, Box, PreparedPage, Word, rendition_name
from meetings.intake.reading import SCANNED, describe
from meetings.intake.sandbox import state as sandbox_state
from meetings.intake.sandboxed import inspect_file, page_texts, prepare_pages
from meetings.intake.secrecy import page_picture, shown_numbers
from meetings.intake.verdict import Limits, Reason, Verdict
from meetings.intake.viewing import viewing_copy

__all__ = [
    "RENDITIONS",
    "SCANNED",
    "Box",
    "Limits",
    "PageText",
    "PreparedPage",
    "Reason",
    "Source",
    "Verdict",
    "Word",
    "describe",
    "inspect_file",
    "page_picture",
    "page_texts",
    "pass_gate",
    "prepare_pages",
    "rendition_name",
    "sandbox_state",
    "shown_numbers",
    "viewing_copy",
]
