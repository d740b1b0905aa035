/** Puts the words of a page together again: lines, paragraphs, rows of tables. */

const STEP = 1.7;
const INDENT = 0.025;
const SHORT = 0.12;
const GAP = 0.035;
const ITEM = /^([-–+•*]|\d{1,2}[.)]|[a-zđ][.)]|[IVX]{1,5}[.\-–]|Điều|Chương|Mục|Phần)(\s|$)/;
const NUMBER = /^[-–\s]*\d{1,4}[-–\s]*$/;

/** @typedef {{text: string, x: number, y: number, w: number, h: number}} Word */
/** @typedef {{first: number, last: number, left: number, right: number, y: number, h: number, isRow: boolean, text: string}} Line */

/** @param {Word[]} words @returns {Line[]} */
export function linesOf(words) {
  /** @type {Line[]} */
  const lines = [];
  words.forEach((word, index) => {
    const last = lines.at(-1);
    const middle = word.y + word.h / 2;
    const goesOn = last && middle > last.y && middle < last.y + last.h && word.x >= last.left;
    if (!last || !goesOn) {
      lines.push({ first: index, last: index, left: word.x, right: word.x + word.w, y: word.y, h: word.h, isRow: false, text: word.text });
      return;
    }
    last.isRow ||= word.x - last.right > GAP;
    last.last = index;
    last.right = word.x + word.w;
    last.h = Math.max(last.h, word.h);
    last.text += ` ${word.text}`;
  });
  return lines;
}

/**
 * Return the paragraphs of a page, each as the numbers of its first and its last word; a row of a
 * table is one by itself, and the number of the page is none.
 *
 * @param {Word[]} words
 * @returns {{first: number, last: number, isRow: boolean, isTitle: boolean}[]}
 */
export function paragraphsOf(words) {
  const lines = linesOf(words).filter((line, index, all) => !((index === 0 || index === all.length - 1) && NUMBER.test(line.text)));
  if (!lines.length) return [];
  const left = rank(lines.map((line) => line.left), 0.15);
  const right = rank(lines.map((line) => line.right), 0.85);
  const steps = lines.slice(1).map((line, index) => line.y - lines[index].y).filter((step) => step > 0);
  const step = rank(steps, 0.4) || 1;
  const found = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const isTitle = line.left > left + 0.08 && line.right < right - 0.08 && !line.isRow;
    const begins =
      !before ||
      line.isRow !== before.isRow ||
      line.isRow ||
      line.y - before.y > step * STEP ||
      line.y < before.y ||
      isTitle !== found.at(-1)?.isTitle ||
      (!isTitle && line.left > left + INDENT && before.left <= left + INDENT) ||
      (!isTitle && before.right < right - SHORT) ||
      ITEM.test(line.text);
    const last = found.at(-1);
    if (begins || !last) found.push({ first: line.first, last: line.last, isRow: line.isRow, isTitle });
    else last.last = line.last;
  }
  return found;
}

/** @param {number[]} values @param {number} share */
function rank(values, share) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? 0;
}
