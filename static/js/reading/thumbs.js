/** All pages as small pictures, made when somebody opens them; and which of them one has seen. */
import { phrase } from "../phrases.js";

/** @typedef {{id: string, n: number, w: number, h: number}} Page */

export class Thumbs {
  /** @param {HTMLElement & {pages: Page[], number: number, count: number, labels: import("./labels.js").Labels, show: (number: number) => Promise<void>}} reader */
  constructor(reader) {
    this.reader = reader;
    this.details = /** @type {HTMLDetailsElement | null} */ (reader.querySelector(".reader-thumbs"));
    this.list = /** @type {HTMLElement | null} */ (reader.querySelector(".reader-thumbs > ol"));
    this.seen = new Set((this.list?.dataset.seen ?? "").split(",").filter(Boolean).map(Number));
    this.details?.addEventListener("toggle", () => this.#open());
    this.list?.addEventListener("click", (event) => this.#choose(event));
  }

  #open() {
    if (!this.list || !this.details?.open) return;
    for (const made of this.list.querySelectorAll("a")) made.closest("li")?.remove();
    this.list.append(...this.reader.pages.map((page) => this.#entry(page)));
    this.list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Page} page */
  #entry({ id, n, w, h }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const picture = new Image(120, Math.round((120 * h) / w));
    picture.loading = "lazy";
    picture.alt = "";
    picture.src = `/pages/${id}/image/240`;
    link.href = `?page=${n}`;
    link.dataset.page = String(n);
    link.toggleAttribute("data-seen", this.seen.has(n));
    if (n === this.reader.number) link.setAttribute("aria-current", "page");
    link.append(picture, phrase("page-name", { number: this.reader.labels.of(n) }));
    item.append(link);
    return item;
  }

  /** @param {Event} event */
  #choose(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (!link || !this.details) return;
    event.preventDefault();
    this.details.open = false;
    this.reader.show(Number(link.dataset.page));
  }

  /** @param {number} number */
  mark(number) {
    this.seen.add(number);
    const said = this.list?.querySelector("[data-seen-count]");
    if (said) said.textContent = `${this.seen.size}/${this.reader.count}`;
    this.list?.querySelector(`a[data-page="${number}"]`)?.toggleAttribute("data-seen", true);
  }
}
