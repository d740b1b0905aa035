from datetime import date

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.documents.sameness.queries import twins_of
from meetings.documents.sameness.services import look, mark
from meetings.intake.same.same import SameKind
from meetings.models import AccessLevel, DocumentType, SameChoice, Sameness
from tests import factories

TEXT = " ".join(f"Điều {n}. Cấp ủy các cấp thực hiện nhiệm vụ thứ {n}" for n in range(80))
OTHER = " ".join(f"Khoản {n}, chi ngân sách {n * 7} triệu đồng cho xã {n}" for n in range(80))
NUMBERED = {
    "symbol": "05-TTr/TU",
    "doc_type": DocumentType.SUBMISSION,
    "issuer": "Tỉnh ủy Lam Khê",
    "issued_on": date(2026, 3, 2),
}


@pytest.fixture
def make(session, installation, world):
    """Return a maker of documents whose text was read; each has bytes of its own unless given."""

    def made(text, content=None, body=None, **facts):
        document = factories.document(session, body or world.office, **facts)
        content = content or str(document.id).encode()
        version = factories.version(
            session, installation.keys, installation.store, document, content
        )
        mark(session, version, text)
        return version

    return made


def found(session, version):
    look(session, version)
    query = select(Sameness).where(Sameness.document_id == version.document_id)
    return [(same.kind, same.other_id) for same in session.scalars(query)]


def test_a_near_copy_is_found_among_others(session, make):
    old, _noise = make(TEXT), make(OTHER)
    new = make(TEXT.replace("nhiệm vụ thứ 7", "nhiệm vụ số 7"))
    assert found(session, new) == [(SameKind.TEXT, old.document_id)]
    assert found(session, old) == []


def test_the_same_number_of_the_same_term_is_found_however_it_is_padded(session, make):
    old = make(OTHER, **NUMBERED)
    make("một văn bản khác hẳn", **NUMBERED | {"symbol": "50-TTr/TU"})
    new = make(TEXT, **NUMBERED | {"symbol": "5-TTr/TU"})
    assert found(session, new) == [(SameKind.NUMBER, old.document_id)]


def test_another_term_begins_its_numbers_anew(session, make):
    make(OTHER, **NUMBERED | {"issued_on": date(2022, 3, 2)})
    assert found(session, make(TEXT, **NUMBERED)) == []


def test_the_same_file_is_found_and_what_lies_in_the_bin_is_not(session, make):
    old, binned = make("", content=b"one"), make("", content=b"one")
    binned.document.discarded_at = clock.now()
    new = make("", content=b"one")
    assert found(session, new) == [(SameKind.FILE, old.document_id)]


def test_looking_again_asks_nothing_twice(session, make):
    make(TEXT)
    new = make(TEXT)
    found(session, new)
    row = session.scalars(select(Sameness)).one()
    row.choice = SameChoice.BOTH
    found(session, new)
    assert session.scalars(select(Sameness)).one().choice is SameChoice.BOTH


def test_only_what_a_clerk_may_read_is_offered(session, make, world):
    shown = make(TEXT)
    make(TEXT, access_level=AccessLevel.RESTRICTED)
    make(TEXT, body=world.commune)
    new = make(TEXT)
    look(session, new)
    assert len(session.scalars(select(Sameness)).all()) == 3
    twins = twins_of(session, [new.document_id], by=world.clerk)[new.document_id]
    assert [(twin.id, twin.percent) for twin in twins] == [(shown.document_id, 100)]
    assert not twins_of(session, [new.document_id], by=world.outsider)
