/** Shows pages without their empty margins, so that the letters are larger; on until it is switched off. */
import { keepLook, lookOf } from "./looks.js";

const SIDE = 10_000;
const WHOLE = [0, 0, 1, 1];
const TYPICAL = 0.1;

/** @typedef {{n: number, w: number, h: number, crop?: number[]}} Page */
/** @typedef {{kind: string, shape: any}} Note */

/**
 * Return the part of a page that is shown: one for all pages of its size and side, so that the text
 * does not jump, and more where a page or a note on it needs more.
 *
 * @param {Page[]} pages
 * @param {Page} page
 * @param {Note[]} [notes]
 */
export function boxOf(pages, page, notes = []) {
  const alike = pages.filter((one) => one.crop && one.w === page.w && one.h === page.h && one.n % 2 === page.n % 2);
  if (!page.crop || !alike.length) return WHOLE;
  const sides = [...alike.map((one) => sidesOf(one.crop ?? WHOLE))];
  const usual = [0, 1, 2, 3].map((side) => typical(sides.map((one) => one[side]), side < 2));
  const wanted = [usual, sidesOf(page.crop), ...notes.map(reachOf)];
  const [left, top] = [0, 1].map((side) => Math.max(0, Math.min(...wanted.map((one) => one[side]))));
  const [right, bottom] = [2, 3].map((side) => Math.min(1, Math.max(...wanted.map((one) => one[side]))));
  return [left, top, right - left, bottom - top];
}

/** @param {number[]} box */
const sidesOf = ([x, y, w, h]) => [x, y, x + w, y + h];

/** A few pages that differ do not decide for all. @param {number[]} values @param {boolean} low */
function typical(values, low) {
  const sorted = [...values].sort((one, other) => (low ? one - other : other - one));
  return sorted[Math.floor(sorted.length * TYPICAL)];
}

/** Return the sides of what a note covers. @param {Note} note */
export function reachOf({ shape }) {
  /** @type {number[][]} */
  const points = (shape.rects ?? []).flatMap(([x, y, w, h]) => [[x, y], [x + w, y + h]]);
  if (shape.x !== undefined) points.push([shape.x, shape.y], [shape.x + 900, shape.y + 300]);
  for (const [startX, startY, ...steps] of shape.lines ?? []) {
    let [x, y] = [startX, startY];
    points.push([x, y]);
    for (let at = 0; at < steps.length; at += 2) points.push([(x += steps[at]), (y += steps[at + 1])]);
  }
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis] / SIDE));
  return points.length ? [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] : [1, 1, 0, 0];
}

export class Crop {
  /** @param {HTMLElement & {pages: Page[], number: number, notes?: any}} reader */
  constructor(reader) {
    this.reader = reader;
    this.frame = /** @type {HTMLElement} */ (reader.querySelector(".reader-frame"));
    this.button = /** @type {HTMLButtonElement} */ (reader.querySelector(".crop-press"));
    this.on = true;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.#switch(!this.on));
    this.apply();
    lookOf(reader).then(({ whole }) => whole && this.#switch(false));
  }

  /** @param {boolean} on */
  #switch(on) {
    this.on = on;
    keepLook(this.reader, { whole: !on });
    this.apply();
  }

  /** Frame the page in view; all that lies on it is placed by the page, not by the frame. */
  apply() {
    const { pages, number, notes } = this.reader;
    const page = pages.find((one) => one.n === number);
    const [x, y, w, h] = page && this.on ? boxOf(pages, page, notes?.book.on(number)) : WHOLE;
    this.button.setAttribute("aria-pressed", String(this.on));
    const shape = page ? page.h / page.w : 1;
    const values = { w: String(w), x: String(-x / w), y: String((-y * shape) / w), shape: page ? String(w / (h * shape)) : "auto" };
    for (const [name, value] of Object.entries(values)) this.frame.style.setProperty(`--crop-${name}`, value);
  }
}
