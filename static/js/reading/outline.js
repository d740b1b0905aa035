/** The headings of a document: asked for once, when somebody opens them. */
import { phrase } from "../phrases.js";

/** @typedef {{page: number, depth: number, text: string}} Heading */

export class Outline {
  /** @param {HTMLElement & {number: number, show: (number: number) => Promise<void>}} reader */
  constructor(reader) {
    this.reader = reader;
    this.button = /** @type {HTMLButtonElement} */ (reader.querySelector(".outline-open"));
    this.dialog = /** @type {HTMLDialogElement} */ (document.querySelector("#outline"));
    this.list = /** @type {HTMLElement} */ (this.dialog.querySelector("ol"));
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open());
    this.list.addEventListener("click", (event) => this.#go(event));
  }

  async open() {
    this.dialog.showModal();
    const said = /** @type {HTMLElement} */ (this.dialog.querySelector("[role=status]"));
    if (!this.list.childElementCount) {
      said.textContent = phrase("outline-going");
      const found = await this.#ask();
      said.textContent = found?.length ? "" : phrase(found ? "outline-none" : "outline-failed");
      this.list.replaceChildren(...(found ?? []).map(entry));
    }
    this.#mark();
  }

  /** @returns {Promise<Heading[] | null>} */
  async #ask() {
    const { outline, document: paper } = this.reader.dataset;
    if (outline) return JSON.parse(outline);
    const answer = await fetch(`/documents/${paper}/outline`).catch(() => null);
    return answer?.ok ? (await answer.json()).headings : null;
  }

  /** Say at which heading one is. */
  #mark() {
    const entries = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("a")]);
    const current = entries.findLast((one) => Number(one.dataset.page) <= this.reader.number);
    for (const one of entries) {
      if (one === current) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
    current?.scrollIntoView({ block: "center" });
  }

  /** @param {Event} event */
  #go(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (!link) return;
    event.preventDefault();
    this.dialog.close();
    this.reader.show(Number(link.dataset.page));
  }
}

/** @param {Heading} heading */
function entry({ page, depth, text }) {
  const [item, link, number] = ["li", "a", "span"].map((name) => document.createElement(name));
  item.dataset.depth = String(depth);
  link.setAttribute("href", `?page=${page}`);
  link.dataset.page = number.textContent = String(page);
  link.append(text, number);
  item.append(link);
  return item;
}
