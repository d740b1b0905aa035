/** How good the network is: as the browser says, as this page measured it, or as the reader chose. */
import { keepLook, lookOf } from "./looks.js";

const POOR = 3;
const GOOD = 6;
const HARDLY_ANY = 1; // browsers guess too low where little was fetched
const ENOUGH = 10_000;
const ZOOMED = 1.05;
const SETTLED = 300;

/** What browsers say of it, some of them. @returns {any} */
const connection = () => /** @type {any} */ (navigator).connection;

/** Tell whether the browser asks for few bytes, or says that its network gives no more. */
export function isSaidPoor() {
  const { saveData, effectiveType = "4g", downlink = GOOD } = connection() ?? {};
  return Boolean(saveData) || effectiveType !== "4g" || downlink < HARDLY_ANY;
}

export class Network extends EventTarget {
  chosen = false;
  /** Whether the last picture that was measured came slowly. */
  wasSlow = false;
  /** @type {number | undefined} */
  #timer;

  /** @param {HTMLElement} reader */
  constructor(reader) {
    super();
    this.reader = reader;
    this.known = reader.dataset.poor !== undefined;
    this.poor = this.known || isSaidPoor();
    this.button = /** @type {HTMLButtonElement} */ (reader.querySelector(".light-press"));
    this.button.addEventListener("click", () => this.choose(!this.chosen));
    connection()?.addEventListener?.("change", () => this.#become(isSaidPoor() || this.wasSlow));
    window.visualViewport?.addEventListener("resize", () => this.#zoom());
    this.ready = lookOf(reader).then(({ light }) => light && this.#show(true));
  }

  /** Whether pages are to come in four greys. */
  get light() {
    return (this.chosen || this.poor) && !this.#isZoomed;
  }

  /** What the server is told if it does not know, so that the next paper begins with the right picture. */
  get news() {
    const poor = this.chosen || this.poor;
    if (poor === this.known) return "";
    return poor ? "poor" : "good";
  }

  get #isZoomed() {
    return (window.visualViewport?.scale ?? 1) > ZOOMED;
  }

  /** @param {boolean} light */
  choose(light) {
    keepLook(this.reader, { light });
    if (!light) this.poor = false;
    this.#show(light);
  }

  /** @param {boolean} light */
  #show(light) {
    this.chosen = light;
    this.button.setAttribute("aria-pressed", String(light));
    this.dispatchEvent(new Event("change"));
  }

  /** Learn from a picture that came over the network by itself. @param {string} address */
  learn(address) {
    const entry = /** @type {PerformanceResourceTiming | undefined} */ (performance.getEntriesByName(address).at(-1));
    if (!entry || entry.transferSize < ENOUGH) return;
    const megabits = (entry.transferSize * 8) / Math.max(entry.responseEnd - entry.responseStart, 1) / 1000;
    this.wasSlow = megabits < POOR;
    if (this.wasSlow) this.#become(true);
    else if (megabits > GOOD && !connection()?.saveData) this.#become(false);
  }

  /** @param {boolean} poor */
  #become(poor) {
    if (poor === this.poor) return;
    this.poor = poor;
    this.dispatchEvent(new Event("change"));
  }

  #zoom() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#isZoomed && this.dispatchEvent(new Event("change")), SETTLED);
  }
}
