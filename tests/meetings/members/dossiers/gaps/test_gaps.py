"""What a dossier has and lacks: by its papers, by the record, by what its keeper says."""

import pytest
from sqlalchemy import select

from meetings.members.dossiers.gaps import queries, services
from meetings.members.dossiers.gaps.queries import Presence
from meetings.members.dossiers.strips.strip import Piece
from meetings.models import AuditEntry, DossierMark, Mark, PieceState
from tests import factories
from tests.meetings.members.conftest import admitted, official

DONE, TRAY = PieceState.ACCEPTED, PieceState.TRAY
HAS = [Piece(1, 2, 2, DONE), Piece(3, 3, 5), Piece(4, 4, 61, DONE), Piece(5, 5, 61, TRAY)]


@pytest.fixture
def member(enter, fill):
    """A full member with a CV and a self-review; the decision of admission waits."""
    entered = enter(admitted(), official())
    fill(entered, HAS)
    return entered


def presences(session, member) -> dict[int, Presence]:
    return {line.kind.number: line.presence for line in queries.lines_of(session, member)}


def missing(session, member) -> list[int]:
    return [kind.number for kind in queries.missing(queries.lines_of(session, member))]


def test_every_one_of_the_104_kinds_has_a_state(session, member):
    found = presences(session, member)
    assert list(found) == list(range(1, 105))
    assert {n for n, p in found.items() if p is Presence.THERE} == {2, 61}
    assert set(found.values()) == {Presence.THERE, Presence.UNKNOWN}


def test_missing_is_what_the_record_asks_for_and_no_accepted_paper_proves(
    session, member, enter, fill
):
    assert missing(session, member) == [5, 7]
    again = enter(admitted(), full_name="Lò Văn Hai")
    fill(again, [Piece(1, 2, 2, DONE), Piece(3, 5, 6, DONE)])
    assert missing(session, again) == []
    assert missing(session, enter(full_name="Lò Văn Ba")) == [2]


def test_what_the_keeper_says_counts(session, commune, member):
    marks = {5: Mark.NOT_ARISEN, 2: Mark.TO_SUPPLEMENT, 61: Mark.NOT_ARISEN, 90: Mark.TO_SUPPLEMENT}
    services.mark(session, member, marks, by=commune.keeper)
    found = presences(session, member)
    assert (found[5], found[2]) == (Presence.NOT_ARISEN, Presence.TO_SUPPLEMENT)
    assert found[61] is Presence.THERE
    assert missing(session, member) == [2, 7]
    services.mark(session, member, {2: None, 5: None}, by=commune.keeper)
    assert missing(session, member) == [5, 7]


def test_the_keeper_marks_kinds_on_the_page_and_what_is_unchanged_overwrites_nothing(
    session, commune, keeper, member
):
    at = f"/members/{member.id}/dossier/kinds"
    sent = {"kind-9": "not_arisen", "was-9": "", "kind-10": "", "was-10": ""}
    services.mark(session, member, {10: Mark.TO_SUPPLEMENT}, by=commune.keeper)
    session.commit()
    assert keeper.submit(at, **sent).status_code == 303
    marks = {m.kind: m.mark for m in session.scalars(select(DossierMark))}
    assert marks == {9: Mark.NOT_ARISEN, 10: Mark.TO_SUPPLEMENT}
    session.rollback()
    html = keeper.get(at).get_data(as_text=True)
    assert "Còn thiếu ưu tiên 1" in html
    assert "07. Quyết định công nhận đảng viên chính thức" in html
    assert keeper.submit(at, **{"kind-9": "burnt"}).status_code == 422


def test_a_body_counts_its_members_and_lists_whose_dossiers_lack_something(
    session, commune, keeper, member, enter, fill
):
    whole = enter(admitted(), full_name="Quàng Văn Đủ")
    fill(whole, [Piece(1, 4, 2, DONE), Piece(5, 5, 5, DONE)])
    elsewhere = factories.member(session, factories.body(session), full_name="Vì Văn Xa")
    session.commit()
    at = f"/bodies/{commune.commune.id}/dossiers"
    html = keeper.get(at).get_data(as_text=True)
    assert "1/2 hồ sơ" in html
    assert member.full_name in html
    assert "Quàng Văn Đủ" not in html
    everybody = keeper.get(f"{at}?all=1").get_data(as_text=True)
    assert "Quàng Văn Đủ" in everybody
    assert elsewhere.full_name not in everybody
    other = keeper.get(f"/bodies/{commune.other_cell.id}/dossiers").get_data(as_text=True)
    assert "Không thiếu" in other
    [gap] = [g for g in queries.gaps_of(session, commune.cell, by=commune.keeper) if g.missing]
    assert (gap.papers, gap.waiting) == (2, 2)


def test_the_list_is_a_file_that_is_recorded(session, commune, keeper, member):
    at = f"/bodies/{commune.cell.id}/dossiers/file"
    text = keeper.get(f"{at}?format=csv").get_data().decode("utf-8-sig")
    assert member.full_name in text
    assert "05. Quyết định kết nạp đảng viên; 07." in text
    assert keeper.get(f"{at}?format=xlsx").data.startswith(b"PK")
    for wrong in ("docx", "exe", ""):
        assert keeper.get(f"{at}?format={wrong}").status_code == 404
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "dossiers:count"))
    assert {e.subject_id for e in entries} == {str(commune.cell.id)}


def test_nobody_but_the_keeper_sees_what_is_missing(sign_in, commune, world, member):
    own, body = f"/members/{member.id}/dossier/kinds", f"/bodies/{commune.cell.id}/dossiers"
    for who in (commune.secretary, world.clerk, world.administrator):
        client = sign_in(who)
        for address in (own, body, f"{body}/file?format=csv", f"{body}/packages"):
            assert client.get(address).status_code == 404


def test_events_name_papers_of_the_first_priority_that_prove_them():
    for event, kinds in queries.PROVEN_BY.items():
        assert kinds, event
        assert set(kinds) <= set(range(1, 37))
