"""A tablet that tries itself says in one sentence how it is, and tells the office."""

import json
import re

import pytest

pytestmark = pytest.mark.browser
PARTS = ("store", "worker", "stream", "speed", "clock", "letters")
WORDS = {
    "trial-good": "tốt",
    "trial-weak": "yếu: {advice}",
    "trial-bad": "hỏng: {advice}",
    "trial-all-good": "sẵn sàng",
    "trial-some-weak": "tạm được, {advice}",
    "trial-some-bad": "chưa được, {advice}",
    "trial-untold": "chưa báo được",
}


@pytest.fixture
def body(stage) -> None:
    """The page of the trial; the whole page itself is what the network is measured with."""
    metas = "".join(
        f'<meta name="phrase:{name}" content="{words}">' for name, words in WORDS.items()
    )
    parts = "".join(f'<p data-part="{one}" data-advice="sửa {one}">…</p>' for one in PARTS)
    stage.body = (
        f'{metas}<p data-verdict>đang thử</p><div data-trial="/told" data-sample="/sample" '
        f'data-stream="/stream">{parts}</div><i>{"x" * 3_000_000}</i>'
        '<script type="module" src="/static/js/trial.js"></script>'
    )
    stage.answers["/told"] = (204, "text/plain", "")


def told(stage) -> dict[str, str]:
    ((_, sent),) = stage.posted
    return json.loads(re.search(rb"\{[^}]*\}", sent)[0])


def test_all_parts_are_tried_and_told(page, address, stage, body):
    page.goto(address)
    page.wait_for_function("!document.querySelector('[data-verdict]').textContent.includes('thử')")
    page.wait_for_load_state("networkidle")
    found = told(stage)
    assert set(found) == set(PARTS)
    assert {found[one] for one in ("worker", "stream", "clock", "letters")} == {"good"}
    assert set(found.values()) <= {"good", "weak", "bad"}
    assert page.text_content('[data-part="stream"]') == "tốt"


def test_a_closed_stream_and_no_office_are_said_in_one_sentence(page, address, stage, body):
    stage.full = True
    page.goto(address)
    page.wait_for_function("document.querySelector('[data-verdict]').textContent.includes('chưa')")
    verdict = page.text_content("[data-verdict]")
    assert re.match(r"chưa được, sửa (stream|speed)", verdict)
    assert page.text_content('[data-part="stream"]') == "hỏng: sửa stream"
    stage.answers.clear()
    page.goto(address)
    page.wait_for_function("document.querySelector('[data-verdict]').textContent.includes('báo')")
    assert page.text_content("[data-verdict]") == "chưa báo được"
