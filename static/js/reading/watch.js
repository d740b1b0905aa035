/** Closes an open reader when its paper may be read no longer; tells it of a new version. */
import { LiveStream } from "../live.js";
import { phrase } from "../phrases.js";
import { takeUp } from "./growing.js";
import { tellOfNews } from "./news.js";
import { sweep } from "./sweep.js";
import { standingOf } from "./standing.js";

const LOOK_EVERY = 60_000;

/**
 * Watch over a reader: what is heard only makes it ask, and the answer decides.
 *
 * @param {HTMLElement & {close?: () => unknown}} reader
 */
export function watchReader(reader) {
  const { document: paper = "", owner = "" } = reader.dataset;
  const stream = new LiveStream(`/documents/${paper}/live`, ["access", "version", "notes"]);
  tellOfNews(reader);
  let known = reader.dataset.version;
  const look = async () => {
    const standing = await standingOf([paper]);
    if (!standing) return; // no network: what is kept here may be read until its key ends
    const now = standing[paper];
    if (!now) await end();
    else if (now.ready && now.version !== known) {
      known = now.version;
      reader.dispatchEvent(new CustomEvent("news", { detail: now }));
    } else if (now.ready && "growing" in reader.dataset) await takeUp(reader);
  };
  const end = async () => {
    if (!reader.isConnected) return;
    stream.stop();
    clearInterval(timer);
    close(reader);
    await sweep(owner, [paper]);
  };
  for (const kind of ["access", "version", "resync"]) stream.addEventListener(kind, look);
  stream.addEventListener("notes", () => reader.dispatchEvent(new Event("notes-moved")));
  stream.addEventListener("connection", (event) => /** @type {any} */ (event).detail || look());
  addEventListener("online", look);
  const timer = setInterval(look, LOOK_EVERY);
  stream.start();
}

/** Take the pages away at once; the way back stays. @param {HTMLElement} reader */
function close(reader) {
  const notice = /** @type {HTMLElement} */ (document.querySelector(".reader-closed"));
  const back = reader.querySelector(".reader-back");
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  /** @type {HTMLElement} */ (notice.querySelector(".reader-closed-when")).textContent = phrase("closed-when", { time });
  const way = /** @type {HTMLAnchorElement} */ (notice.querySelector(".reader-closed-back"));
  if (back) way.href = /** @type {HTMLAnchorElement} */ (back).href;
  for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
  for (const picture of reader.querySelectorAll("img")) picture.removeAttribute("srcset"), (picture.src = "");
  reader.remove();
  const headline = document.createElement("h1");
  const said = /** @type {HTMLElement} */ (notice.querySelector("h2"));
  headline.className = said.className;
  headline.append(...said.childNodes);
  said.replaceWith(headline);
  document.title = headline.textContent?.trim() ?? "";
  notice.hidden = false;
  notice.focus();
}
