/** Say something to those who listen to the page: it appears in a live region of base.html. */

const CLEAR_AFTER_MS = 8000;
let clearing = 0;

/**
 * Announce a text; an urgent one interrupts.
 *
 * @param {string} text
 * @param {{urgent?: boolean}} [options]
 */
export function announce(text, { urgent = false } = {}) {
  const region = document.getElementById(urgent ? "announce-urgent" : "announce");
  if (!region) return;
  region.textContent = "";
  // An unchanged text is not read again: the empty region must be seen before the new text is.
  requestAnimationFrame(() => {
    region.textContent = text;
  });
  clearTimeout(clearing);
  clearing = setTimeout(() => {
    region.textContent = "";
  }, CLEAR_AFTER_MS);
}
