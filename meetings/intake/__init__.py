"""What a file becomes: its verdict and its pages; parsers run in a sandboxed child only.

What stands here is fetched when it is asked for: a child needs little of it, and starts often.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meetings.intake.contents import Contents, contents_of
    from meetings.intake.gate import pass_gate
    from meetings.intake.lightened import lighten_pictures
    from meetings.intake.page_text import PageText, Source
    from meetings.intake.prepared import (
        RENDITIONS,
        SHARP,
        Box,
        PreparedPage,
        Word,
        pack_words,
        rendition_name,
        unpack_words,
    )
    from meetings.intake.reading import SCANNED, describe
    from meetings.intake.sandbox import opens_programs as sandbox_opens_programs
    from meetings.intake.sandbox import state as sandbox_state
    from meetings.intake.sandboxed import inspect_file, page_texts, prepare_pages, sharpen_pages
    from meetings.intake.secrecy import page_picture, shown_numbers
    from meetings.intake.verdict import Limits, Reason, Verdict
    from meetings.intake.viewing import viewing_copy

__all__ = [
    "RENDITIONS",
    "SCANNED",
    "SHARP",
    "Box",
    "Contents",
    "Limits",
    "PageText",
    "PreparedPage",
    "Reason",
    "Source",
    "Verdict",
    "Word",
    "contents_of",
    "describe",
    "inspect_file",
    "lighten_pictures",
    "pack_words",
    "page_picture",
    "page_texts",
    "pass_gate",
    "prepare_pages",
    "rendition_name",
    "sandbox_opens_programs",
    "sandbox_state",
    "sharpen_pages",
    "shown_numbers",
    "unpack_words",
    "viewing_copy",
]

_PLACES = {
    "Box": ("prepared", "Box"),
    "Contents": ("contents", "Contents"),
    "contents_of": ("contents", "contents_of"),
    "Limits": ("verdict", "Limits"),
    "PageText": ("page_text", "PageText"),
    "PreparedPage": ("prepared", "PreparedPage"),
    "RENDITIONS": ("prepared", "RENDITIONS"),
    "Reason": ("verdict", "Reason"),
    "SCANNED": ("reading", "SCANNED"),
    "SHARP": ("prepared", "SHARP"),
    "Source": ("page_text", "Source"),
    "Verdict": ("verdict", "Verdict"),
    "Word": ("prepared", "Word"),
    "describe": ("reading", "describe"),
    "inspect_file": ("sandboxed", "inspect_file"),
    "lighten_pictures": ("lightened", "lighten_pictures"),
    "pack_words": ("prepared", "pack_words"),
    "page_picture": ("secrecy", "page_picture"),
    "page_texts": ("sandboxed", "page_texts"),
    "pass_gate": ("gate", "pass_gate"),
    "prepare_pages": ("sandboxed", "prepare_pages"),
    "rendition_name": ("prepared", "rendition_name"),
    "sandbox_opens_programs": ("sandbox", "opens_programs"),
    "sandbox_state": ("sandbox", "state"),
    "sharpen_pages": ("sandboxed", "sharpen_pages"),
    "shown_numbers": ("secrecy", "shown_numbers"),
    "unpack_words": ("prepared", "unpack_words"),
    "viewing_copy": ("viewing", "viewing_copy"),
}


def __getattr__(name: str) -> Any:
    """Fetch what the package offers from the module that has it."""
    try:
        module, own_name = _PLACES[name]
    except KeyError:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message) from None
    return getattr(import_module(f"{__name__}.{module}"), own_name)
