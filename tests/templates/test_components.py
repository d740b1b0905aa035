import datetime as dt
import re
from types import SimpleNamespace

import pytest


def test_a_link_button_shows_icon_and_word(draw):
    page = draw(
        '{% from "components/button.html" import link_button %}'
        '{{ link_button("Read", "/d", icon_name="document", look="primary") }}'
    )
    assert re.search(r'<a class="button button-primary ?" href="/d">', page)
    assert 'href="/assets/0/icons/sprite.svg#document"' in page
    assert "Read" in page


def test_a_post_button_carries_token_fields_and_what_it_is_about(draw):
    page = draw(
        '{% from "components/button.html" import post_button %}'
        '{{ post_button("Recall", "/r", fields={"paper": "<7>"}, about="Paper 45") }}'
    )
    assert '<form class="button-form" action="/r" method="post">' in page
    assert 'value="token-of-this-session"' in page
    assert 'name="paper" value="&lt;7&gt;"' in page
    assert '<span class="visually-hidden">Paper 45</span>' in page


def test_a_chip_tells_its_status_in_words(draw):
    page = draw(
        '{% from "components/chip.html" import chip %}{{ chip("Released", "check", kind="good") }}'
    )
    assert 'class="chip chip-good"' in page
    assert "Released" in page
    assert "#check" in page


@pytest.mark.parametrize(
    ("kind", "icon"),
    [("info", "info"), ("success", "check-circle"), ("warn", "warning"), ("error", "error")],
)
def test_each_kind_of_notice_has_its_icon(draw, kind, icon):
    page = draw(
        '{% from "components/notice.html" import notice %}'
        "{% call notice(kind=kind) %}Text{% endcall %}",
        kind=kind,
    )
    assert f"sprite.svg#{icon}" in page
    assert "role=" not in page
    assert "data-dismiss" not in page


def test_a_table_keeps_its_roles_and_names_each_cell(draw):
    page = draw(
        '{% from "components/table.html" import table, row, head_cell, cell %}'
        '{% call table("Papers", ["Symbol", "Pages"], numeric=["Pages"]) %}{% call row() %}'
        "{% call head_cell() %}436-KL/TU{% endcall %}"
        '{% call cell("Pages", numeric=true) %}12{% endcall %}{% endcall %}{% endcall %}'
    )
    assert '<th role="rowheader" scope="row">436-KL/TU</th>' in page
    assert '<td role="cell" data-label="Pages" class="numeric">12</td>' in page
    assert page.count('role="columnheader"') == 2
    assert page.count('class="numeric"') == 2


def test_an_empty_state_says_what_to_do(draw):
    page = draw(
        '{% from "components/empty.html" import empty %}'
        '{% call empty("Nothing yet") %}<p>Add one.</p>{% endcall %}'
    )
    assert "Nothing yet" in page
    assert "<p>Add one.</p>" in page


PAGER = '{% from "components/pager.html" import pager %}{{ pager(leaf, "list", q="ai") }}'


@pytest.mark.parametrize(
    ("page", "offered"),
    [(1, ["Next page"]), (2, ["Previous page", "Next page"]), (3, ["Previous page"])],
)
def test_a_pager_offers_only_the_pages_there_are(draw, page, offered):
    drawn = draw(PAGER, leaf=SimpleNamespace(page=page, pages=3))
    assert drawn.count('href="/to/list"') == len(offered)
    assert re.findall("Previous page|Next page", drawn) == offered
    assert f"Page {page} of 3" in drawn


def test_a_single_page_has_no_pager(draw):
    assert draw(PAGER, leaf=SimpleNamespace(page=1, pages=1)) == ""


def test_breadcrumbs_end_with_this_page(draw):
    page = draw(
        '{% from "components/breadcrumbs.html" import breadcrumbs %}'
        '{{ breadcrumbs([("Meetings", "/m"), ("Office", "/o")], "Agenda") }}'
    )
    assert re.findall(r'<a href="(/\w)"', page) == ["/m", "/o"]
    assert '<li aria-current="page">Agenda</li>' in page


def test_progress_is_said_in_numbers_too(draw):
    page = draw(
        '{% from "components/progress.html" import progress %}'
        '{{ progress("Loaded", 18, 24, id="load") }}'
    )
    assert "18/24" in page
    assert re.search(r'<progress id="load" value="18" max="24">', page)
    assert '<label for="load">' in page


