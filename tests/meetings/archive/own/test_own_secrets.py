"""A kept search is its person's alone, and tells nothing of what they may not read."""

import re

from sqlalchemy import select

from meetings import clock
from meetings.archive.own import queries, services
from meetings.models import AccessLevel, AuditEntry, Document, DocumentType, SavedSearch, User
from tests import factories
from tests.meetings.archive.own.hands import AT, filed, keep, page


def test_two_people_keep_the_same_search_and_look_for_themselves(
    session, world, sign_in, reader, saved
):
    clerk = sign_in(world.clerk)
    for client, name in ((reader, "Của người đọc"), (clerk, "Của văn thư")):
        keep(client, name, type="plan")
    filed(session, world, "Kế hoạch mới", doc_type=DocumentType.PLAN)
    filed(session, world, "Kế hoạch chưa ban hành", doc_type=DocumentType.PLAN, archived_at=None)
    session.commit()
    assert "1 mới" in page(reader)
    assert "chưa ban hành" not in page(reader)
    assert "2 mới" in page(clerk)
    assert "Của người đọc" not in page(clerk)
    first, second = saved()
    assert {first.user_id, second.user_id} == {world.researcher.id, world.clerk.id}
    mine = first if first.user_id == world.researcher.id else second
    for part in ("look", "drop", "bring-back", "name"):
        assert clerk.submit(f"{AT}/{mine.id}/{part}", name="Cướp").status_code == 404
    assert "1 mới" in page(reader), "another's looking is not one's own"
    reader.submit(f"{AT}/{mine.id}/look")
    assert "1 mới" not in page(reader)
    assert "2 mới" in page(clerk)
    reader.submit(f"{AT}/{mine.id}/drop")
    assert "Đã bỏ" not in page(clerk)
    assert "2 mới" in page(clerk, "/archive")


def test_a_stranger_and_a_forged_request_change_nothing(client, reader, saved):
    keep(reader, "Đất", q="đất")
    [row] = saved()
    for part in ("look", "drop", "bring-back", "name"):
        assert reader.post(f"{AT}/{row.id}/{part}", data={"name": "x"}).status_code == 403
        answer = client.submit(f"{AT}/{row.id}/{part}", name="x")
        assert answer.status_code in {302, 303}
        assert "/sign-in" in answer.location
    assert reader.post(f"{AT}/new?q=x", data={"name": "x"}).status_code == 403
    assert [(one.name, one.dropped_at) for one in saved()] == [("Đất", None)]
    nobody = "00000000-0000-7000-8000-000000000000"
    assert reader.submit(f"{AT}/{nobody}/look").status_code == 404
    assert reader.get(f"{AT}/{row.id}/look").status_code in {404, 405}


def test_dropping_ones_own_leaves_what_another_dropped(sign_in, world, reader, saved):
    clerk = sign_in(world.clerk)
    for client in (clerk, reader):
        keep(client, "Đất", q="đất")
    theirs, mine = sorted(saved(), key=lambda one: one.user_id != world.clerk.id)
    clerk.submit(f"{AT}/{theirs.id}/drop")
    reader.submit(f"{AT}/{mine.id}/drop")
    assert len(saved()) == 2
    assert "“Đất”" in page(clerk)


def test_hidden_documents_come_and_go_without_a_badge(session, world, reader, installation):
    keep(reader, "Tất cả")
    assert "Đã lưu" in page(reader)
    before = page(reader)
    for changes in (
        {"archived_at": None},
        {"access_level": AccessLevel.RESTRICTED},
        {"discarded_at": clock.now()},
    ):
        filed(session, world, "Văn bản kín", **changes)
    factories.document(session, world.commune, title="Văn bản kín", archived_at=clock.now())
    session.commit()
    assert main(page(reader)) == main(before)
    hidden = session.scalars(select(Document).where(Document.title == "Văn bản kín")).all()
    for document in hidden:
        session.delete(document)
    session.commit()
    assert main(page(reader)) == main(before)


def main(shown: str) -> str:
    return re.sub(r'name="?csrf_token[^>]*', "", re.search(r"<main.*</main>", shown, re.DOTALL)[0])


def test_a_hit_that_was_taken_away_is_named_no_more(session, world, reader):
    keep(reader, "Tất cả")
    new = filed(session, world, "Báo cáo thu hồi")
    session.commit()
    assert "Báo cáo thu hồi" in page(reader)
    session.get_one(Document, new.id).archived_at = None
    session.commit()
    shown = page(reader)
    assert "Báo cáo thu hồi" not in shown
    assert "mới</span>" not in shown


def test_the_ledger_tells_nothing_of_what_was_searched(session, world, reader, saved):
    keep(reader, "Tên bí mật", q="chuyện kín", signer="Người Kín")
    [row] = saved()
    for part in ("name", "look", "drop", "bring-back"):
        reader.submit(f"{AT}/{row.id}/{part}", name="Tên khác")
    lines = session.scalars(select(AuditEntry)).all()
    said = " ".join(f"{one.address} {one.detail} {one.subject_id}" for one in lines)
    assert not re.search("bí mật|kín|Kín|Tên khác", said)


def test_no_hits_are_named_to_who_asks_for_none(session, world, installation):
    search = SavedSearch(words="", chosen={}, seen=3, known=None)
    names = [f"{at:032x}" for at in range(5)]
    assert queries.new_among(search, 5, names) == (2, names[:2])
    assert queries.new_among(search, 1, names[:1]) == (0, []), "fewer than were seen"
    services.look(search, 5, names)
    assert queries.new_among(search, 5, names) == (0, [])
    assert queries.new_among(search, 5, [*names[:4], f"{9:032x}"]) == (1, [f"{9:032x}"])
    with installation.database.reading() as reading:
        who = reading.get_one(User, world.outsider.id)
        assert queries.documents_named(reading, names, by=who) == []
        assert queries.searches_of(reading, by=who) == []
