"""The strip of a scan: seen and changed by the keeper of the dossier, one step at a time."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from meetings.members.dossiers.strips import queries, services
from meetings.members.dossiers.strips.strip import Piece, accept, cut
from meetings.models import AuditEntry, DossierPage, DossierPiece, DossierScan, PieceState
from tests import factories
from tests.client import outline
from tests.meetings.members.dossiers.conftest import PICTURE

JSON = {"Accept": "application/json"}


@pytest.fixture
def scan(fill, enter) -> DossierScan:
    return fill(enter())


@pytest.fixture
def at(scan) -> str:
    return f"/dossier-scans/{scan.id}"


def told(client, at: str, deed: str, page: int, seen: int, **more: str):
    fields = {"deed": deed, "page": str(page), "seen": str(seen), **more}
    return client.post(at, data={"csrf_token": client.csrf_token(), **fields}, headers=JSON)


def cards_of(html: str) -> list[dict[str, str]]:
    return [card for card in outline(html).all("li") if "data-card" in card]


def page_of(html: str) -> str:
    """Return the number of the page that is shown large."""
    return next(i["value"] for i in outline(html).all("input") if i.get("name") == "page")


def cut_of(session, scan) -> list[tuple[int, int, int | None, str]]:
    session.expire_all()
    strip = queries.strip_of(queries.pages_of(session, session.get_one(DossierScan, scan.id)))
    session.rollback()  # whoever asks next may write
    return [(p.first, p.last, p.kind, p.state.value) for p in strip.pieces]


def test_the_strip_shows_every_page_with_the_piece_it_is_in(keeper, at):
    cards = cards_of(keeper.get(at).get_data(as_text=True))
    assert [card["data-card"] for card in cards] == list("12345")
    assert [card["data-card"] for card in cards if "data-begins" in card] == ["1", "3", "4"]
    assert {card["data-name"] for card in cards if not card["data-kind"]} == {"Chưa rõ loại"}


def test_a_page_can_be_chosen_without_scripts_and_others_do_not_exist(keeper, at):
    assert page_of(keeper.get(f"{at}?page=4").get_data(as_text=True)) == "4"
    for wrong in ("0", "6", "x", "-1"):
        assert page_of(keeper.get(f"{at}?page={wrong}").get_data(as_text=True)) == "1"


def test_a_step_is_kept_at_once_and_a_script_hears_how_the_strip_is_then(session, keeper, scan, at):
    answer = told(keeper, at, "accept", 1, 0).json
    assert (answer["revision"], answer["here"], answer["left"]) == (1, 3, 2)
    assert [page["state"] for page in answer["pages"]] == [*2 * ["accepted"], *3 * ["proposed"]]
    told(keeper, at, "cut", 5, 1)
    answer = told(keeper, at, "accept", 5, 2, kind="55", dated="1999-02-03").json
    assert answer["here"] == 3
    assert answer["pages"][4]["dated"] == "1999-02-03"
    assert cut_of(session, scan) == [
        (1, 2, 2, "accepted"), (3, 3, 5, "proposed"), (4, 4, None, "proposed"),
        (5, 5, 55, "accepted"),
    ]  # fmt: skip


def test_every_deed_works_as_a_plain_form(session, keeper, scan, at):
    for seen, (deed, page) in enumerate((("merge", 3), ("tray", 4), ("turn", 2))):
        answer = keeper.submit(at, deed=deed, page=str(page), seen=str(seen))
        assert answer.status_code == 303
    assert cut_of(session, scan) == [(1, 3, 2, "proposed"), (4, 5, None, "tray")]
    turns = session.scalars(select(DossierPage.turn).order_by(DossierPage.number)).all()
    assert turns == [0, 90, 0, 0, 0]


def test_steps_are_taken_back_one_by_one(session, keeper, scan, at):
    before = cut_of(session, scan)
    for seen, deed in enumerate(("accept", "cut", "turn")):
        told(keeper, at, deed, 2, seen)
    for seen in range(3, 6):
        assert told(keeper, at, "undo", 1, seen).status_code == 200
    assert cut_of(session, scan) == before
    answer = told(keeper, at, "undo", 1, 6)
    assert (answer.status_code, answer.json["problem"]) == (422, "Không còn bước nào để hoàn tác.")


def test_a_paper_of_no_kind_is_not_accepted_and_the_form_says_what_to_do(session, keeper, scan, at):
    answer = told(keeper, at, "accept", 4, 0)
    assert (answer.status_code, answer.json["revision"]) == (422, 0)
    assert "chọn loại" in answer.json["problem"]
    assert keeper.submit(at, deed="accept", page="4", seen="0").status_code == 303
    assert "chọn loại" in keeper.get(at).get_data(as_text=True)
    assert cut_of(session, scan)[2] == (4, 5, None, "proposed")


def test_who_saw_another_cutting_changes_nothing_and_is_shown_the_one_of_now(
    session, keeper, scan, at
):
    told(keeper, at, "accept", 1, 0)
    for deed in ("cut", "undo", "turn"):
        answer = told(keeper, at, deed, 5, 0)
        assert answer.status_code == 409
        assert answer.json["revision"] == 1
        assert "người khác" in answer.json["problem"]
    assert cut_of(session, scan)[0] == (1, 2, 2, "accepted")
    assert len(cut_of(session, scan)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"deed": "burn"},
        {"page": "9"},
        {"page": "0"},
        {"page": ""},
        {"seen": ""},
        {"kind": "105"},
        {"dated": "31/02/1999"},
    ],
    ids=lambda wrong: "-".join(map("=".join, wrong.items())),
)
def test_a_deed_that_means_nothing_changes_nothing(session, keeper, scan, at, wrong):
    before = cut_of(session, scan)
    fields = {"deed": "accept", "page": "1", "seen": "0"} | wrong
    assert keeper.submit(at, **fields).status_code == 422
    assert cut_of(session, scan) == before


def test_a_dossier_is_hidden_from_all_but_its_keeper(
    session, sign_in, commune, world, fill, enter, scan, at
):
    other = fill(enter(cell=commune.other_cell))
    page = session.scalars(select(DossierPage).where(DossierPage.scan_id == other.id)).first()
    strange = factories.user(session)
    session.commit()
    for who in (commune.secretary, world.clerk, world.administrator, strange):
        client = sign_in(who)
        for address in (
            at, f"/members/{scan.member_id}/dossier", f"/dossier-pages/{page.id}/image/240"
        ):  # fmt: skip
            assert client.get(address).status_code == 404
        assert client.submit(at, deed="cut", page="2", seen="0").status_code == 404
    assert len(cut_of(session, scan)) == 3


def test_pictures_are_given_to_the_keeper_and_kept_by_no_browser(session, keeper, scan):
    page = session.scalars(select(DossierPage).where(DossierPage.scan_id == scan.id)).first()
    answer = keeper.get(f"/dossier-pages/{page.id}/image/240")
    assert (answer.data, answer.headers["Cache-Control"]) == (PICTURE, "no-store")
    assert keeper.get(f"/dossier-pages/{page.id}/image/1200").status_code == 200
    assert keeper.get(f"/dossier-pages/{page.id}/image/1600").status_code == 404
    page.picture = ""
    session.commit()
    assert keeper.get(f"/dossier-pages/{page.id}/image/1200").status_code == 404
    assert "không vẽ được" in keeper.get(f"/dossier-scans/{scan.id}").get_data(as_text=True)


def test_opening_and_cutting_leave_lines_in_the_ledger_without_a_word_of_the_dossier(
    session, keeper, scan, at
):
    keeper.get(at)
    told(keeper, at, "accept", 1, 0)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    lines = [(e.action, e.subject_id) for e in entries if e.action.startswith("dossier")]
    assert lines[-2:] == [("dossier:open", str(scan.id)), ("dossier:cut", str(scan.id))]


def test_the_database_itself_refuses_a_page_without_a_piece_and_a_paper_without_a_kind(
    session, scan
):
    page = session.scalars(select(DossierPage).where(DossierPage.scan_id == scan.id)).first()
    page.piece_id = None
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    piece = session.scalars(select(DossierPiece).where(DossierPiece.kind.is_(None))).one()
    piece.state = PieceState.ACCEPTED
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    session.delete(piece)
    with pytest.raises(IntegrityError):
        session.flush()


def test_pieces_that_lose_their_pages_are_gone_and_the_others_stay_the_same_rows(
    session, commune, scan
):
    def rows():
        found = session.scalars(select(DossierPiece).where(DossierPiece.scan_id == scan.id))
        return {piece.id for piece in found}

    before = rows()
    services.step(session, scan, lambda s: accept(cut(s, 3), 1), seen=0, by=commune.keeper)
    assert len(rows()) == 2
    assert rows() < before
    services.step(session, scan, lambda s: s, seen=1, by=commune.keeper)
    assert scan.revision == 1


def test_only_the_latest_steps_can_be_taken_back(session, commune, scan, monkeypatch):
    monkeypatch.setattr(services, "STEPS", 3)
    for seen in range(5):
        services.step(session, scan, lambda s: cut(s, 5), seen=seen, by=commune.keeper)
    for seen in range(5, 8):
        services.undo(session, scan, seen=seen)
    with pytest.raises(services.NothingToUndo):
        services.undo(session, scan, seen=8)


def test_a_scan_that_is_still_being_read_cannot_be_cut(session, keeper, scan, at):
    scan.state = "received"
    session.commit()
    assert "đang được đọc" in keeper.get(at).get_data(as_text=True)


def test_a_strip_begins_at_the_first_piece_of_which_nothing_is_said(fill, enter, keeper):
    done = PieceState.ACCEPTED
    scan = fill(enter(), [Piece(1, 2, 2, done), Piece(3, 3, 5), Piece(4, 5, 9, done)])
    assert page_of(keeper.get(f"/dossier-scans/{scan.id}").get_data(as_text=True)) == "3"
