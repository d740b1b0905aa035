/** The reader: turns pages in place, by keys, taps and swipes, and keeps one's place. */
import { announce } from "./announce.js";
import { NoteTools } from "./notes/tools.js";
import { phrase } from "./phrases.js";
import { post } from "./post.js";
import { Aloud } from "./reading/aloud.js";
import { layLinks, linksOf } from "./reading/cited.js";
import { Crop } from "./reading/crop.js";
import { Finder } from "./reading/find.js";
import { GoBack } from "./reading/goback.js";
import "./reading/hits.js";
import { Labels } from "./reading/labels.js";
import { LargeType } from "./reading/large.js";
import { Outline } from "./reading/outline.js";
import { Pair } from "./reading/pair.js";
import { Pictures } from "./reading/pictures.js";
import { tellWhyMissing } from "./reading/replaced.js";
import { Thumbs } from "./reading/thumbs.js";
import { Turns } from "./reading/turns.js";
import { watchReader } from "./reading/watch.js";
import { wordLayer } from "./word_layer.js";

const EDGE = 0.15;
const SWIPE = 60;
const REST = 24;
const PART = 0.85;
const KEEP_AFTER = 700;

/** @typedef {{id: string, n: number, w: number, h: number, crop?: number[]}} Page */

class DocReader extends HTMLElement {
  connectedCallback() {
    /** @type {Page[]} */
    this.pages = JSON.parse(this.dataset.pages ?? "[]");
    this.number = Number(this.dataset.number);
    this.count = Number(this.dataset.count);
    this.stage = this.#part(".reader-stage");
    this.figure = this.#part(".reader-page");
    this.pictures = new Pictures(this, this.figure, (page) => this.#failed(page));
    this.labels = new Labels(this);
    this.goBack = new GoBack(this);
    this.turns = new Turns(this);
    this.crop = new Crop(this);
    this.thumbs = new Thumbs(this);
    this.#listen();
    this.#watchFirst();
    this.#bars();
    this.pictures.preload();
    this.keepPlace();
    this.pictures.network.addEventListener("change", () => this.keepPlace());
    this.notes = new NoteTools(this, this.figure);
    this.notes.turnTo(this.number);
    this.notes.book.addEventListener("change", () => this.#drawNotes());
    this.finder = new Finder(this);
    this.outline = new Outline(this);
    this.large = new LargeType(this);
    this.pair = new Pair(this);
    this.#learnWords();
    this.aloud = new Aloud(this);
    watchReader(this);
  }

  /** The first page comes without its words, which would keep it waiting. */
  async #learnWords() {
    const page = this.pages.find((one) => one.n === this.number);
    if (page) await this.#layWords(page);
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  #listen() {
    this.#part(".reader-previous").addEventListener("click", (e) => this.#turn(e, -1));
    this.#part(".reader-next").addEventListener("click", (e) => this.#turn(e, 1));
    this.#part(".reader-goto").addEventListener("submit", (e) => this.#jump(e));
    this.#part("#goto").addEventListener("change", (e) => this.#jump(e));
    this.#part(".reader-retry").addEventListener("click", () => this.show(this.number));
    document.addEventListener("keydown", (e) => this.#key(e));
    this.stage.addEventListener("click", (e) => this.#tap(e));
    this.stage.addEventListener("touchstart", (e) => this.#touch(e), { passive: true });
    this.stage.addEventListener("touchend", (e) => this.#lift(e), { passive: true });
    window.addEventListener("popstate", () => location.reload());
  }

  /**
   * @param {Event} event
   * @param {number} step
   */
  #turn(event, step) {
    event.preventDefault();
    this.show(this.#beside(step));
  }

  /** Return the page to which one turn leads: beyond the pages in view. @param {number} step */
  #beside(step) {
    const by = this.pair?.step ?? 1;
    if (Math.abs(step) !== 1 || by === 1) return this.number + step;
    if (step < 0) return this.number > 1 ? Math.max(1, this.number - by) : 0;
    const isLast = this.number + by > this.count;
    if (!isLast) return this.number + by;
    return this.dataset.after ? this.count + 1 : this.number;
  }

  #drawNotes() {
    this.pair?.drawNotes();
    this.crop?.apply();
  }

  /** @param {Event} event */
  #jump(event) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (this.#part("#goto"));
    this.show(this.labels?.numberOf(input.value) || this.number);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const typing = /** @type {HTMLElement} */ (event.target).matches("input, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
    const places = { Home: 1, End: this.count };
    if (event.key in steps) this.#turn(event, steps[event.key]);
    else if (event.key in places) this.#turn(event, places[event.key] - this.number);
    else if (event.key === " ") this.#space(event);
    else if (event.key === "g") this.#goTo(event);
    else if (event.key === "/") this.#find(event);
    else if (event.key === "o") this.outline?.open();
    else if (event.key === "r") this.turns?.turn();
    else if (event.key === "d") this.pair?.choose(!this.pair.wanted);
  }

  /** @param {KeyboardEvent} event */
  #space(event) {
    if (/** @type {HTMLElement} */ (event.target).matches("button, summary, a")) return;
    event.preventDefault();
    this.#lead(event.shiftKey ? -1 : 1);
  }

  /** @param {Event} event */
  #find(event) {
    event.preventDefault();
    this.finder?.open(true);
  }

  /** @param {Event} event */
  #goTo(event) {
    event.preventDefault();
    /** @type {HTMLInputElement} */ (this.#part("#goto")).select();
  }

  /** @param {MouseEvent} event */
  #tap(event) {
    if (this.notes?.busy || !getSelection()?.isCollapsed) return;
    if (/** @type {HTMLElement} */ (event.target).closest("button, a")) return;
    const { left, width } = this.stage.getBoundingClientRect();
    const place = (event.clientX - left) / width;
    if (place < EDGE) this.#lead(-1);
    if (place > 1 - EDGE) this.#lead(1);
  }

