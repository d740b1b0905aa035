/** Shows pages without their empty margins, so that the letters are larger; on until it is switched off. */
import { keepLook, lookOf } from "./looks.js";

const SIDE = 10_000;
const WHOLE = [0, 0, 1, 1];
const TYPICAL = 0.1;
const PLACE = ["size", "x", "y", "shape", "turn"];

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

/**
 * Return how a page lies in its frame: how large, where, and turned by how many quarters. All is in
 * widths of the frame, for percentages of a margin are.
 *
 * @param {Page} page
 * @param {number[]} box
 * @param {number} quarters
 */
export function placeOf(page, [x, y, w, h], quarters) {
  const tall = page.h / page.w;
  const lies = quarters % 2 === 1;
  const across = lies ? h * tall : w;
  const down = lies ? w : h * tall;
  const corners = [[-x, -y * tall], [(y + h) * tall, -x], [x + w, (y + h) * tall], [-y * tall, x + w]];
  const [left, top] = corners[quarters];
  const turn = quarters ? `${quarters * 90}deg` : "none";
  return { size: 1 / across, x: left / across, y: top / across, shape: across / down, turn };
}

export class Crop {
  /** @param {HTMLElement & {pages: Page[], number: number, notes?: any, turns?: any, pair?: any}} reader */
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

  /** Frame what is in view; all that lies on a page is placed by the page, not by the frame. */
  apply() {
    const { pages, number, pair } = this.reader;
    this.button.setAttribute("aria-pressed", String(this.on));
    this.#lay(this.frame, pages.find((one) => one.n === number));
    if (pair?.page) this.#lay(pair.frame, pair.page);
  }

  /** @param {HTMLElement} frame @param {Page | undefined} page */
  #lay(frame, page) {
    if (!page) {
      for (const name of PLACE) frame.style.removeProperty(`--crop-${name}`);
      return;
    }
    const { pages, notes, turns } = this.reader;
    const quarters = turns?.of(page.n) ?? 0;
    const box = this.on ? boxOf(pages, page, notes?.book.on(page.n)) : WHOLE;
    for (const [name, value] of Object.entries(placeOf(page, box, quarters))) frame.style.setProperty(`--crop-${name}`, String(value));
    const figure = frame.querySelector("figure");
    figure?.setAttribute("data-turn", String(quarters));
  }
}