def test_a_dialog_is_named_and_its_button_waits_for_the_script(draw):
    page = draw(
        '{% from "components/dialog.html" import dialog, dialog_button %}'
        '{{ dialog_button("Cite", "cite") }}'
        '{% call dialog("cite", "Citation") %}Text{% endcall %}'
    )
    assert 'aria-labelledby="cite-title"' in page
    assert '<h2 id="cite-title">Citation</h2>' in page
    assert re.search(r'data-opens-dialog="cite"[^>]* hidden>', page)


@pytest.mark.parametrize(("open_", "times"), [("true", 1), ("false", 0)])
def test_a_disclosure_opens_only_when_asked(draw, open_, times):
    page = draw(
        '{% from "components/dialog.html" import disclosure %}'
        "{% call disclosure('More', open=" + open_ + ") %}Text{% endcall %}"
    )
    assert len(re.findall(r"<details[^>]* open>", page)) == times


def test_tabs_and_segments_mark_one_choice(draw):
    tabs = draw(
        '{% from "components/tabs.html" import tabs %}'
        '{{ tabs("Parts", [("A", "/a", "", false), ("B", "/b", "list", true)]) }}'
    )
    assert re.findall(r'href="(/\w)"\s+aria-current="page"', tabs) == ["/b"]
    segments = draw(
        '{% from "components/tabs.html" import segmented %}'
        '{{ segmented("vote", "Vote", [("y", "Yes"), ("n", "No")], "n") }}'
    )
    assert re.findall(r'value="(\w)"\s+checked', segments) == ["n"]


CARD = '{% from "components/list_card.html" import list_card %}'


def test_a_card_leads_where_its_title_leads(draw):
    page = draw(
        CARD + '{{ list_card("A <b>", url="/a", meta="38 pages",'
        ' chips=[("New", "refresh", "info")], current=true) }}'
    )
    assert '<a href="/a">A &lt;b&gt;</a>' in page
    assert "card-current" in page
    assert "38 pages" in page
    assert "chip-info" in page


def test_a_card_without_address_or_actions_has_none(draw):
    page = draw(CARD + '{{ list_card("Break") }}')
    assert "<a" not in page
    assert "card-action" not in page
    assert "card-current" not in page


def test_a_card_may_hold_further_actions(draw):
    page = draw(CARD + '{% call list_card("A", url="/a") %}<button>x</button>{% endcall %}')
    assert '<div class="card-action"><button>x</button></div>' in page


RANGE = '{% from "components/time_range.html" import time_range %}{{ time_range(start, end) }}'


def test_a_range_within_a_day_says_the_day_once(draw, morning):
    page = draw(RANGE, start=morning, end=morning + dt.timedelta(hours=3))
    assert page.count("25/11/2026") == 1
    assert re.search(r"08:00</time>–<time [^>]+>11:00</time>", page)


def test_a_range_over_two_days_says_both(draw, morning):
    page = draw(RANGE, start=morning, end=morning + dt.timedelta(days=1))
    assert "25/11/2026 · 08:00" in page
    assert "26/11/2026 · 08:00" in page


def test_a_range_without_end_says_the_start(draw, morning):
    page = draw(RANGE, start=morning, end=None)
    assert page.count("<time") == 1


def test_a_heading_is_the_only_h1_and_takes_actions(draw):
    page = draw(
        '{% from "components/page_heading.html" import page_heading, section_heading %}'
        '{% call page_heading("Agenda", meta="Today", eyebrow="Live") %}<b>go</b>{% endcall %}'
        '{{ section_heading("Papers", id="papers") }}'
    )
    assert page.count("<h1>") == 1
    assert "<b>go</b>" in page
    assert '<h2 id="papers">Papers</h2>' in page
    assert page.index("Live") < page.index("Agenda") < page.index("Today")


def test_marked_marks_the_hits_and_escapes_the_rest(draw):
    page = draw(
        '{% from "components/marked.html" import marked %}{{ marked(parts) }}',
        parts=[("giao ", False), ("đất", True), (" <rừng>", False)],
    )
    assert page == "giao <mark>đất</mark> &lt;rừng&gt;"


def test_a_search_box_keeps_what_was_asked(draw):
    page = draw(
        '{% from "components/search_box.html" import search_box %}'
        '{{ search_box("Search the archive", "/archive", value="436 \\"kl\\"") }}'
    )
    assert 'role="search"' in page
    assert "method=" not in page
    assert "436 &#34;kl&#34;" in page
    assert '<label class="visually-hidden" for="q">Search the archive</label>' in page
    assert 'placeholder="Search the archive"' in page, "an empty box says what it is for"
