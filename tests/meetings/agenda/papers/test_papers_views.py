from io import BytesIO

from pypdf import PdfWriter
from sqlalchemy import select

from meetings import events
from meetings.agenda import services
from meetings.models import AccessLevel, AgendaPaper, AuditEntry, Document, Job
from storage import NoSpace
from tests import factories

JSON = {"Accept": "application/json"}


def pdf(pages=1, width=595):
    writer, target = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width, 842)
    writer.write(target)
    return target.getvalue()


def send(client, item, *files, headers=None):
    data = {
        "csrf_token": client.csrf_token(),
        "files": [(BytesIO(content), name) for name, content in files],
    }
    return client.post(f"/agenda-items/{item.id}/papers", data=data, headers=headers)


def papers(installation, item):
    with installation.database.reading() as session:
        query = select(AgendaPaper).where(AgendaPaper.item_id == item.id)
        return session.scalars(query.order_by(AgendaPaper.position)).all()


def quarantined(installation):
    return list(installation.settings.quarantine_folder.iterdir())


def lay(session, installation, item, owner):
    document = factories.document(session, owner)
    factories.version(session, installation.keys, installation.store, document, b"%PDF")
    return services.lay_paper(session, item, document)


def test_each_file_stands_for_itself(installation, world, sign_in):
    answer = send(
        sign_in(world.clerk),
        world.item,
        ("Báo cáo.pdf", pdf()),
        ("virus.exe", b"MZ not a paper"),
        ("rỗng.pdf", b""),
        ("Tờ trình.pdf", pdf(2)),
        headers=JSON,
    )
    told = answer.json["files"]
    assert [file["ok"] for file in told] == [True, False, False, True]
    assert told[0]["name"] == "Báo cáo.pdf"
    assert all(file["message"] for file in told)
    laid = papers(installation, world.item)
    assert [str(paper.id) for paper in laid] == [told[0]["paper"], told[3]["paper"]]
    assert [str(paper.document_id) for paper in laid] == [
        told[0]["document"],
        told[3]["document"],
    ]
    assert all(paper.released_at is None for paper in laid)
    assert quarantined(installation) == []


def test_a_received_file_is_prepared_for_the_office_to_follow(installation, world, sign_in):
    send(sign_in(world.clerk), world.item, ("a.pdf", pdf()), headers=JSON)
    (paper,) = papers(installation, world.item)
    with installation.database.reading() as session:
        document = session.get_one(Document, paper.document_id)
        (job,) = session.scalars(select(Job).where(Job.kind == "documents.prepare"))
        lines = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "agenda-item:prepare")
        ).all()
    assert job.dedupe_key == f"prepare:{paper.document_id}"
    assert job.topic == events.office_topic(world.meeting.id)
    assert document.body_id == world.office.id
    assert document.access_level is AccessLevel.INTERNAL
    assert document.created_by == world.clerk.id
    assert [line.decision for line in lines] == ["allowed"]


def test_a_clerk_without_clearance_still_sees_what_was_sent(session, installation, world, sign_in):
    world.clerk.clearance = AccessLevel.NORMAL
    session.commit()
    client = sign_in(world.clerk)
    send(client, world.item, ("a.pdf", pdf()))
    (paper,) = papers(installation, world.item)
    text = client.get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    assert f"paper-{paper.id}" in text


def test_the_same_file_again_is_laid_without_a_second_copy(installation, world, sign_in):
    client, content = sign_in(world.clerk), pdf()
    first = send(client, world.item, ("a.pdf", content), headers=JSON).json["files"][0]
    again = send(client, world.planned_item, ("b.pdf", content), headers=JSON).json["files"][0]
    assert again["ok"]
    assert again["document"] == first["document"]
    assert again["message"] != first["message"]
    assert len(papers(installation, world.planned_item)) == 1


def test_without_scripts_every_file_is_told_on_the_page(installation, world, sign_in):
    client = sign_in(world.clerk)
    answer = send(client, world.item, ("Tốt.pdf", pdf()), ("xấu.pdf", b"no"))
    assert answer.status_code == 303
    assert answer.location == f"/meetings/{world.meeting.id}/prepare#item-{world.item.id}"
    text = client.get(answer.location).get_data(as_text=True)
    assert "Tốt.pdf: " in text
    assert "xấu.pdf: " in text
    assert len(papers(installation, world.item)) == 1


def test_sending_no_file_says_so(installation, world, sign_in):
    client = sign_in(world.clerk)
    answer = send(client, world.item)
    assert "notice-warn" in client.get(answer.location).get_data(as_text=True)
    answer = send(client, world.item, headers=JSON)
    assert (answer.status_code, answer.json) == (422, {"files": []})
    assert papers(installation, world.item) == []


def test_a_file_too_large_or_a_full_disk_refuses_that_file(
    installation, world, sign_in, monkeypatch
):
    client = sign_in(world.clerk)

    def full(*_arguments, **_options):
        raise NoSpace

    monkeypatch.setattr(installation.store, "put", full)
    (told,) = send(client, world.item, ("a.pdf", pdf()), headers=JSON).json["files"]
    assert not told["ok"]
    monkeypatch.undo()
    object.__setattr__(installation.settings, "max_upload", 100)
    (large,) = send(client, world.item, ("a.pdf", pdf()), headers=JSON).json["files"]
    assert not large["ok"]
    assert large["message"] != told["message"]
    assert papers(installation, world.item) == []
    assert quarantined(installation) == []


def test_those_who_do_not_prepare_the_item_send_nothing(installation, world, sign_in):
    answer = send(sign_in(world.delegate), world.item, ("a.pdf", pdf()), headers=JSON)
    assert answer.status_code == 404
    assert papers(installation, world.item) == []


def test_a_paper_is_released_recalled_and_taken_back_by_the_clerk_only(
    session, installation, world, sign_in
):
    paper = lay(session, installation, world.item, world.office)
    kept = lay(session, installation, world.item, world.office)
    session.commit()
    at = f"/papers/{paper.id}"
    for path in ("release", "recall", "take-back"):
        assert sign_in(world.delegate).submit(f"{at}/{path}").status_code == 404
    client, delegate = sign_in(world.clerk), sign_in(world.delegate)

    def before_the_delegate():
        page = delegate.get(f"/meetings/{world.meeting.id}").get_data(as_text=True)
        return str(paper.document_id) in page

    assert client.submit(f"{at}/release").location.endswith(f"#item-{world.item.id}")
    assert before_the_delegate()
    assert client.submit(f"{at}/recall").status_code == 303
    assert not before_the_delegate()
    assert client.submit(f"{at}/take-back").status_code == 303
    assert [row.id for row in papers(installation, world.item)] == [kept.id]


def test_releasing_a_paper_that_cannot_be_read_says_why_not(session, installation, world, sign_in):
    document = factories.document(session, world.office)
    paper = services.lay_paper(session, world.item, document)
    session.commit()
    client = sign_in(world.clerk)
    answer = client.submit(f"/papers/{paper.id}/release")
    assert "notice-error" in client.get(answer.location).get_data(as_text=True)
    assert papers(installation, world.item)[0].released_at is None
