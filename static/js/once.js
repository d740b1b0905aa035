/**
 * Send each posted form once: a second press while the answer is on its way does nothing.
 *
 * @param {Document} page
 */
export function sendOnce(page) {
  /** @type {Set<EventTarget>} */
  const sent = new Set();
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    if (form.method !== "post") return;
    if (sent.has(form)) event.preventDefault();
    else sent.add(form);
  });
  addEventListener("pageshow", () => sent.clear()); // back from the history, it may be sent again
}
