"""The guide as pages: both languages, every chapter reachable, no link that leads nowhere."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from meetings.help.guide.queries import FOLDERS, NAMES, topics
from tests.client import outline

EVERY = [(locale, name) for locale in FOLDERS for name in NAMES]
RAW = re.compile(r"<\s*/?\s*[a-z][^>]*>", re.IGNORECASE)
AUTOLINK = re.compile(r"<https?://[^>]+>")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


@pytest.fixture
def visitor(client):
    """Return a function that gives a stranger's client in a language."""

    def reading(locale: str):
        client.submit("/preferences", locale=locale)
        return client

    return reading


def html_of(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def source(locale: str, name: str) -> str:
    return (FOLDERS[locale] / f"{name}.md").read_text(encoding="utf-8")


def links(html: str, at: str) -> list[str]:
    return [urljoin(at, link["href"]) for link in outline(html).all("a") if "href" in link]


def leads_somewhere(app, address: str) -> bool:
    try:
        app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


@pytest.mark.parametrize("locale", FOLDERS)
def test_every_chapter_is_reachable_from_the_help_page(visitor, locale: str):
    reader = visitor(locale)
    index = html_of(reader.get("/help"))
    found = links(index, "/help")
    for chapter in topics(locale).values():
        assert f"/help/{chapter.name}" in found
        assert chapter.title in index


@pytest.mark.parametrize(("locale", "name"), EVERY)
def test_a_chapter_is_shown_whole_in_the_language_chosen(visitor, locale: str, name: str):
    page = html_of(visitor(locale).get(f"/help/{name}"))
    chapter = topics(locale)[name]
    assert outline(page).all("html")[0]["lang"] == locale
    assert chapter.html in page
    assert outline(page).text["h1"].strip() == chapter.title


@pytest.mark.parametrize("name", NAMES)
def test_the_two_languages_are_two_texts(name: str):
    vietnamese, english = (topics(locale)[name] for locale in ("vi", "en"))
    assert vietnamese.title != english.title
    assert vietnamese.html != english.html
    assert re.search("[ạảấầậếềệốồộớờợứừựđ]", vietnamese.html)
    assert not re.search("<h2>[^<]*[ạảấầậếềệốồộớờợứừựđ]", english.html)


@pytest.mark.parametrize("locale", FOLDERS)
@pytest.mark.parametrize("name", ["nobody", "Delegate", "delegates", "delegate.md", "vi", "%2e%2e"])
def test_an_unknown_topic_is_absent_in_every_language(visitor, locale: str, name: str):
    assert visitor(locale).get(f"/help/{name}").status_code == 404


def test_no_path_leads_out_of_the_guide(visitor):
    for path in ("/help/../security", "/help/en/delegate", "/help/..%2f..%2fREADME"):
        assert visitor("vi").get(path).status_code == 404


@pytest.mark.parametrize(("locale", "name"), EVERY)
def test_guides_are_plain_markdown_without_tags(locale: str, name: str):
    text = AUTOLINK.sub("", CODE.sub("", source(locale, name)))
    assert RAW.findall(text) == []


@pytest.mark.parametrize(("locale", "name"), EVERY)
def test_a_chapter_brings_no_script_and_no_foreign_content(locale: str, name: str):
    chapter = outline(topics(locale)[name].html)
    tags = {tag for tag, _ in chapter.elements}
    assert not tags & {"script", "style", "iframe", "object", "embed", "form", "img"}
    attributes = {attribute for _, found in chapter.elements for attribute in found}
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert not [link for link in chapter.all("a") if link["href"].startswith("javascript")]


@pytest.mark.parametrize(("locale", "name"), EVERY)
def test_links_of_a_chapter_lead_to_pages_of_the_application(app, visitor, locale: str, name: str):
    page = html_of(visitor(locale).get(f"/help/{name}"))
    inside = [a for a in links(page, f"/help/{name}") if urlsplit(a)[:2] == ("", "")]
    assert "/help" in inside
    assert [address for address in inside if not leads_somewhere(app, address)] == []


def test_the_check_of_links_knows_a_dead_one(app):
    assert leads_somewhere(app, "/help/delegate")
    assert not leads_somewhere(app, "/there-is-no-such-page")


def test_who_is_signed_in_reads_the_same_guide(world, sign_in):
    for user in (world.delegate, world.outsider, world.administrator):
        page = html_of(sign_in(user).get("/help/clerk"))
        assert topics("vi")["clerk"].html in page
