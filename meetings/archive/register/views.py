"""The register: kinds, runs of numbers, validity; filtered, sorted, fit to be printed."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import render_template, request

from meetings.archive.register.queries import Filters, Register, register_of
from meetings.documents.forms import DOCUMENT_TYPES, VALIDITIES
from meetings.documents.relations.queries import Validity
from meetings.models import DocumentType
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

Choice = TypeVar("Choice", bound=StrEnum)
SORTS = ("number", "date")


def register_page() -> str:
    """Show the register."""
    filters = asked_filters()
    found = register_of(session(), filters, by=person_asking())
    return render_template(
        "archive/register.html",
        register=found,
        filters=filters,
        validities=VALIDITIES,
        choices=_choices(found),
    )


def _choices(found: Register) -> dict[str, list[tuple[object, object]]]:
    """Return the values and words of each filter."""
    return {
        "types": [(kind.value, DOCUMENT_TYPES[kind]) for kind in found.types],
        "years": [(year, year) for year in found.years],
        "bodies": [(body.id, body.name) for body in found.bodies],
        "validities": [(key.value, label) for key, (label, *_look) in VALIDITIES.items()],
    }


def asked_filters() -> Filters:
    """Return what the address narrows the register down by; nonsense narrows nothing."""
    given = request.args
    return Filters(
        doc_type=_one_of(DocumentType, given.get("type", "")),
        year=given.get("year", type=int),
        body=given.get("body", type=UUID),
        validity=_one_of(Validity, given.get("validity", "")),
        sort=given.get("sort", "") if given.get("sort") in SORTS else SORTS[0],
    )


def _one_of(kinds: Iterable[Choice], value: str) -> Choice | None:
    return next((kind for kind in kinds if kind.value == value), None)


def register(pages: Pages) -> None:
    """Add the route of the register."""
    needs = Permission.ARCHIVE_SEARCH
    pages.get("/archive/register", needs=needs, endpoint="register")(register_page)
