import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
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


@pytest.mark.parametrize("deed", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_only_adds_to_the_ledger(ledger: Session, deed: str):
    with pytest.raises(DBAPIError, match="only added to"):
        ledger.execute(text(deed))


def test_lines_of_a_rolled_back_change_never_were(ledger: Session):
    audit.record(ledger, Deed(action="meeting:release", decision=Decision.REFUSED))
    ledger.rollback()
    assert ledger.scalar(select(func.count(AuditEntry.seq))) == 3
