/** Two pages side by side on a screen that lies: the one in view, and the next one beside it. */
import { markLayer } from "../notes/marks.js";
import { wordLayer } from "../word_layer.js";
import { layLinks, linksOf } from "./cited.js";
import { keepLook, lookOf } from "./looks.js";

const WIDE = matchMedia("(orientation: landscape) and (min-width: 50em)");

/** @typedef {import("../reader.js").Page} Page */

export class Pair {
  wanted = false;

  /** @param {any} reader */
  constructor(reader) {
    this.reader = reader;
    this.frame = document.createElement("div");
    this.frame.className = "reader-frame reader-beside";
    this.frame.hidden = true;
    this.figure = document.createElement("figure");
    this.figure.className = "reader-page";
    this.frame.append(this.figure);
    reader.querySelector(".reader-frame").after(this.frame);
    this.button = reader.querySelector(".pair-press");
    this.button.addEventListener("click", () => this.choose(!this.wanted));
    this.figure.addEventListener("click", (/** @type {Event} */ event) => this.#press(event));
    WIDE.addEventListener("change", () => this.draw());
    reader.addEventListener("notes-toggled", () => this.draw());
    lookOf(reader).then(({ pair }) => pair && this.#show(true));
  }

  /** Notes are written on one page, and large type has none beside it. */
  get isOn() {
    const { notes, dataset } = this.reader;
    return this.wanted && WIDE.matches && !dataset.type && notes?.strip.hidden !== false;
  }

  /** How many pages one turn leads on. */
  get step() {
    return this.isOn ? 2 : 1;
  }

  /** @returns {Page | undefined} */
  get page() {
    return this.isOn ? this.reader.pages.find((/** @type {Page} */ one) => one.n === this.reader.number + 1) : undefined;
  }

  /** @param {boolean} wanted */
  choose(wanted) {
    keepLook(this.reader, { pair: wanted });
    this.#show(wanted);
  }

  /** @param {boolean} wanted */
  #show(wanted) {
    this.wanted = wanted;
    this.button.setAttribute("aria-pressed", String(wanted));
    this.draw();
  }

  /** A note is opened on the page in view. @param {Event} event */
  #press(event) {
    const { page } = this;
    if (page && /** @type {HTMLElement} */ (event.target).closest(".note-pin")) this.reader.show(page.n);
  }

  async draw() {
    const { page, reader } = this;
    reader.toggleAttribute("data-pair", this.isOn);
    this.frame.hidden = !page;
    if (!page) {
      reader.crop?.apply();
      return;
    }
    this.figure.replaceChildren(reader.pictures.of(page));
    this.drawNotes();
    reader.crop?.apply();
    const answer = await fetch(`/pages/${page.id}/words?q=`).catch(() => null);
    const found = answer?.ok ? await answer.json() : null;
    if (!found || page !== this.page) return;
    if (reader.cited) found.links ??= linksOf(found.words, reader.cited);
    found.hits = reader.finder?.marks(found) ?? found.hits;
    this.figure.querySelector(".reader-words")?.remove();
    this.figure.querySelector("img")?.after(wordLayer(page, found));
    layLinks(this.figure, found);
  }

  drawNotes() {
    const { page, reader } = this;
    if (!page || !reader.notes) return;
    for (const old of this.figure.querySelectorAll(".reader-marks, .note-pin")) old.remove();
    const notes = reader.notes.book.on(page.n);
    this.figure.append(markLayer(notes));
    for (const note of notes) if (note.kind === "text") this.figure.append(reader.notes.pin(note));
  }
}
