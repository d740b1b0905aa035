"""Make the copy of a PDF that is shown: its pages without what acts; runs in the sandbox."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from meetings.intake.cleaned import Cleaned, Removed

VIEWING = "viewing.pdf"

ACTIONS = {
    "/JavaScript": Removed.JAVASCRIPT,
    "/Launch": Removed.LAUNCH,
    "/GoToR": Removed.REMOTE_FILE,
    "/GoToE": Removed.REMOTE_FILE,
    "/Thread": Removed.REMOTE_FILE,
    "/SubmitForm": Removed.SUBMIT_FORM,
    "/ImportData": Removed.IMPORT_DATA,
    "/URI": Removed.EXTERNAL_LINK,
    "/Sound": Removed.MEDIA,
    "/Movie": Removed.MEDIA,
    "/Rendition": Removed.MEDIA,
    "/RichMediaExecute": Removed.MEDIA,
    "/GoTo3DView": Removed.MEDIA,
}
PRINTS = {"/Print", "/PrintDialog"}
HARMLESS = {"/GoTo", "/Named"}
MEDIA = {"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"}
ATTACHED = {"/FileAttachment"}
# Keys that lead to something that acts, wherever they stand in a dictionary.
KEYS = {
    "/JavaScript": Removed.JAVASCRIPT,
    "/JS": Removed.JAVASCRIPT,
    "/EmbeddedFiles": Removed.EMBEDDED_FILE,
    "/EmbeddedFile": Removed.EMBEDDED_FILE,
    "/EF": Removed.EMBEDDED_FILE,
    "/AF": Removed.EMBEDDED_FILE,
    "/Collection": Removed.EMBEDDED_FILE,
    "/XFA": Removed.XFA,
    "/RichMediaContent": Removed.MEDIA,
    "/RichMediaSettings": Removed.MEDIA,
    "/Renditions": Removed.MEDIA,
    "/3DD": Removed.MEDIA,
}
# The number of bytes of an encoded stream means another thing than a file outside.
FILTERS_OF_EXTERNAL = ("/FFilter", "/FDecodeParms")


def clean(source: Path, target: Path) -> Cleaned:
    """Write a copy without what acts, and say what was taken out; the source stays as it is."""
    found: Counter[Removed] = Counter()
    with pikepdf.open(source) as pdf:
        _clean_start(pdf.Root, found)
        for held in [pdf.trailer, *pdf.objects]:
            for holder in _holders(held):
                _clean_holder(holder, found)
        pdf.remove_unreferenced_resources()
        pdf.save(target, encryption=False)
    return Cleaned(removed=dict(found))


def _holders(value: Any) -> Iterator[Any]:
    """Yield the dictionaries and lists that lie in one object, itself first; not those it names."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if not isinstance(held, pikepdf.Object | pikepdf.Page):
            continue
        if isinstance(held, pikepdf.Stream | pikepdf.Dictionary):
            yield held
            waiting += [inner for _, inner in held.items() if _is_direct(inner)]
        elif isinstance(held, pikepdf.Array):
            yield held
            waiting += [inner for inner in held if _is_direct(inner)]


def _is_direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _clean_start(root: Any, found: Counter[Removed]) -> None:
    """Take out what happens on opening, unless it only goes to a page."""
    action = root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/Named":
        del root["/OpenAction"]
        found[Removed.AUTOPRINT if action.get("/N") in PRINTS else Removed.OTHER_ACTION] += 1


def _clean_holder(holder: Any, found: Counter[Removed]) -> None:
    if isinstance(holder, pikepdf.Array):
        _clean_list(holder, found)
        return
    if isinstance(holder, pikepdf.Stream) and "/F" in holder:
        found[Removed.EXTERNAL_STREAM] += 1
        for name in [name for name in ("/F", *FILTERS_OF_EXTERNAL) if name in holder]:
            del holder[name]
    for name in [name for name in KEYS if name in holder]:
        del holder[name]
        found[KEYS[name]] += 1
    _clean_actions(holder, found)


def _clean_list(items: Any, found: Counter[Removed]) -> None:
    """Take annotations that play or carry something off a page."""
    for index in reversed(range(len(items))):
        item = items[index]
        kind = str(item.get("/Subtype", "")) if isinstance(item, pikepdf.Dictionary) else ""
        if kind in MEDIA | ATTACHED and "/Rect" in item:
            del items[index]
            found[Removed.EMBEDDED_FILE if kind in ATTACHED else Removed.MEDIA] += 1


def _clean_actions(holder: Any, found: Counter[Removed]) -> None:
    for name in [name for name in ("/A", "/PA", "/OpenAction", "/Next") if name in holder]:
        action = holder[name]
        several = list(action) if isinstance(action, pikepdf.Array) else [action]
        kinds = [kind for kind in map(_kind, several) if kind is not None]
        if kinds:
            del holder[name]
            found.update(kinds)
    events = holder.get("/AA")
    if events is not None:
        del holder["/AA"]
        actions = events.values() if isinstance(events, pikepdf.Dictionary) else ()
        found.update(_kind(action) or Removed.OTHER_ACTION for action in actions)


def _kind(action: Any) -> Removed | None:
    """Return what an action does beyond the document, None if nothing, or if it is none."""
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return None
    kind = str(action["/S"])
    if kind == "/Named" and action.get("/N") in PRINTS:
        return Removed.AUTOPRINT
    return None if kind in HARMLESS else ACTIONS.get(kind, Removed.OTHER_ACTION)
