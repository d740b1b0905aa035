/** Keep a page of the office as it stands now: fetched anew when the office hears of something. */
import { fetchPage } from "./fetch_page.js";
import { LiveStream } from "./live.js";

const KINDS = ["answer", "comment", "opinion", "paper", "release", "recall", "trial"];
const EVERY_MS = 30_000; // what is opened and read on tablets is told to nobody, only counted

/** @type {HTMLElement | null} */
const start = document.querySelector("[data-board]");
if (start) {
  const stream = new LiveStream(start.dataset.board ?? "", KINDS);
  for (const kind of [...KINDS, "resync"]) stream.addEventListener(kind, renew);
  stream.start();
  setInterval(() => document.hidden || renew(), EVERY_MS);
}

let asking = false;

/** Put what changed in its place, but not under somebody's hands. */
async function renew() {
  if (asking) return;
  asking = true;
  const answer = await fetchPage(location.href);
  asking = false;
  const fresh = answer?.page.querySelector("[data-board]");
  const shown = document.querySelector("[data-board]");
  if (!fresh || !shown || fresh.textContent === shown.textContent) return;
  if (shown.contains(document.activeElement) || shown.querySelector("details[open]")) return;
  shown.replaceWith(document.importNode(fresh, true));
}
