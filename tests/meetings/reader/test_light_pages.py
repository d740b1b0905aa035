"""Light pages, printed numbers and turns at the reader's addresses: whose, and how long."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest

from meetings import vault
from meetings.agenda import services as agenda
from meetings.documents.queries import current_version, pages_of
from meetings.intake import Contents
from meetings.models import AuditEntry, DocumentVersion, Page, ReadPages
from tests import factories, papers

WHOLE, LIGHT = b"whole picture", b"light picture"
STRANGERS = ("outsider", "administrator", "researcher")


@pytest.fixture
def shelf(installation, session, world):
    """A released paper of four pages, the first with a light picture; another paper beside it."""
    noise, document = (laid(installation, session, world.office) for _ in range(2))
    paper = factories.paper(session, world.item, document)
    version = current_version(session, document)
    pages = pages_of(session, version)
    pages[0].light_image = kept(installation, version, LIGHT)
    beside = current_version(session, noise).id
    session.commit()
    return SimpleNamespace(
        at=f"/documents/{document.id}",
        document=document,
        paper=paper,
        version=version.id,
        noise=beside,
        light=f"/pages/{pages[0].id}/light",
        old=f"/pages/{pages[1].id}/light",
    )


def kept(installation, version, content: bytes) -> str:
    key = vault.reading_key(installation.keys, version)
    return installation.store.put_bytes(content, key=key).digest


def laid(installation, session, body):
    document = factories.document(session, body)
    keys, store = installation.keys, installation.store
    version = factories.version(session, keys, store, document, b"%PDF", page_count=4)
    names = ("small_image", "large_image", "thumbnail")
    for number in range(1, 5):
        pictures = dict.fromkeys(names, kept(installation, version, WHOLE))
        words = kept(installation, version, b"[]")
        text = store.put_bytes(b"x", key=vault.storage_key(keys, version)).digest
        factories.page(session, version, number=number, **pictures, words=words, text=text)
    return document


def label(installation, session, shelf, *labels):
    version = session.get_one(DocumentVersion, shelf.version)
    told = json.dumps(Contents(labels=labels).to_json()).encode()
    version.contents = kept(installation, version, told)
    session.commit()


def turns_of(installation, person, version):
    with installation.database.reading() as reading:
        row = reading.get(ReadPages, (person.id, version))
        return row and row.turns


def test_a_page_of_before_is_served_whole_where_the_light_one_is_asked(sign_in, world, shelf):
    client = sign_in(world.delegate)
    assert client.get(shelf.light).data == LIGHT
    assert client.get(shelf.old).data == WHOLE
    assert client.get(shelf.light.replace("light", "image/1200")).data == WHOLE


def test_who_may_not_read_gets_no_light_picture_and_no_printed_page(sign_in, world, shelf):
    for who in STRANGERS:
        client = sign_in(getattr(world, who))
        for address in (shelf.light, shelf.old, f"{shelf.at}?printed=ii"):
            assert client.get(address).status_code == 404, who
    known = sign_in(world.delegate)
    assert known.get(f"/pages/{uuid4()}/light").status_code == 404
    assert known.post(shelf.light).status_code == 405


def test_nobody_who_is_not_signed_in_gets_a_light_picture(client, shelf):
    answer = client.get(shelf.light)
    assert answer.status_code == 303
    assert LIGHT not in answer.data


def test_a_light_picture_is_kept_by_no_cache_longer_than_the_whole_one(sign_in, world, shelf):
    client = sign_in(world.delegate)
    whole, light = (
        client.get(address).headers
        for address in (shelf.light.replace("light", "image/1200"), shelf.light)
    )
    assert light["Cache-Control"] == whole["Cache-Control"]
    assert light["Content-Type"] == whole["Content-Type"] == "image/webp"


def test_after_a_recall_the_light_picture_is_gone_with_the_whole_one(
    installation, session, sign_in, world, shelf
):
    delegate, clerk = sign_in(world.delegate), sign_in(world.clerk)
    page = session.query(Page).filter(Page.light_image.is_not(None)).one()
    file = page.light_image
    session.commit()
    assert delegate.get(shelf.light).status_code == 200
    agenda.recall_paper(session, session.merge(shelf.paper), by=world.clerk)
    session.commit()
    for client in (delegate, clerk):
        assert client.get(shelf.light).status_code == 404
    papers.work(installation)
    assert not installation.store.has(file)
    assert delegate.get(shelf.light).status_code == 404


def test_a_light_picture_taken_is_no_line_in_the_ledger_as_the_whole_one_is_none(
    installation, sign_in, world, shelf
):
    client = sign_in(world.delegate)
    client.get(shelf.light)
    client.submit(f"{shelf.at}/position", page=1, version=str(shelf.version), turns="1:1")
    with installation.database.reading() as reading:
        assert [line.action for line in reading.query(AuditEntry)] == []


@pytest.mark.parametrize("said", ["on", "off", "ON", "", "x" * 999])
def test_only_a_browser_that_asks_for_few_bytes_is_given_light_pages(sign_in, world, shelf, said):
    html = sign_in(world.delegate).get(shelf.at, headers={"Save-Data": said}).text
    assert ("data-poor" in html) == (shelf.light in html) == (said == "on")


def test_what_one_tablet_told_of_its_network_says_nothing_of_another(sign_in, world, shelf):
    poor, other = sign_in(world.delegate), sign_in(world.delegate)
    answer = poor.submit(f"{shelf.at}/position", page=1, network="poor")
    cookie = answer.headers["Set-Cookie"]
    for part in ("network=poor", "HttpOnly", "SameSite=Lax", "Max-Age=86400"):
        assert part in cookie
    assert "data-poor" in poor.get(shelf.at).text
    assert "data-poor" not in other.get(shelf.at).text
    silent = poor.submit(f"{shelf.at}/position", page=1)
    assert "network=" not in silent.headers.get("Set-Cookie", "")
    assert "data-poor" in poor.get(shelf.at).text, "nothing was told anew"


def test_a_forged_network_is_taken_for_a_good_one(sign_in, world, shelf):
    client = sign_in(world.delegate)
    for forged in ("Poor", "<script>", "poor;x", "good"):
        client.set_cookie("network", forged)
        html = client.get(shelf.at).text
        assert "data-poor" not in html or forged == "poor;x"
        assert "<script>" not in html


@pytest.mark.parametrize(
    "wrong",
    [
        {"turns": "2"},
        {"turns": "2:4"},
        {"turns": "2:-1"},
        {"turns": "2:1,"},
        {"turns": "x:1"},
        {"turns": "2:1;3:1"},
        {"turns": "1234567:1"},
        {"turns": "2:1\n"},
        {"turns": "٢:1"},
        {"turns": "2:1," * 2000 + "2:1"},
        {"turns": "2:1", "version": "x"},
        {"turns": "2:1", "page": ""},
        {"network": "bad"},
        {"network": "POOR"},
    ],
)
def test_turns_and_networks_that_are_none_are_refused_and_nothing_is_kept(
    installation, sign_in, world, shelf, wrong
):
    told = {"page": 2, "version": str(shelf.version)} | wrong
    answer = sign_in(world.delegate).submit(f"{shelf.at}/position", **told)
    assert (answer.status_code, answer.json) == (422, {"error": 422})
    assert "network=" not in answer.headers.get("Set-Cookie", "")
    assert turns_of(installation, world.delegate, shelf.version) is None


def test_turns_of_another_person_are_never_shown_nor_changed(installation, sign_in, world, shelf):
    one, other = sign_in(world.delegate), sign_in(world.other_delegate)
    told = {"page": 1, "version": str(shelf.version)}
    one.submit(f"{shelf.at}/position", **told, turns="1:1,2:3")
    other.submit(f"{shelf.at}/position", **told, turns="2:2")
    one.submit(f"{shelf.at}/position", **told, turns="001:2")
    assert turns_of(installation, world.delegate, shelf.version) == {"1": 2, "2": 3}
    assert turns_of(installation, world.other_delegate, shelf.version) == {"2": 2}
    assert 'data-turns="{&#34;1&#34;:2,&#34;2&#34;:3}"' in one.get(shelf.at).text
    assert 'data-turns="{&#34;2&#34;:2}"' in other.get(shelf.at).text
    assert 'data-turns="{}"' in sign_in(world.clerk).get(shelf.at).text


def test_turns_outside_the_paper_or_of_another_paper_are_nothing(
    installation, sign_in, world, shelf
):
    client, to = sign_in(world.delegate), f"{shelf.at}/position"
    told = {"page": 1, "turns": "0:1,5:2,999999:3"}
    assert client.submit(to, **told, version=str(shelf.version)).status_code == 204
    assert turns_of(installation, world.delegate, shelf.version) is None
    for foreign in (shelf.noise, uuid4()):
        assert client.submit(to, page=1, turns="1:1", version=str(foreign)).status_code == 204
        assert turns_of(installation, world.delegate, foreign) is None
    assert client.submit(to, page=1, turns="1:1").status_code == 204, "of no version"
    assert turns_of(installation, world.delegate, shelf.version) is None


def test_a_stranger_turns_no_page_and_tells_no_network(installation, sign_in, world, shelf):
    told = {"page": 1, "version": str(shelf.version), "turns": "1:1", "network": "poor"}
    for who in STRANGERS:
        answer = sign_in(getattr(world, who)).submit(f"{shelf.at}/position", **told)
        assert answer.status_code == 404
        assert "network=" not in answer.headers.get("Set-Cookie", "")
        assert turns_of(installation, getattr(world, who), shelf.version) is None
    assert sign_in(world.delegate).post(f"{shelf.at}/position", data=told).status_code in {400, 403}


def test_a_printed_number_that_is_not_found_leaves_the_reader_where_they_were(
    installation, session, sign_in, world, shelf
):
    label(installation, session, shelf, "i", "ii", "1", "Phụ lục")
    client = sign_in(world.delegate)
    client.submit(f"{shelf.at}/position", page=3)
    shown = {"ii": 2, "II": 2, "1": 3, "phụ lục": 4, " ii ": 2, "4": 4, "99": 4, "0": 3}
    shown |= dict.fromkeys(("xyz", "", "-", "²", "1.5", "9" * 5000, "<blink>", "%00"), 3)
    for typed, place in shown.items():
        answer = client.get(shelf.at, query_string={"printed": typed})
        assert answer.status_code == 200, typed[:9]
        assert f"({place}/4)" in answer.text, typed[:9]
        assert "<blink>" not in answer.text


@pytest.mark.parametrize("page", ["9" * 5000, "²", "--1", "1.0", "x"])
def test_a_place_that_is_no_number_opens_the_first_page(sign_in, world, shelf, page):
    answer = sign_in(world.delegate).get(shelf.at, query_string={"page": page})
    assert answer.status_code == 200
    assert ">1/4<" in answer.text


def test_the_field_of_the_place_says_what_is_printed_and_nothing_hostile(
    installation, session, sign_in, world, shelf
):
    client = sign_in(world.delegate)
    assert 'name="printed"' not in client.get(shelf.at).text
    label(installation, session, shelf, '"><script>x', "")
    html = client.get(shelf.at).text
    assert "<script>x" not in html
    assert "&#34;&gt;&lt;script&gt;x" in html
    for place in (2, 4):  # without a label, and beyond the labels of a paper that lies
        assert f'value="{place}"' in client.get(f"{shelf.at}?page={place}").text
