/** Citations of a page as links over its picture. */
import { phrase } from "../phrases.js";
import { bare } from "./find.js";

/** @typedef {{x: number, y: number, w: number, h: number}} Box */
/** @typedef {{symbol: string, document: string, name: string}} Cited */

/**
 * Lay the links of a page over its figure; those that lay there go.
 *
 * @param {HTMLElement} figure
 * @param {{words: Box[], links?: {first: number, last: number, document: string, name: string}[]}} found
 */
export function layLinks(figure, found) {
  for (const old of figure.querySelectorAll(".cite-link")) old.remove();
  for (const link of found.links ?? []) {
    for (const line of lines(found.words.slice(link.first, link.last + 1))) {
      const made = document.createElement("a");
      made.className = "cite-link";
      made.href = `/documents/${link.document}`;
      made.title = phrase("open-cited", { name: link.name });
      made.setAttribute("aria-label", made.title);
      for (const [side, value] of [["left", line.x], ["top", line.y], ["width", line.w], ["height", line.h]]) {
        made.style.setProperty(String(side), `${Number(value) * 100}%`);
      }
      figure.append(made);
    }
  }
}

/**
 * Find the numbers of documents among the words of a page.
 *
 * @param {{text: string}[]} words
 * @param {Cited[]} cited
 */
export function linksOf(words, cited) {
  const known = new Map(cited.map((one) => [bare(one.symbol), one]));
  return words.flatMap(({ text }, place) => {
    const found = known.get(bare(text));
    return found ? [{ first: place, last: place, document: found.document, name: found.name }] : [];
  });
}

/** Return the boxes of words, those of one line as one. @param {Box[]} words */
export function lines(words) {
  /** @type {Box[]} */
  const found = [];
  for (const { x, y, w, h } of words) {
    const last = found.at(-1);
    if (last && Math.abs(last.y - y) < h / 2) last.w = x + w - last.x;
    else found.push({ x, y, w, h });
  }
  return found;
}
