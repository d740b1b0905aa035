/** The keys n and p open the next document of a search and the one before. */

/** @param {KeyboardEvent} event */
function step(event) {
  const typing = /** @type {HTMLElement} */ (event.target).matches("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const link = document.querySelector(`.hit-strip a[href][data-hit-key="${CSS.escape(event.key)}"]`);
  if (link instanceof HTMLAnchorElement) link.click();
}

document.addEventListener("keydown", step);
