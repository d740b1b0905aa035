"""Lines of the ledger: every field counts, and each line stands on the one before."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from meetings import audit, clock
from meetings.audit import Deed
from meetings.audit.ledger import BEGINNING
from meetings.models import AuditEntry, Decision, new_id
from tests import factories

LENGTH = 4
DEED = {
    "action": "paper:release",
    "actor_id": new_id(),
    "subject_type": "AgendaPaper",
    "subject_id": str(new_id()),
    "decision": Decision.ALLOWED,
    "address": "10.0.0.7",
    "request_id": "0123456789ab",
    "detail": {"giấy": [1, None, {"b": 2, "a": 1}]},
}
OTHER = {
    "action": "paper:recall",
    "actor_id": None,
    "subject_type": "Meeting",
    "subject_id": "",
    "decision": Decision.REFUSED,
    "address": "10.0.0.8",
    "request_id": "ba9876543210",
    "detail": {},
}


@pytest.fixture
def ledger(session: Session) -> Session:
    """A ledger of a few equal deeds, committed."""
    for _ in range(LENGTH):
        audit.record(session, Deed(**DEED))
    session.commit()
    factories.unguard_ledger(session)
    session.expire_all()
    return session


def lines(session: Session) -> list[AuditEntry]:
    session.expire_all()
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.seq)))


def test_a_line_keeps_the_deed_word_for_word(ledger: Session):
    for number, line in enumerate(lines(ledger), start=1):
        assert line.seq == number
        assert {name: getattr(line, name) for name in DEED} == DEED
        assert clock.now() - line.at < timedelta(minutes=1)


def test_a_line_names_the_digest_of_the_one_before(ledger: Session):
    written = lines(ledger)
    assert [line.previous for line in written] == [BEGINNING, *(w.digest for w in written[:-1])]
    assert [line.digest for line in written] == [audit.digest(line) for line in written]


def test_equal_deeds_have_different_digests(ledger: Session):
    assert len({line.digest for line in lines(ledger)}) == LENGTH


def test_each_field_has_another_value_to_be_forged_with():
    assert OTHER.keys() == DEED.keys() == set(Deed.__dataclass_fields__)
    assert all(OTHER[name] != DEED[name] for name in DEED)


@pytest.mark.parametrize("name", OTHER)
@pytest.mark.parametrize("seq", range(1, LENGTH + 1))
def test_a_forged_field_shows_at_its_own_line_only(ledger: Session, name: str, seq: int):
    setattr(lines(ledger)[seq - 1], name, OTHER[name])
    ledger.flush()
    assert list(audit.broken(ledger)) == [seq]


def test_a_forged_hour_shows(ledger: Session):
    lines(ledger)[1].at -= timedelta(microseconds=1)
    ledger.flush()
    assert list(audit.broken(ledger)) == [2]


def test_a_forger_who_mends_the_digest_too_shows_at_the_next_line(ledger: Session):
    forged = lines(ledger)[1]
    forged.action = OTHER["action"]
    forged.digest = audit.digest(forged)
    ledger.flush()
    assert list(audit.broken(ledger)) == [3]


def test_a_ledger_that_lost_its_first_line_shows_it(ledger: Session):
    ledger.execute(text("DELETE FROM audit_entry WHERE seq = 1"))
    assert list(audit.broken(ledger)) == [2]


def test_two_lines_that_changed_places_both_show(ledger: Session):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        ledger.execute(text(f"UPDATE audit_entry SET seq = {new} WHERE seq = {old}"))
    ledger.expire_all()
    assert set(audit.broken(ledger)) >= {2, 3}


def test_the_chain_goes_on_where_a_rolled_back_change_left_it(ledger: Session):
    audit.record(ledger, Deed(**OTHER))
    ledger.rollback()
    audit.record(ledger, Deed(**DEED))
    assert ledger.scalar(select(func.max(AuditEntry.seq))) == LENGTH + 1
    assert list(audit.broken(ledger)) == []


details = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def entry(**changes) -> AuditEntry:
    fixed = {"seq": 1, "at": clock.day_bounds(clock.today())[0], "previous": BEGINNING}
    return AuditEntry(**DEED | fixed | changes)


@given(detail=st.dictionaries(st.text(max_size=5), details, max_size=4))
def test_the_order_of_a_details_keys_does_not_count(detail):
    backwards = dict(reversed(detail.items()))
    assert audit.digest(entry(detail=detail)) == audit.digest(entry(detail=backwards))


@given(left=st.tuples(st.text(), st.text()), right=st.tuples(st.text(), st.text()))
def test_no_text_can_slide_from_one_field_into_the_next(left, right):
    one, other = (entry(subject_type=kind, subject_id=name) for kind, name in (left, right))
    assert (audit.digest(one) == audit.digest(other)) is (left == right)
