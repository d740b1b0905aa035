/** Offer what changed in a meeting to the reader; nothing moves before the offer is accepted. */
import { announce } from "./announce.js";
import { fetchPage } from "./fetch_page.js";
import { LiveStream } from "./live.js";
import { phrase } from "./phrases.js";

const KINDS = ["agenda", "item", "release", "recall"];

/** @type {HTMLElement | null} */
const offer = document.querySelector("[data-offer]");
const title = offer?.querySelector(".notice-title");
const start = part(document);
if (offer && title && start) {
  const changed = title.textContent?.trim() ?? "";
  let tag = start.dataset.tag ?? "";
  let shown = facts(start);
  /** @type {Document | null} */
  let waiting = null;

  /** @param {Event} event */
  const look = async (event) => {
    document.dispatchEvent(new Event("papers-changed"));
    const answer = await fetchPage(location.href, tag);
    const fresh = answer && part(answer.page);
    if (!answer || !fresh || facts(fresh) === shown) return;
    tag = answer.tag;
    shown = facts(fresh);
    waiting = answer.page;
    title.textContent = said(event) ?? changed;
    offer.hidden = false;
    announce(title.textContent);
  };
  const accept = () => {
    const fresh = waiting && part(waiting);
    if (fresh) part(document)?.replaceWith(document.importNode(fresh, true));
    offer.hidden = true;
    document.dispatchEvent(new Event("papers-changed"));
    part(document)?.querySelector("h2")?.focus({ preventScroll: true });
    part(document)?.querySelector("[aria-current]")?.scrollIntoView({ block: "start" });
  };

  offer.querySelector("[data-accept]")?.addEventListener("click", accept);
  const stream = new LiveStream(start.dataset.live ?? "", KINDS);
  for (const kind of [...KINDS, "resync"]) stream.addEventListener(kind, look);
  stream.start();
}

/**
 * The part of a page that shows the meeting.
 *
 * @param {Document} page
 * @returns {HTMLElement | null}
 */
function part(page) {
  return page.querySelector("[data-live]");
}

/** @param {HTMLElement} element */
function facts(element) {
  return element.textContent?.replace(/\s+/g, " ") ?? "";
}

/**
 * What an event itself says that the meeting has come to.
 *
 * @param {Event} event
 */
function said(event) {
  if (event.type !== "item" || !(event instanceof CustomEvent) || !event.detail.title) return null;
  return phrase("item-now", { title: event.detail.title });
}
