"""Record what was read from a document; what a clerk wrote is never overwritten."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from meetings.models import Document, DocumentType

TRUSTED = 0.6
KINDS = {
    "Nghị quyết": DocumentType.RESOLUTION,
    "Quyết định": DocumentType.DECISION,
    "Quy định": DocumentType.REGULATION,
    "Quy chế": DocumentType.STATUTE,
    "Chỉ thị": DocumentType.DIRECTIVE,
    "Kết luận": DocumentType.CONCLUSION,
    "Thông tri": DocumentType.PARTY_CIRCULAR,
    "Hướng dẫn": DocumentType.GUIDELINE,
    "Thông báo": DocumentType.NOTICE,
    "Báo cáo": DocumentType.REPORT,
    "Tờ trình": DocumentType.SUBMISSION,
    "Kế hoạch": DocumentType.PLAN,
    "Chương trình": DocumentType.PROGRAMME,
    "Chương trình hành động": DocumentType.PROGRAMME,
    "Đề án": DocumentType.SCHEME,
    "Công văn": DocumentType.OFFICIAL_LETTER,
    "Biên bản": DocumentType.MINUTES,
    "Giấy mời": DocumentType.INVITATION,
}


def is_untouched(document: Document) -> bool:
    """Tell whether nobody has described a document yet."""
    described = (document.symbol, document.issued_on, document.issuer, document.signer)
    return document.doc_type is DocumentType.OTHER and not any(described)


def fill_in(document: Document, description: Mapping[str, Any]) -> None:
    """Describe an untouched document by what its header says and can be trusted."""
    if not is_untouched(document):
        return
    said = trusted(description)
    document.symbol = said.get("number", "")
    document.issuer = said.get("issuing_body", "")
    document.signer = said.get("signer", "")
    document.doc_type = KINDS.get(said.get("type", ""), DocumentType.OTHER)
    with suppress(ValueError):
        document.issued_on = date.fromisoformat(said.get("date", ""))
    subject = said.get("subject", "")
    if subject:
        document.title = subject[:1].upper() + subject[1:]


def trusted(description: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a header that are worth offering."""
    fields, confidence = description["metadata"], description["confidence"]
    return {
        name: str(value)
        for name, value in fields.items()
        if value and confidence.get(name, 0) >= TRUSTED
    }
