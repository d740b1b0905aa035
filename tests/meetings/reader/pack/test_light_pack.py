"""Light pictures in what a tablet takes along: named, opened with the key, and gone with it."""

from base64 import b64decode
from types import SimpleNamespace

import pytest

from meetings.agenda import services as agenda
from tests import factories, papers
from tests.meetings.documents.aids import cheap


@pytest.fixture
def pack(installation, session, world, monkeypatch):
    """A released paper, not yet light."""
    monkeypatch.setattr(cheap.tasks, "lighten_pictures", cheap.lightened)
    monkeypatch.setattr(cheap.tasks, "contents_of", lambda _file: cheap.TOLD)
    document = cheap.laid(installation, session, world.office)
    paper = factories.paper(session, world.item, document)
    session.commit()
    version = cheap.seen(installation, document)[0]
    return SimpleNamespace(
        at=f"/documents/{document.id}", version=version.id, paper=paper, document=document
    )


def lights(listed) -> list[str]:
    return [page["pictures"]["light"]["name"] for page in listed["pages"]]


def test_before_there_are_light_pictures_the_small_ones_are_named(
    installation, sign_in, world, pack
):
    client = sign_in(world.delegate)
    listed = client.get(f"{pack.at}/manifest").json
    assert lights(listed) == [page["pictures"]["1200"]["name"] for page in listed["pages"]]
    assert (listed["labels"], listed["contents"]) == ([], None)
    cheap.make(installation, pack.version)
    after = client.get(f"{pack.at}/manifest").json
    assert set(lights(after)).isdisjoint(lights(listed))
    assert after["labels"] == list(cheap.TOLD.labels)
    assert after["contents"] != listed["contents"], "by which a tablet knows that it is behind"
    for page, before in zip(after["pages"], listed["pages"], strict=True):
        assert page["pictures"]["1200"] == before["pictures"]["1200"]


def test_a_light_picture_is_lighter_and_opens_with_the_key_of_the_others(
    installation, sign_in, world, pack
):
    cheap.make(installation, pack.version)
    client = sign_in(world.delegate)
    listed, key = (client.get(f"{pack.at}/{what}").json for what in ("manifest", "key"))
    for number, page in enumerate(listed["pages"], 1):
        light = page["pictures"]["light"]
        with client.get(f"/blobs/{light['name']}") as answer:
            assert len(answer.data) == light["bytes"] < page["pictures"]["1200"]["bytes"]
            assert cheap.LIGHT not in answer.data
        plain = installation.store.read(light["name"], key=b64decode(key["key"]))
        assert plain == cheap.LIGHT + str(number).encode()


@pytest.mark.parametrize("who", ["outsider", "administrator", "researcher"])
def test_a_stranger_learns_neither_names_nor_labels(installation, sign_in, world, pack, who):
    cheap.make(installation, pack.version)
    answer = sign_in(getattr(world, who)).get(f"{pack.at}/manifest")
    assert answer.status_code == 404
    _, pages = cheap.seen(installation, pack.document)
    names = [page.light_image for page in pages]
    assert [name for name in names if name in answer.text] == []
    assert "Mục lục" not in answer.text


def test_after_a_recall_a_light_picture_is_gone_for_tablets_too(
    installation, session, sign_in, world, pack
):
    cheap.make(installation, pack.version)
    client = sign_in(world.delegate)
    listed = client.get(f"{pack.at}/manifest").json
    agenda.recall_paper(session, session.merge(pack.paper), by=world.clerk)
    session.commit()
    papers.work(installation)
    for name in (*lights(listed), listed["contents"]):
        assert client.get(f"/blobs/{name}").status_code == 404
        assert not installation.store.has(name)
    assert client.get(f"{pack.at}/manifest").status_code == 404
