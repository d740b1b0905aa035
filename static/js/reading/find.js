/** Words of the document that is open: the server finds them, without a network the tablet does. */
import { phrase } from "../phrases.js";

/** @typedef {{page: number, word: number}} Hit */
/** @typedef {HTMLElement & {pages: {id: string, n: number}[], number: number, show: (number: number) => Promise<void>}} Reader */

const LETTERS = /[^\p{L}\p{N}]+/gu;

/** Return a word without accents, signs and capitals. @param {string} text */
export function bare(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(LETTERS, "");
}

/**
 * Return the places at which words follow each other on a page, each by its first word.
 *
 * @param {string[]} page
 * @param {string} text
 */
export function places(page, text) {
  const wanted = text.split(/\s+/).map(bare).filter(Boolean);
  const words = page.map(bare);
  if (!wanted.length) return [];
  const last = wanted.length - 1;
  const fits = (/** @type {string} */ word, /** @type {number} */ index) =>
    index === last ? word.startsWith(wanted[index]) : word === wanted[index];
  return words.flatMap((_, start) =>
    wanted.every((__, index) => fits(words[start + index] ?? "", index)) ? [start] : [],
  );
}

export class Finder {
  /** @param {Reader} reader */
  constructor(reader) {
    this.reader = reader;
    this.strip = /** @type {HTMLFormElement} */ (reader.querySelector(".find-strip"));
    this.opener = /** @type {HTMLButtonElement} */ (reader.querySelector(".find-open"));
    /** @type {Hit[]} */
    this.hits = [];
    this.place = 0;
    this.opener.hidden = false;
    this.opener.addEventListener("click", () => this.open(this.strip.hidden));
    this.strip.addEventListener("submit", (event) => this.#search(event));
    this.strip.addEventListener("click", (event) => this.#press(event));
    this.strip.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.strip.querySelector("input"));
  }

  /** @param {boolean} wanted */
  open(wanted) {
    this.strip.hidden = !wanted;
    this.opener.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.#input.select();
    else this.opener.focus();
  }

  /** @param {Event} event */
  async #search(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (!text) return;
    this.#say(phrase("find-going"));
    const found = await this.#ask(text);
    this.hits = found ?? [];
    this.reader.dataset.words = found ? `"${text.replaceAll('"', " ")}"` : ""; // as it stands, word after word
    for (const one of this.strip.querySelectorAll("[data-find$='1']")) one.toggleAttribute("disabled", !this.hits.length);
    if (!found) this.#say(phrase("find-failed"));
    else if (!found.length) this.#say(phrase("find-none"));
    else await this.#go(Math.max(found.findIndex((hit) => hit.page >= this.reader.number), 0));
  }

  /** @param {string} text @returns {Promise<Hit[] | null>} */
  async #ask(text) {
    const query = new URLSearchParams({ q: text });
    const address = `/documents/${this.reader.dataset.document}/find?${query}`;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return this.#look(text);
    const found = await answer.json();
    return found.pages.flatMap((/** @type {{page: number, hits: number[]}} */ one) =>
      one.hits.map((word) => ({ page: one.page, word })),
    );
  }

  /** Look through the pages that the tablet keeps. @param {string} text */
  async #look(text) {
    /** @type {Hit[]} */
    const hits = [];
    for (const page of this.reader.pages) {
      const answer = await fetch(`/pages/${page.id}/words`).catch(() => null);
      if (!answer?.ok) return null;
      const { words } = await answer.json();
      const found = places(words.map((/** @type {{text: string}} */ word) => word.text), text);
      hits.push(...found.map((word) => ({ page: page.n, word })));
    }
    return hits;
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    const what = button?.dataset.find;
    if (what === "close") this.open(false);
    else if (what) this.#go((this.place + Number(what) + this.hits.length) % this.hits.length);
  }

  /** @param {number} place */
  async #go(place) {
    this.place = place;
    const hit = this.hits[place];
    await this.reader.show(hit.page);
    this.#say(phrase("find-place", { place: place + 1, count: this.hits.length, page: hit.page }));
    this.reader.querySelectorAll(".reader-words text")[hit.word]?.scrollIntoView({ block: "center" });
  }

  /** Return which words of a page to mark when no server said so. @param {{words: {text: string}[], hits: number[]}} found */
  marks(found) {
    const text = this.reader.dataset.words ?? "";
    if (found.hits.length || !text) return found.hits;
    const length = text.split(/\s+/).filter((one) => bare(one)).length;
    const starts = places(found.words.map((word) => word.text), text);
    return starts.flatMap((start) => Array.from({ length }, (_, index) => start + index));
  }

  /** @param {string} text */
  #say(text) {
    /** @type {HTMLElement} */ (this.strip.querySelector(".find-count")).textContent = text;
  }
}
