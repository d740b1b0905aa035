/** Answer while somebody types, and let the arrow keys walk through the answer. */
import { fetchPage } from "./fetch_page.js";

const PAUSE_MS = 200;

/**
 * Exchange the answer on a page whenever the text in a box rests.
 *
 * @param {HTMLInputElement} box
 */
function answerWhileTyping(box) {
  let resting = 0;
  let asked = 0;

  async function answer() {
    asked += 1;
    const mine = asked;
    const words = new URLSearchParams({ q: box.value });
    const fetched = await fetchPage(`${location.pathname}?${words}&typing=1`);
    const fresh = fetched?.page.getElementById("answer");
    if (!fresh || mine !== asked) return;
    document.getElementById("answer")?.replaceWith(document.importNode(fresh, true));
    history.replaceState(null, "", box.value.trim() ? `?${words}` : location.pathname);
  }

  box.addEventListener("input", () => {
    clearTimeout(resting);
    resting = setTimeout(answer, PAUSE_MS);
  });
  box.form?.addEventListener("submit", () => {
    clearTimeout(resting);
    asked += 1;
  });
}

/**
 * Walk with the arrow keys from a box through the titles of the answer and back.
 *
 * @param {HTMLInputElement} box
 */
function walkThroughAnswer(box) {
  const steps = new Map([
    ["ArrowDown", 1],
    ["ArrowUp", -1],
  ]);
  document.addEventListener("keydown", (event) => {
    const step = steps.get(event.key);
    /** @type {HTMLElement[]} */
    const stops = [box, ...document.querySelectorAll("#answer .card-title a")].filter(
      (stop) => stop instanceof HTMLElement,
    );
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const next = step === undefined || at < 0 ? undefined : stops[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

const box = document.querySelector('form[role="search"] input[type="search"]');
if (box instanceof HTMLInputElement) {
  answerWhileTyping(box);
  walkThroughAnswer(box);
}
