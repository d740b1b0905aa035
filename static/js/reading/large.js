/** A / A+ / A++: the text of a page in large type, in lines as long as the screen; said not to be the original. */
import { phrase } from "../phrases.js";
import { keepLook, lookOf } from "./looks.js";
import { paragraphsOf } from "./paragraphs.js";

/** @typedef {import("./paragraphs.js").Word} Word */
/** @typedef {{words: Word[], hits: number[], links?: {first: number, last: number, document: string, name: string}[]}} Found */

export class LargeType {
  size = "";
  /** @type {Found | null} */
  #found = null;

  /** @param {HTMLElement & {number: number}} reader */
  constructor(reader) {
    this.reader = reader;
    this.strip = /** @type {HTMLElement} */ (reader.querySelector(".type-strip"));
    this.opener = /** @type {HTMLButtonElement} */ (reader.querySelector(".type-open"));
    this.sheet = /** @type {HTMLElement} */ (reader.querySelector(".large-type"));
    this.opener.hidden = false;
    this.opener.addEventListener("click", () => this.#open(this.strip.hidden));
    this.strip.addEventListener("click", (event) => this.#press(event));
    this.sheet.addEventListener("click", (event) => this.#press(event));
    lookOf(reader).then(({ type }) => type && this.#choose(type));
  }

  /** @param {boolean} wanted */
  #open(wanted) {
    this.strip.hidden = !wanted;
    this.opener.setAttribute("aria-expanded", String(wanted));
  }

  /** @param {Event} event */
  #press(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button?.dataset.type === undefined) return;
    keepLook(this.reader, { type: button.dataset.type });
    this.#choose(button.dataset.type);
  }

  /** @param {string} size - nothing for the page as it is, else "large" or "larger". */
  #choose(size) {
    this.size = size;
    if (size) this.reader.dataset.type = size;
    else delete this.reader.dataset.type;
    for (const one of this.strip.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.type === size));
    }
    this.sheet.hidden = !size;
    this.#lay();
  }

  /** Take the words of the page in view; null while they are on their way. @param {Found | null} found */
  turn(found) {
    this.#found = found;
    this.#lay();
  }

  #lay() {
    if (!this.size) return;
    const text = /** @type {HTMLElement} */ (this.sheet.querySelector(".large-type-text"));
    const found = this.#found;
    const parts = found ? paragraphsOf(found.words) : [];
    text.replaceChildren(...parts.map((part) => paragraph(part, /** @type {Found} */ (found))));
    const empty = /** @type {HTMLElement} */ (this.sheet.querySelector(".large-type-empty"));
    empty.hidden = !found || parts.length > 0;
    const title = /** @type {HTMLElement} */ (this.sheet.querySelector("h2"));
    title.textContent = phrase("page-name", { number: this.reader.number });
    text.querySelector("mark")?.scrollIntoView({ block: "center" });
  }
}

/**
 * @param {{first: number, last: number, isRow: boolean, isTitle: boolean}} part
 * @param {Found} found
 */
function paragraph(part, { words, hits, links = [] }) {
  const made = document.createElement("p");
  made.className = part.isRow ? "is-row" : part.isTitle ? "is-title" : "";
  const marked = new Set(hits);
  for (let at = part.first; at <= part.last; at += 1) {
    const link = links.find((one) => one.first <= at && at <= one.last);
    const end = link ? Math.min(link.last, part.last) : at;
    const text = words.slice(at, end + 1).map((word) => word.text).join(" ");
    if (at > part.first) made.append(gap(words[at - 1], words[at], part.isRow));
    made.append(link ? linked(text, link) : marked.has(at) ? element("mark", text) : text);
    at = end;
  }
  return made;
}

/** Cells of a row stay apart. @param {Word} one @param {Word} next @param {boolean} isRow */
const gap = (one, next, isRow) => (isRow && next.x - one.x - one.w > 0.02 ? " \u2003" : " ");

/** @param {string} text @param {{document: string, name: string}} link */
function linked(text, link) {
  const made = /** @type {HTMLAnchorElement} */ (element("a", text));
  made.href = `/documents/${link.document}`;
  made.title = phrase("open-cited", { name: link.name });
  return made;
}

/** @param {string} name @param {string} text */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
