"""A generated dossier of 120 pages is cut into its papers by keys alone, in a real browser."""

import io
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from bench.dossiers import slips
from bench.dossiers.dossier import Dossier, Paper, dossier
from meetings import vault
from meetings.intake.dossiers import propose
from meetings.members.dossiers.scans import services as scans
from meetings.members.dossiers.strips import services as strips
from meetings.members.dossiers.strips.queries import pages_of, strip_of
from meetings.members.dossiers.strips.strip import DEEDS, Strip, accept, proposed
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.models import DossierPage, DossierScan, EventKind, PieceState, Role, ScanState
from storage import new_key
from tests import factories
from tests.serving import served

pytestmark = pytest.mark.browser
SEED, PAGES, KEYS = 21, 120, 150
LONG = 240_000  # on a machine that does much else
DEED_KEYS = {"c": "cut", "m": "merge", "x": "tray"}


def keys_for(strip: Strip, papers: Sequence[Paper]) -> list[str]:
    """Return the keys with which a keeper makes of what is proposed what the papers are."""
    pressed: list[str] = []
    for paper in papers:
        at = paper.first
        while strip.pieces[strip.at(at)].last < paper.last:
            further = strip.pieces[strip.at(at)].last + 1
            pressed += ["ArrowDown"] * (further - at) + ["m"]
            at, strip = further, DEEDS["merge"](strip, further)
        if strip.pieces[strip.at(at)].last > paper.last:
            pressed += ["ArrowDown"] * (paper.last + 1 - at) + ["c", "ArrowUp"]
            at, strip = paper.last, DEEDS["cut"](strip, paper.last + 1)
        if paper.kind == 0:
            pressed, strip = [*pressed, "x"], DEEDS["tray"](strip, at)
            continue
        known = strip.pieces[strip.at(at)].kind == paper.kind
        pressed += ["Enter"] if known else [*str(paper.kind), "Enter"]
        strip = accept(strip, at, paper.kind)
    return pressed


def proposal_of(of: Dossier) -> Strip:
    return proposed(propose(list(slips.read(of))), {})


def picture(number: int, width: int) -> bytes:
    """Return a page as a picture that can be told from others."""
    drawn = Image.new("L", (width, width * 297 // 210), 245)
    ImageDraw.Draw(drawn).text((width // 3, width // 2), f"Trang {number}", fill=20)
    target = io.BytesIO()
    drawn.save(target, "WEBP")
    return target.getvalue()


@pytest.fixture
def whole() -> Dossier:
    of = dossier(SEED)
    assert len(of.sides) >= PAGES
    return of


@pytest.fixture
def scan(session, installation, world, whole) -> DossierScan:
    """A dossier that was read, in the hands of the keeper of its commune."""
    factories.members_on(session, installation.keys)
    keeper = factories.user(session, (Role.RECORD_KEEPER, world.commune))
    key, plain, store = vault.members_key(session, installation.keys), new_key(), installation.store
    facts = {"full_name": "Hoàng Thị Phương Thảo Nguyên", "birth_date": "1966-11-25"}
    born = Draft(EventKind.REGISTERED, date(2020, 1, 6), world.commune.id, facts=facts)
    member = records.enter(session, key, [born], by=keeper)
    stored, count = store.put_bytes(b"a scan", key=plain), len(whole.sides)
    made = scans.keep(session, member, stored, pages=count, keys=(plain, key), by=keeper)
    small, large = (store.put_bytes(picture(1, w), key=plain).digest for w in (120, 600))
    rows = [
        DossierPage(
            scan_id=made.id, number=n, width=595, height=842, picture=large, thumbnail=small
        )
        for n in range(1, count + 1)
    ]
    strips.lay(session, made, rows, proposal_of(whole))
    made.state = ScanState.READY
    session.commit()
    return made


@pytest.fixture
def workbench(app, browser, sign_in, session, scan):
    place, keeper = f"/dossier-scans/{scan.id}", scan.giver
    session.commit()
    cookie = sign_in(keeper).get_cookie("sid")
    with served(app) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        context = browser.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": "sid", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(f"{address}{place}")
        yield page
        context.close()


def test_a_dossier_of_120_pages_and_more_takes_at_most_150_keys_a_120_pages(
    workbench: Page, session, scan, whole, accessible: Callable[[Page], None]
):
    accessible(workbench)
    keys = keys_for(proposal_of(whole), whole.papers)
    for key in keys:
        workbench.keyboard.press(key)
    expect(workbench.locator("[data-left]")).to_have_text("0", timeout=LONG)
    session.expire_all()
    strip = strip_of(pages_of(session, session.get_one(DossierScan, scan.id)))
    assert [(p.first, p.last) for p in strip.pieces] == [(p.first, p.last) for p in whole.papers]
    for piece, paper in zip(strip.pieces, whole.papers, strict=True):
        assert piece.state is (PieceState.ACCEPTED if paper.kind else PieceState.TRAY)
        assert piece.kind == paper.kind or not paper.kind
    assert len(keys) * PAGES <= KEYS * len(whole.sides)


def test_keys_narrow_the_kinds_turn_a_page_and_take_steps_back(workbench: Page):
    shown, sought = workbench.locator(".workbench-kinds label:visible"), "huy hieu"
    workbench.keyboard.press("/")
    workbench.keyboard.type(sought)
    for title in shown.all_text_contents():
        assert "uy hiệu" in title
    workbench.keyboard.press("Enter")
    first = workbench.locator("[data-card='1']")
    expect(first).to_have_attribute("data-state", "accepted")
    expect(first).to_have_attribute("data-kind", "20")
    workbench.keyboard.press("r")
    expect(workbench.locator("figure img")).to_have_attribute("data-turned", "90")
    workbench.keyboard.press("u")
    expect(workbench.locator("figure img")).to_have_attribute("data-turned", "0")
    workbench.keyboard.press("u")
    expect(first).to_have_attribute("data-state", "proposed")


def test_a_finger_does_what_keys_do(workbench: Page):
    workbench.set_viewport_size({"width": 810, "height": 1080})
    workbench.locator("[data-card='2'] a").click()
    expect(workbench.locator("input[name=page]")).to_have_value("2")
    box = workbench.get_by_role("button", name="Duyệt").bounding_box()
    assert box
    assert box["height"] >= 64
    workbench.get_by_role("button", name="Khay xem lại").click()
    expect(workbench.locator("[data-card='2']")).to_have_attribute("data-state", "tray")
