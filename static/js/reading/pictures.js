/** The pictures of pages: the one in view, and those around it once that is here. */
import { phrase } from "../phrases.js";
import { Network } from "./network.js";

const AROUND = 2;

/** @typedef {import("../reader.js").Page} Page */

export class Pictures {
  /** @type {Map<number, HTMLImageElement>} */
  #known = new Map();

  /**
   * @param {HTMLElement & {pages: Page[], number: number}} reader
   * @param {HTMLElement} figure
   * @param {(page: Page) => void} failed
   */
  constructor(reader, figure, failed) {
    this.reader = reader;
    this.figure = figure;
    this.failed = failed;
    this.network = new Network(reader);
    this.network.addEventListener("change", () => this.#improve());
  }

  /** Forget the pictures that were fetched. */
  clear() {
    this.#known.clear();
  }

  /** @param {Page} page */
  of(page) {
    const known = this.#known.get(page.n);
    if (known && (this.network.light || !isLight(known))) return known;
    const made = this.#made(page, this.network.light);
    this.#known.set(page.n, made);
    return made;
  }

  /** @param {Page} page @param {boolean} light */
  #made(page, light) {
    const picture = new Image(1200, Math.round((1200 * page.h) / page.w));
    picture.alt = phrase("page-alt", { number: page.n });
    picture.decoding = "async";
    picture.dataset.page = String(page.n);
    picture.addEventListener("error", () => this.#lose(page));
    if (light) {
      picture.dataset.light = "";
      picture.src = `/pages/${page.id}/light`;
      return picture;
    }
    picture.sizes = "(min-width: 70rem) 60rem, 100vw";
    picture.srcset = [1200, 1600].map((w) => `/pages/${page.id}/image/${w} ${w}w`).join(", ");
    picture.src = `/pages/${page.id}/image/1200`;
    return picture;
  }

  /** @param {Page} page */
  #lose(page) {
    this.#known.delete(page.n);
    this.failed(page);
  }

  /** Fetch the pages around, but not before the one in view is here: on a slow line they would share it. */
  async preload() {
    const { number, pages } = this.reader;
    for (const known of [...this.#known.keys()]) if (Math.abs(known - number) > AROUND) this.#known.delete(known);
    const shown = this.figure.querySelector("img");
    await Promise.all([arrived(shown), this.network.ready]);
    if (number !== this.reader.number) return;
    if (shown) this.network.learn(shown.currentSrc);
    for (const page of pages) if (Math.abs(page.n - number) <= AROUND && page.n !== number) this.of(page);
  }

  /** Put whole pictures in the place of light ones, each once it is here: nothing moves. */
  async #improve() {
    if (this.network.light) return;
    const light = /** @type {NodeListOf<HTMLImageElement>} */ (this.reader.querySelectorAll(".reader-page img[data-light]"));
    await Promise.all([...light].map((shown) => this.#exchange(shown)));
  }

  /** @param {HTMLImageElement} shown */
  async #exchange(shown) {
    const number = Number(shown.dataset.page ?? this.reader.number);
    const page = this.reader.pages.find((one) => one.n === number);
    if (!page) return;
    const whole = this.#made(page, false);
    const came = await whole.decode().then(() => true, () => false);
    if (!came || !shown.isConnected) return;
    shown.replaceWith(whole);
    this.#known.set(page.n, whole);
  }
}

/** @param {HTMLImageElement} picture */
const isLight = (picture) => picture.dataset.light !== undefined;

/** @param {HTMLImageElement | null} picture */
function arrived(picture) {
  if (!picture || picture.complete) return null;
  return new Promise((resolve) => {
    for (const end of ["load", "error"]) picture.addEventListener(end, resolve, { once: true });
  });
}
