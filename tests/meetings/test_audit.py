import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from meetings import audit
from meetings.audit import Deed
from meetings.models import AuditEntry, Decision


@pytest.fixture
def ledger(session: Session) -> Session:
    """Three lines, committed."""
    for number in range(3):
        audit.record(session, Deed(action="document:read", detail={"page": number}))
    session.commit()
    return session


def test_an_untouched_ledger_is_whole(ledger: Session):
    assert list(audit.broken(ledger)) == []


def test_an_empty_ledger_is_whole(session: Session):
    assert list(audit.broken(session)) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_entry SET action = 'other' WHERE seq = 2",
        "UPDATE audit_entry SET decision = 'refused' WHERE seq = 2",
        "UPDATE audit_entry SET detail = '{}' WHERE seq = 2",
        "UPDATE audit_entry SET previous = digest WHERE seq = 2",
    ],
)
def test_a_changed_line_is_found(ledger: Session, tampering: str):
    ledger.execute(text(tampering))
    ledger.expire_all()
    assert 2 in list(audit.broken(ledger))


def test_a_removed_line_is_found_at_the_next_one(ledger: Session):
    ledger.execute(text("DELETE FROM audit_entry WHERE seq = 2"))
    assert list(audit.broken(ledger)) == [3]


def test_lines_of_a_rolled_back_change_never_were(ledger: Session):
    audit.record(ledger, Deed(action="meeting:release", decision=Decision.REFUSED))
    ledger.rollback()
    assert ledger.scalar(select(func.count(AuditEntry.seq))) == 3