  /** Lead on through what does not fit on the screen, then to the page beside. @param {1 | -1} step */
  async #lead(step) {
    const { scrollTop, clientHeight, scrollHeight } = this.stage;
    const left = step > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop;
    if (left > REST) {
      this.stage.scrollTop += step * Math.min(left, clientHeight * PART);
      return;
    }
    const from = this.number;
    const shown = this.show(this.#beside(step));
    if (this.number < from) this.stage.scrollTop = this.stage.scrollHeight;
    await shown;
  }

  /** @param {TouchEvent} event */
  #touch(event) {
    this.start = event.touches.length === 1 ? event.touches[0] : null;
  }

  /** @param {TouchEvent} event */
  #lift(event) {
    if (!this.start || this.notes?.busy || (window.visualViewport?.scale ?? 1) > 1.05) return;
    const end = event.changedTouches[0];
    const [across, down] = [end.clientX - this.start.clientX, end.clientY - this.start.clientY];
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) {
      this.show(this.#beside(across < 0 ? 1 : -1));
    }
  }

  /** The server drew the first picture; it may have failed before this script came. */
  #watchFirst() {
    const page = this.pages.find((one) => one.n === this.number);
    const picture = this.figure.querySelector("img");
    if (!page || !picture) return;
    picture.addEventListener("error", () => this.#failed(page));
    if (picture.complete && !picture.naturalWidth) this.#failed(page);
  }

  /**
   * Show a page in place of the one in view; nothing moves, for its size is known before it comes.
   *
   * @param {number} number
   */
  async show(number) {
    if (this.#leavesPaper(number)) return;
    const wanted = Math.min(Math.max(number, 1), this.count);
    const page = this.pages.find((one) => one.n === wanted);
    if (!page) {
      location.assign(this.#address(wanted));
      return;
    }
    const turned = wanted !== this.number;
    this.goBack?.jumped(this.number, wanted);
    this.number = wanted;
    this.#bars();
    this.figure.replaceChildren(this.pictures.of(page));
    this.crop?.apply();
    this.pair?.draw();
    if (turned) this.large?.turn(null);
    this.notes?.turnTo(wanted);
    this.#part(".reader-text").textContent = "";
    for (const said of this.querySelectorAll(".reader-problem, .reader-replaced")) said.toggleAttribute("hidden", true);
    if (turned) this.stage.scrollTop = 0;
    if (turned) this.aloud?.stop();
    this.pictures.preload();
    this.keepPlace();
    announce(phrase("page-of", { number: this.labels?.of(wanted) ?? wanted, count: this.count }));
    await this.#layWords(page);
  }

  /** One step beyond the first or the last page is the paper beside this one in the meeting's book. @param {number} number */
  #leavesPaper(number) {
    const { before, after } = this.dataset;
    const isLast = this.number + (this.pair?.step ?? 1) > this.count;
    const beyond = isLast && number === this.count + 1 ? after : undefined;
    const next = this.number === 1 && number === 0 ? before : beyond;
    if (next) location.assign(next);
    return Boolean(next);
  }

  /** @param {Page} page */
  async #layWords(page) {
    const found = await this.#wordsOf(page);
    if (!found) return;
    found.hits = this.finder?.marks(found) ?? found.hits;
    this.figure.querySelector(".reader-words")?.remove();
    this.figure.querySelector("img")?.after(wordLayer(page, found));
    layLinks(this.figure, found);
    this.large?.turn(found);
    if (this.notes) this.notes.words = found.words;
    this.#part(".reader-text").textContent = found.text || phrase("no-text");
  }

  /** Return the words of a page, if it is still in view when they come. @param {Page} page */
  async #wordsOf(page) {
    const query = new URLSearchParams({ q: this.dataset.words ?? "" });
    const answer = await fetch(`/pages/${page.id}/words?${query}`).catch(() => null);
    const found = answer?.ok && (await answer.json());
    if (found && this.cited) found.links ??= linksOf(found.words, this.cited);
    return page.n === this.number ? found : null;
  }

  /** @param {Page} page */
  #failed(page) {
    if (page.n === this.number) tellWhyMissing(this);
  }

  #bars() {
    this.#part(".reader-count").textContent = this.labels?.placed(this.number) ?? "";
    /** @type {HTMLInputElement} */ (this.#part("#goto")).value = this.labels?.of(this.number) ?? "";
    this.#part(".reader-previous").setAttribute("aria-disabled", String(this.number === 1 && !this.dataset.before));
    this.#part(".reader-next").setAttribute("aria-disabled", String(this.number === this.count && !this.dataset.after));
    history.replaceState(null, "", this.#address(this.number));
    this.#leadToPage();
  }

  /** Let the links that are about the page in view be about this one. */
  #leadToPage() {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = this.querySelectorAll("a[data-at-page]");
    for (const link of links) {
      const address = new URL(link.href);
      address.searchParams.set("page", String(this.number));
      link.href = address.href;
    }
  }

  /** @param {number} number */
  #address(number) {
    const address = new URL(location.href);
    address.searchParams.set("page", String(number));
    return address;
  }

  keepPlace() {
    clearTimeout(this.timer);
    const page = String(this.number);
    this.timer = setTimeout(() => {
      this.thumbs?.mark(Number(page));
      this.#tell(page);
    }, KEEP_AFTER);
  }

  /** @param {string} page */
  async #tell(page) {
    const { version = "", position = "" } = this.dataset;
    const turns = this.turns?.news ?? "";
    const seen = String(this.pair?.page?.n ?? "");
    const news = { page, version, seen, turns, network: this.pictures?.network.news ?? "" };
    try {
      await post(position, news, { keepalive: true });
      this.turns?.told(turns);
    } catch {
      await this.#rememberSeen(page);
    }
  }

  /** @param {string} page */
  async #rememberSeen(page) {
    const { rememberSeen } = await import("./offline/seen.js");
    await rememberSeen(this.dataset, page);
  }
}

customElements.define("doc-reader", DocReader);
