from datetime import date

import pytest

from meetings.documents.reading.services import fill_in, is_untouched, trusted
from meetings.models import DocumentType
from tests import factories

HEADER = {
    "metadata": {
        "number": "436-KL/TU",
        "type": "Kết luận",
        "issuing_body": "Ban Thường vụ Tỉnh ủy Lam Khê",
        "date": "2022-01-28",
        "subject": "về cải cách hành chính",
        "signer": "Nguyễn Văn A",
        "place": None,
    },
    "confidence": dict.fromkeys(
        ("number", "type", "issuing_body", "date", "subject", "signer"), 0.9
    ),
}


@pytest.fixture
def document(session, world):
    return factories.document(session, world.office, title="scan0042")


def known(document):
    names = ("title", "symbol", "doc_type", "issued_on", "issuer", "signer")
    return {name: getattr(document, name) for name in names}


def test_an_untouched_document_is_described_by_its_header(document):
    fill_in(document, HEADER)
    assert known(document) == {
        "title": "Về cải cách hành chính",
        "symbol": "436-KL/TU",
        "doc_type": DocumentType.CONCLUSION,
        "issued_on": date(2022, 1, 28),
        "issuer": "Ban Thường vụ Tỉnh ủy Lam Khê",
        "signer": "Nguyễn Văn A",
    }


@pytest.mark.parametrize(
    "touched",
    [
        {"symbol": "1-BC/TU"},
        {"doc_type": DocumentType.REPORT},
        {"issued_on": date(2020, 1, 1)},
        {"issuer": "Tỉnh ủy"},
        {"signer": "Trần B"},
    ],
)
def test_what_somebody_wrote_is_never_overwritten(document, touched):
    for name, value in touched.items():
        setattr(document, name, value)
    before = known(document)
    assert not is_untouched(document)
    fill_in(document, HEADER)
    assert known(document) == before


def test_what_cannot_be_trusted_or_understood_is_left_open(document):
    doubtful = HEADER["confidence"] | {"number": 0.3, "subject": 0.1}
    strange = HEADER["metadata"] | {"type": "Án lệ", "date": "ngày 28"}
    fill_in(document, {"metadata": strange, "confidence": doubtful})
    assert document.symbol == ""
    assert document.title == "scan0042"
    assert document.doc_type is DocumentType.OTHER
    assert document.issued_on is None


def test_only_values_that_are_there_are_offered():
    assert "place" not in trusted(HEADER)
    assert trusted(HEADER)["number"] == "436-KL/TU"
