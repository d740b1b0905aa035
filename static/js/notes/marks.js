/** Notes as they are drawn over a page; places are whole numbers, ten thousand to a side. */

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 10_000;
const NEAR = 90;

/** @typedef {import("./notebook.js").Note} Note */

/**
 * Return the layer of a page's notes.
 *
 * @param {Note[]} notes
 */
export function markLayer(notes) {
  const layer = document.createElementNS(SVG, "svg");
  layer.setAttribute("class", "reader-marks");
  layer.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`);
  layer.setAttribute("preserveAspectRatio", "none");
  layer.setAttribute("aria-hidden", "true");
  for (const note of notes) if (note.kind in DRAWN) layer.append(DRAWN[note.kind](note));
  return layer;
}

/** @type {Record<string, (note: Note) => SVGElement>} */
const DRAWN = { highlight, ink };

/** @param {Note} note */
function highlight(note) {
  const group = document.createElementNS(SVG, "g");
  for (const [x, y, width, height] of note.shape.rects ?? []) {
    group.append(element("rect", { x, y, width, height }));
  }
  return named(group, note, `mark-highlight mark-${note.shape.color}`);
}

/** @param {Note} note */
function ink(note) {
  const path = element("path", { d: (note.shape.lines ?? []).map(pathOf).join("") });
  return named(path, note, `mark-ink mark-${note.shape.color}`);
}

/** @param {number[]} line - the first point, then steps from point to point. */
function pathOf(line) {
  const [x, y, ...steps] = line;
  if (!steps.length) return `M${x} ${y}h1`;
  return `M${x} ${y}l${steps.join(" ")}`;
}

/** @param {SVGElement} drawn @param {Note} note @param {string} classes */
function named(drawn, note, classes) {
  drawn.setAttribute("class", classes);
  drawn.dataset.mark = note.mark;
  return drawn;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * Return the steps of a stroke: half the bytes of its points.
 *
 * @param {number[][]} points
 */
export function stepsOf(points) {
  let [x, y] = points[0];
  const line = [x, y];
  for (const [nextX, nextY] of points.slice(1)) {
    if (nextX === x && nextY === y) continue;
    line.push(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return line;
}

/**
 * Return the words from one point to another in reading order, one rectangle for each line.
 *
 * @param {{text: string, x: number, y: number, w: number, h: number}[]} words
 * @param {number[]} from
 * @param {number[]} to
 */
export function wordsBetween(words, from, to) {
  const ends = [nearest(words, from), nearest(words, to)].sort((one, other) => one - other);
  if (ends[0] < 0) return null;
  const taken = words.slice(ends[0], ends[1] + 1);
  const around = 4;
  return {
    from: ends[0],
    to: ends[1],
    quote: textOf(taken),
    prefix: textOf(words.slice(Math.max(0, ends[0] - around), ends[0])),
    suffix: textOf(words.slice(ends[1] + 1, ends[1] + 1 + around)),
    rects: linesOf(taken),
  };
}

/** @param {{text: string}[]} words */
const textOf = (words) => words.map((word) => word.text).join(" ");

/** @param {{x: number, y: number, w: number, h: number}[]} words @param {number[]} point */
function nearest(words, [x, y]) {
  let best = -1;
  let least = Infinity;
  words.forEach((word, index) => {
    const across = Math.max(word.x * SIDE - x, 0, x - (word.x + word.w) * SIDE);
    const down = Math.max(word.y * SIDE - y, 0, y - (word.y + word.h) * SIDE);
    const far = across + 4 * down;
    if (far < least) [best, least] = [index, far];
  });
  return best;
}

/** @param {{x: number, y: number, w: number, h: number}[]} words */
function linesOf(words) {
  /** @type {number[][]} */
  const lines = [];
  for (const word of words) {
    const line = lines.at(-1);
    const middle = (word.y + word.h / 2) * SIDE;
    if (line && middle > line[1] && middle < line[3] && word.x * SIDE >= line[0]) {
      line[1] = Math.min(line[1], word.y * SIDE);
      line[2] = Math.max(line[2], (word.x + word.w) * SIDE);
      line[3] = Math.max(line[3], (word.y + word.h) * SIDE);
    } else {
      const end = [(word.x + word.w) * SIDE, (word.y + word.h) * SIDE];
      lines.push([word.x * SIDE, word.y * SIDE, ...end]);
    }
  }
  return lines.map(([x, y, right, bottom]) => [x, y, right - x, bottom - y].map(Math.round));
}

/**
 * Tell whether a point lies on a highlight, or as near to a stroke as a finger can tell.
 *
 * @param {Note} note
 * @param {number[]} point
 */
export function touches(note, [x, y]) {
  const inside = (/** @type {number[]} */ [left, top, width, height]) =>
    x >= left && x <= left + width && y >= top && y <= top + height;
  return (note.shape.rects ?? []).some(inside) || (note.shape.lines ?? []).some((/** @type {number[]} */ line) => near(line, x, y));
}

/** @param {number[]} line @param {number} x @param {number} y */
function near([startX, startY, ...steps], x, y) {
  let [fromX, fromY] = [startX, startY];
  for (let index = 0; index <= steps.length; index += 2) {
    const [across, down] = [steps[index] ?? 0, steps[index + 1] ?? 0];
    const long = across ** 2 + down ** 2 || 1;
    const part = Math.min(Math.max(((x - fromX) * across + (y - fromY) * down) / long, 0), 1);
    if (Math.hypot(fromX + part * across - x, fromY + part * down - y) < NEAR) return true;
    [fromX, fromY] = [fromX + across, fromY + down];
  }
  return false;
}
