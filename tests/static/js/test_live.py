import json

import pytest

pytestmark = pytest.mark.browser

LISTEN = """async () => {
  const { LiveStream } = await import("/static/js/live.js");
  window.heard = [];
  window.live = new LiveStream("/stream", ["item", "vote"]);
  for (const kind of ["item", "vote", "connection"])
    live.addEventListener(kind, (event) => heard.push([kind, event.detail]));
  live.addEventListener("resync", () => heard.push(["resync", null]));
  live.start();
}"""


def tell(seq, kind, **data):
    return f"id: {seq}\nevent: {kind}\ndata: {json.dumps(data)}\n\n"


@pytest.fixture
def listening(page, address):
    page.clock.install()
    page.goto(address)
    page.evaluate(LISTEN)
    return page


def wait_for(page, *expected):
    page.wait_for_function(
        "expected => JSON.stringify(heard.slice(-expected.length)) === JSON.stringify(expected)",
        arg=[list(pair) for pair in expected],
        polling=20,
    )


def test_events_arrive_by_their_kind_and_others_are_not_heard(stage, listening):
    wait_for(listening, ("connection", True), ("resync", None))
    stage.news.put(tell(1, "noise", n=0))
    stage.news.put(tell(2, "item", n=4))
    stage.news.put(tell(3, "vote", open=True))
    wait_for(listening, ("resync", None), ("item", {"n": 4}), ("vote", {"open": True}))


def test_a_silent_stream_is_opened_anew_after_the_last_event(stage, listening):
    stage.news.put(tell(7, "item", n=1))
    wait_for(listening, ("item", {"n": 1}))
    listening.clock.fast_forward(36_000)
    wait_for(listening, ("connection", False), ("connection", True), ("resync", None))
    assert stage.streams == ["/stream", "/stream?after=7"]


def test_heartbeats_keep_a_stream_open(stage, listening):
    wait_for(listening, ("resync", None))
    for beat in range(3):
        listening.clock.fast_forward(20_000)
        stage.news.put("event: heartbeat\ndata: 1\n\n")
        stage.news.put(tell(1, "item", beat=beat))
        wait_for(listening, ("item", {"beat": beat}))
    assert stage.streams == ["/stream"]


def forward_until(page, condition):
    for _ in range(40):
        if page.evaluate(condition):
            return
        page.clock.fast_forward(6_500)
        page.wait_for_timeout(50)
    pytest.fail(f"never came: {condition}")


def test_a_full_server_is_asked_again_and_the_state_fetched_meanwhile(stage, page, address):
    stage.full = True
    page.clock.install()
    page.goto(address)
    page.evaluate(LISTEN)
    forward_until(page, "heard.length >= 2")
    assert {kind for kind, _detail in page.evaluate("heard")} == {"resync"}
    stage.full = False
    forward_until(page, "heard.some(([kind, detail]) => kind === 'connection' && detail)")
    wait_for(page, ("resync", None), ("connection", True), ("resync", None))


def test_a_stopped_stream_stays_closed(stage, listening):
    wait_for(listening, ("resync", None))
    listening.evaluate("live.stop()")
    listening.clock.fast_forward(60_000)
    wait_for(listening, ("resync", None), ("connection", False))
    assert stage.streams == ["/stream"]


def test_a_hidden_page_hears_nothing_and_catches_up_in_view(stage, listening):
    wait_for(listening, ("resync", None))
    show = """hidden => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    listening.evaluate(show, True)
    wait_for(listening, ("connection", False))
    assert stage.streams == ["/stream"]
    listening.evaluate(show, False)
    wait_for(listening, ("connection", False), ("connection", True), ("resync", None))
    assert len(stage.streams) == 2
