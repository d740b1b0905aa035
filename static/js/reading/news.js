/** Says quietly that there is a new version; the page in view stays where it is. */
import { announce } from "../announce.js";
import { fetchPage } from "../fetch_page.js";

/** @param {HTMLElement & {number?: number}} reader */
export function tellOfNews(reader) {
  reader.addEventListener("news", () => show(reader));
}

/** @param {HTMLElement & {number?: number}} reader */
async function show(reader) {
  const strip = reader.querySelector(".reader-news");
  const { document: paper = "", version = "" } = reader.dataset;
  const query = new URLSearchParams({ version, page: String(reader.number ?? 1) });
  const found = await fetchPage(`/documents/${paper}/news?${query}`);
  if (!strip || !found) return;
  const tab = new URLSearchParams(location.search).get("paper");
  strip.replaceChildren(...found.page.querySelector("main")?.children ?? []);
  const read = /** @type {HTMLAnchorElement} */ (strip.querySelector("a"));
  if (tab) read.href += `&paper=${tab}`;
  strip.querySelector("[data-later]")?.addEventListener("click", () => strip.toggleAttribute("hidden", true));
  strip.toggleAttribute("hidden", false);
  announce(strip.querySelector("strong")?.textContent?.trim() ?? "");
}
