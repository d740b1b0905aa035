"""Judge what was changed in a PDF after it was signed; runs in the sandbox."""

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from meetings.intake.signatures.signature import Changes

LEVELS = {
    ModificationLevel.NONE: Changes.NONE,
    ModificationLevel.LTA_UPDATES: Changes.FORM,
    ModificationLevel.FORM_FILLING: Changes.FORM,
    ModificationLevel.ANNOTATIONS: Changes.ANNOTATION,
}
# What a later save may touch in an object of this kind without touching what the pages show.
HARMLESS: dict[str, set[str]] = {
    "/Page": {"/Annots", "/Tabs", "/LastModified"},
    "/Catalog": {"/AcroForm", "/DSS", "/Metadata", "/Extensions", "/Version"},
    "/Annot": {"/Popup", "/M"},
}
RECORDS = {"/Metadata", "/XRef", "/ObjStm"}
LAID_ON = {"/Stamp", "/FreeText", "/Text", "/Popup", "/Widget", "/Ink", "/Square", "/Highlight"}


def changes_after(signature: EmbeddedPdfSignature) -> Changes:
    """Return the gravest change after a signature."""
    found = signature.diff_result
    if isinstance(found, DiffResult):
        return LEVELS.get(found.modification_level, Changes.CONTENT)
    if signature.signed_revision + 1 == signature.reader.xrefs.total_revisions:
        return Changes.NONE if signature.coverage.name == "ENTIRE_FILE" else Changes.UNKNOWN
    return _look(signature.reader, signature.signed_revision)


def _look(reader: PdfFileReader, signed: int) -> Changes:
    """Tell annotations that were laid on the pages from all that replaces what was there."""
    before = reader.get_historical_resolver(signed)
    touched: set[generic.Reference] = set()
    for revision in range(signed + 1, reader.xrefs.total_revisions):
        touched |= set(reader.xrefs.explicit_refs_in_revision(revision))
    replaced = [reference for reference in touched if _was(reader, reference, signed)]
    if all(_is_harmless(before, reader, reference) for reference in replaced):
        return Changes.ANNOTATION
    return Changes.CONTENT


def _was(reader: PdfFileReader, reference: generic.Reference, signed: int) -> bool:
    return reader.xrefs.get_historical_ref(reference, signed) is not None


def _is_harmless(
    before: HistoricalResolver, reader: PdfFileReader, reference: generic.Reference
) -> bool:
    old, new = before.get_object(reference), reader.get_object(reference)
    if _written(old) == _written(new) or _is_info(reader, reference):
        return True
    if isinstance(old, generic.ArrayObject) and isinstance(new, generic.ArrayObject):
        return _only_adds(old, new)
    if isinstance(old, generic.DictionaryObject) and isinstance(new, generic.DictionaryObject):
        return _only_touches(old, new)
    return False


def _is_info(reader: PdfFileReader, reference: generic.Reference) -> bool:
    """Tell whether an object holds title and author, which no page shows."""
    info = reader.trailer.raw_get("/Info") if "/Info" in reader.trailer else None
    return isinstance(info, generic.IndirectObject) and info.idnum == reference.idnum


def _only_adds(old: generic.ArrayObject, new: generic.ArrayObject) -> bool:
    """Tell whether a list keeps its items, and those added are things laid on a page."""
    kept = [_written(old.raw_get(index)) for index in range(len(old))]
    now = [_written(new.raw_get(index)) for index in range(len(new))]
    return now[: len(kept)] == kept and all(
        isinstance(item, generic.DictionaryObject) and item.get("/Subtype") in LAID_ON
        for item in (new[index] for index in range(len(kept), len(new)))
    )


def _only_touches(old: generic.DictionaryObject, new: generic.DictionaryObject) -> bool:
    kind = old.get("/Type", "")
    if kind in RECORDS or "/SigFlags" in old:
        return bool(kind == new.get("/Type", ""))
    names = {
        name for name in {*old, *new} if _written(_raw(old, name)) != _written(_raw(new, name))
    }
    laid = "/Annots" not in names or _only_adds(*(_annotations(page) for page in (old, new)))
    return laid and kind == new.get("/Type", "") and names <= HARMLESS.get(kind, set())


def _annotations(page: generic.DictionaryObject) -> generic.ArrayObject:
    return page.get("/Annots", generic.ArrayObject())


def _raw(holder: generic.DictionaryObject, name: str) -> Any:
    return holder.raw_get(name) if name in holder else generic.NullObject()


def _written(value: Any) -> Any:
    """Return what an object says, in whatever order; a program that saves again may sort it."""
    if isinstance(value, generic.DictionaryObject):
        said = {name: _written(value.raw_get(name)) for name in value if name != "/Length"}
        data = value.encoded_data if isinstance(value, generic.StreamObject) else b""
        return said, data
    if isinstance(value, generic.ArrayObject):
        return [_written(value.raw_get(index)) for index in range(len(value))]
    if isinstance(value, generic.IndirectObject):
        return "reference", value.idnum, value.generation
    stream = BytesIO()
    value.write_to_stream(stream, None)
    return stream.getvalue()
