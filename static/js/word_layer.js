/** The words of a page as an SVG over its picture: selectable, scaled by the browser. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * Return the layer of a page: hits beneath, words above.
 *
 * @param {{w: number, h: number}} page
 * @param {{words: {text: string, x: number, y: number, w: number, h: number}[], hits: number[]}} found
 */
export function wordLayer(page, found) {
  const height = (1000 * page.h) / page.w;
  const layer = element("svg", { class: "reader-words", viewBox: `0 0 1000 ${height}` });
  layer.setAttribute("aria-hidden", "true");
  for (const index of found.hits) {
    const { x, y, w, h } = found.words[index];
    const box = { x: x * 1000, y: y * height, width: w * 1000, height: h * height, rx: 3 };
    layer.append(element("rect", { class: "hit", ...box }));
  }
  for (const word of found.words) {
    const text = element("text", {
      x: word.x * 1000,
      y: (word.y + word.h * 0.8) * height,
      "font-size": word.h * height,
      textLength: Math.max(word.w * 1000, 1),
      lengthAdjust: "spacingAndGlyphs",
    });
    text.textContent = `${word.text} `;
    layer.append(text);
  }
  return layer;
}
