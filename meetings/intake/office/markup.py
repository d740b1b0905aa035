"""What the XML of an office file betrays: entities, fields that run programs, remote parts."""

import re
from collections.abc import Mapping
from typing import IO

from lxml import etree

from meetings.intake.verdict import MEBIBYTE, Reason

DEEPEST = 250
_FIELDS = ("instrText", "fldSimple")
_DDE = re.compile(r"(?:^|[\s{])DDE(?:AUTO)?(?:\s|$)", re.IGNORECASE)
_REMOTE = re.compile(
    r"\s*(?:(?:https?|ftps?|smb|mhtml|ms-[a-z-]+|javascript)\s*:|[\\/]{2}|file:(?:[\\/]{4}|//[^/\\]))",
    re.IGNORECASE,
)
_PROGRAMS = {"ddeLink", "dde-source", "dde-connection-decl", "dde-link", "plugin", "applet"}
_FETCHED = {"image", "object", "object-ole", "floating-frame", "section-source", "fill-image"}
_LOADED = {"background-image", "cell-range-source", "table-source", "audio", "video", "sound"}
_READS = MEBIBYTE // 4


class _RefusalError(Exception):
    """A part is refused for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def refusal_of_part(part: IO[bytes], name: str) -> Reason | None:
    """Return why a part is refused; no tree is built, so its size costs time only."""
    watch = _Watch(name)
    parser = etree.XMLParser(
        target=watch, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    try:
        while content := part.read(_READS):
            parser.feed(content)
        parser.close()
    except _RefusalError as refusal:
        return refusal.reason
    except etree.XMLSyntaxError:
        return Reason.DAMAGED
    return None


class _Watch:
    """Look at each element of a part as the parser comes upon it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.field: list[str] = []
        self.is_in_field = False

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """Refuse a document type: whoever declares one wants entities."""
        raise _RefusalError(Reason.ACTIVE_CONTENT)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Judge an element by its name and attributes, whatever their prefixes."""
        local = _local(tag)
        self.depth += 1
        if self.depth > DEEPEST:
            raise _RefusalError(Reason.BOMB)
        self.is_in_field = local in _FIELDS
        own = {_local(name): value for name, value in attributes.items()}
        if "instr" in own:
            self.field.append(f" {own['instr']} ")
        reason = _judged(local, own)
        if reason:
            raise _RefusalError(reason)

    def data(self, text: str) -> None:
        """Collect the commands of fields, which Word cuts into runs as it likes."""
        if self.is_in_field:
            self.field.append(text)

    def end(self, tag: str) -> None:
        """Leave an element; a paragraph's end is the end of its fields' commands."""
        self.depth -= 1
        self.is_in_field = False
        if _local(tag) == "p":
            self._judge_fields()

    def close(self) -> None:
        """End the part."""
        self._judge_fields()

    def _judge_fields(self) -> None:
        commands, self.field = "".join(self.field), []
        if _DDE.search(commands):
            raise _RefusalError(Reason.ACTIVE_CONTENT)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _judged(local: str, attributes: Mapping[str, str]) -> Reason | None:
    """Return why an element is refused."""
    target = attributes.get("href", "")
    tests = (
        (local == "encryption-data", Reason.ENCRYPTED),
        (local == "event-listener", Reason.MACROS),
        (local in _PROGRAMS, Reason.ACTIVE_CONTENT),
        (local in _FETCHED | _LOADED and bool(_REMOTE.match(target)), Reason.ACTIVE_CONTENT),
        (local == "Relationship" and _is_fetched(attributes), Reason.ACTIVE_CONTENT),
    )
    return next((reason for is_so, reason in tests if is_so), None)


def _is_fetched(relationship: Mapping[str, str]) -> bool:
    """Tell whether opening the file fetches what a relationship leads to; links are only shown."""
    kind = relationship.get("Type", "").rpartition("/")[2].casefold()
    if relationship.get("TargetMode", "").casefold() != "external" or kind == "hyperlink":
        return False
    return kind == "oleobject" or bool(_REMOTE.match(relationship.get("Target", "")))
