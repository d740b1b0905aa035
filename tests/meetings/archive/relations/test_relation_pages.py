"""The archivist's page of relations, and what others see of it."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings import clock, vault
from meetings.models import AuditEntry, Document, DocumentType, Relation, RelationKind
from tests import factories


def filed(session, world, symbol: str, year: int, title: str) -> Document:
    return factories.document(
        session,
        world.office,
        symbol=symbol,
        title=title,
        doc_type=DocumentType.RESOLUTION,
        issued_on=date(year, 6, 12),
        archived_at=clock.now(),
    )


@pytest.fixture
def pair(session, world) -> tuple[Document, Document]:
    """A resolution and the one that comes after it, with noise beside them."""
    filed(session, world, "09-NQ/TU", 2022, "Văn bản khác")
    old = filed(session, world, "05-NQ/TU", 2021, "Nghị quyết về chuyển đổi số")
    new = filed(session, world, "08-NQ/TU", 2026, "Nghị quyết về đổi mới sáng tạo")
    session.commit()
    return new, old


def add(client, new: Document, **changes):
    facts = {"kind": "replaces", "symbol": "05-NQ/TU", "since": ""}
    return client.submit(f"/documents/{new.id}/relations", **facts | changes)


def page(client, document: Document, part: str = "record") -> str:
    return client.get(f"/documents/{document.id}/{part}").get_data(as_text=True)


def test_a_relation_that_is_added_shows_at_both_ends(installation, sign_in, world, pair):
    new, old = pair
    assert add(sign_in(world.clerk), new).status_code == 303
    reader = sign_in(world.researcher)
    html = page(reader, old)
    assert "Đã được thay thế bởi" in html
    assert "08-NQ/TU" in html
    assert "Hết hiệu lực" in html
    assert "Thay thế" in page(reader, new)
    with installation.database.reading() as reading:
        [line] = reading.scalars(
            select(AuditEntry).where(AuditEntry.action == "document:relate")
        ).all()
    assert (line.actor_id, line.subject_id) == (world.clerk.id, str(new.id))


def test_a_number_that_fits_two_is_asked_for_again(session, sign_in, world, pair):
    new, old = pair
    twin = filed(session, world, "05-NQ/TU", 2016, "Nghị quyết khóa trước")
    session.commit()
    clerk = sign_in(world.clerk)
    answer = add(clerk, new)
    assert answer.status_code == 422
    assert "12/06/2016" in answer.get_data(as_text=True)
    assert add(clerk, new, target=str(twin.id)).status_code == 303
    assert "05-NQ/TU" in page(clerk, new)
    assert "Đã được thay thế bởi" not in page(clerk, old)
    assert "Đã được thay thế bởi" in page(clerk, twin)


def test_a_number_that_fits_none_is_said(sign_in, world, pair):
    answer = add(sign_in(world.clerk), pair[0], symbol="77-NQ/TU")
    assert answer.status_code == 422
    assert "Không tìm thấy" in answer.get_data(as_text=True)


def test_a_proposal_is_confirmed_as_another_kind_or_rejected(
    session, installation, sign_in, world, pair
):
    new, old = pair
    factories.add(session, Relation(source_id=new.id, target_id=old.id, kind=RelationKind.REPLACES))
    session.commit()
    clerk, reader = sign_in(world.clerk), sign_in(world.researcher)
    assert "Đề xuất, chưa xác nhận" in page(clerk, new, "relations")
    assert "Đề xuất, chưa xác nhận" in page(clerk, old, "relations")
    assert "05-NQ/TU" not in page(reader, new)
    decide = f"/documents/{new.id}/relations/decide"
    chosen = {"target": str(old.id), "kind": "amends"}
    assert clerk.submit(decide, **chosen, deed="confirm").status_code == 303
    assert "Được sửa đổi, bổ sung bởi" in page(reader, old)
    assert clerk.submit(decide, **chosen, deed="reject").status_code == 303
    assert "08-NQ/TU" not in page(reader, old)
    assert clerk.submit(decide, **chosen, deed="confirm").status_code == 422, "it is gone"


def test_its_own_days_are_set_and_a_wrong_end_is_refused(sign_in, world, pair):
    new, _ = pair
    clerk, address = sign_in(world.clerk), f"/documents/{pair[0].id}/relations/force"
    assert clerk.submit(address, start="2026-07-01", end="2026-06-01").status_code == 422
    assert clerk.submit(address, start="2026-07-01", end="2026-07-02").status_code == 303
    html = page(sign_in(world.researcher), new)
    assert "Hết hiệu lực" in html
    assert "2/7/2026" in html.replace("02/07", "2/7").replace("02/7", "2/7")


def test_looking_again_says_how_many_were_found(sign_in, world, pair):
    clerk = sign_in(world.clerk)
    answer = clerk.submit(f"/documents/{pair[0].id}/relations/propose")
    assert answer.status_code == 303
    assert "0 đề xuất mới" in page(clerk, pair[0], "relations")


def test_only_the_office_decides(sign_in, world, pair):
    new, old = pair
    for who in (world.researcher, world.delegate, world.outsider, world.administrator):
        client = sign_in(who)
        assert add(client, new).status_code == 404
        assert client.get(f"/documents/{new.id}/relations").status_code == 404
    assert "Đã được thay thế bởi" not in page(sign_in(world.clerk), old)


def test_the_reader_warns_of_what_no_longer_holds(session, installation, sign_in, world, pair):
    new, old = pair
    version = factories.version(session, installation.keys, installation.store, old, b"%PDF")
    keys, store = installation.keys, installation.store
    files = {
        "words": store.put_bytes(b"[]", key=vault.reading_key(keys, version)).digest,
        "text": store.put_bytes(b"", key=vault.storage_key(keys, version)).digest,
    }
    factories.page(session, version, **files)
    session.commit()
    reader = sign_in(world.researcher)
    assert "văn bản này đã hết hiệu lực" not in reader.get(f"/documents/{old.id}").text.lower()
    add(sign_in(world.clerk), new)
    html = reader.get(f"/documents/{old.id}").text
    assert "Văn bản này đã hết hiệu lực" in html
    assert f'href="/documents/{new.id}"' in html
