/**
 * Hold a form that empties the tablet until its notes are sent.
 *
 * @param {Document} page
 */
export function sendBeforeLeaving(page) {
  page.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const owner = form.closest?.("[data-owner]")?.getAttribute("data-owner");
    if (!owner || event.defaultPrevented || !globalThis.isSecureContext) return;
    if (form.action.endsWith("/lock")) return; // the notes stay, for the same person
    event.preventDefault();
    const { leave } = await import("./notes/leaving.js");
    await leave(form, owner);
  });
}
