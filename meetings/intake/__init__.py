"""What a file becomes: its verdict and its pages; parsers run in a sandboxed child only."""

from meetings.intake.prepared import RENDITIONS, Box, PreparedPage, Word, rendition_name
from meetings.intake.sandbox import state as sandbox_state
from meetings.intake.sandboxed import inspect_file, prepare_pages
from meetings.intake.verdict import Limits, Reason, Verdict

__all__ = [
    "RENDITIONS",
    "Box",
    "Limits",
    "PreparedPage",
    "Reason",
    "Verdict",
    "Word",
    "inspect_file",
    "prepare_pages",
    "rendition_name",
    "sandbox_state",
]
