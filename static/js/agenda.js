/** Offer the changed agenda to the reader; nothing moves before the offer is accepted. */
import { announce } from "./announce.js";
import { fetchPage } from "./fetch_page.js";
import { LiveStream } from "./live.js";

const KINDS = ["agenda", "release", "recall"];

/** @type {HTMLElement | null} */
const offer = document.querySelector("[data-offer]");
const start = agenda();
if (offer && start) {
  let tag = start.dataset.tag ?? "";
  /** @type {Document | null} */
  let waiting = null;

  const look = async () => {
    document.dispatchEvent(new Event("papers-changed"));
    const answer = await fetchPage(location.href, tag);
    if (!answer?.page.getElementById("agenda")) return;
    tag = answer.tag;
    waiting = answer.page;
    offer.hidden = false;
    announce(offer.querySelector(".notice-title")?.textContent?.trim() ?? "");
  };
  const accept = () => {
    const fresh = waiting?.getElementById("agenda");
    if (fresh) agenda()?.replaceWith(document.importNode(fresh, true));
    offer.hidden = true;
    document.dispatchEvent(new Event("papers-changed"));
    document.getElementById("agenda-title")?.focus({ preventScroll: true });
  };

  offer.querySelector("[data-accept]")?.addEventListener("click", accept);
  const stream = new LiveStream(start.dataset.live ?? "", KINDS);
  for (const kind of [...KINDS, "resync"]) stream.addEventListener(kind, look);
  stream.start();
}

/** @returns {HTMLElement | null} */
function agenda() {
  return document.getElementById("agenda");
}
