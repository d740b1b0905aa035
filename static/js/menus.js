/**
 * Close an open `details.menu` when a finger lands elsewhere, focus leaves, or Escape is pressed.
 *
 * @param {Document} page
 */
export function closeMenusElsewhere(page) {
  page.addEventListener("pointerdown", (event) => closeExcept(page, event.target));
  page.addEventListener("focusin", (event) => closeExcept(page, event.target));
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeAndReturn(page);
  });
}

/** @param {Document} page */
function openMenus(page) {
  return /** @type {NodeListOf<HTMLDetailsElement>} */ (page.querySelectorAll("details.menu[open]"));
}

/**
 * @param {Document} page
 * @param {EventTarget | null} target
 */
function closeExcept(page, target) {
  for (const menu of openMenus(page)) {
    if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  }
}

/** @param {Document} page */
function closeAndReturn(page) {
  for (const menu of openMenus(page)) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}
