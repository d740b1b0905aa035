/** Pages that somebody turned: remembered for that person and page, also without a network. */
import { find, keep } from "../offline/database.js";

const QUARTERS = 4;

export class Turns {
  /** @type {Map<string, number>} */
  #turned;
  /** @type {Set<string>} */
  #untold = new Set();

  /** @param {HTMLElement & {number: number, crop?: {apply: () => void}, keepPlace: () => void}} reader */
  constructor(reader) {
    this.reader = reader;
    const { owner, version, turns } = reader.dataset;
    this.name = `turns:${owner}:${version}`;
    this.#turned = new Map(Object.entries(JSON.parse(turns || "{}")));
    reader.querySelector(".turn-press")?.addEventListener("click", () => this.turn());
    this.#recall(turns === undefined);
  }

  /** Take up what this tablet knows; with a network only what was not told yet. @param {boolean} isOffline */
  async #recall(isOffline) {
    const row = await find("keys", this.name).catch(() => null);
    for (const [page, quarters] of row?.turned ?? []) {
      if (isOffline || row.untold.includes(page)) this.#turned.set(page, quarters);
    }
    this.#untold = new Set(row?.untold);
    if (row) this.reader.crop?.apply();
  }

  /** Return by how many quarters a page is turned, with the clock. @param {number} number */
  of(number) {
    return this.#turned.get(String(number)) ?? 0;
  }

  /** Turn the page in view by a quarter. */
  turn() {
    const page = String(this.reader.number);
    this.#turned.set(page, (this.of(this.reader.number) + 1) % QUARTERS);
    this.#untold.add(page);
    this.#keep();
    this.reader.crop?.apply();
    this.reader.keepPlace();
  }

  /** What the server has not heard. */
  get news() {
    return [...this.#untold].map((page) => `${page}:${this.#turned.get(page)}`).join(",");
  }

  /** @param {string} sent */
  told(sent) {
    for (const one of sent.split(",").filter(Boolean)) {
      const [page, quarters] = one.split(":");
      if (this.#turned.get(page) === Number(quarters)) this.#untold.delete(page);
    }
    if (sent) this.#keep();
  }

  #keep() {
    const row = { id: this.name, turned: [...this.#turned], untold: [...this.#untold] };
    keep("keys", row).catch(() => {});
  }
}
