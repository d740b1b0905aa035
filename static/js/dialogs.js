/**
 * Open dialogs from `[data-opens-dialog]`, close them from `[data-closes-dialog]`.
 *
 * @param {Document} page
 */
export function offerDialogs(page) {
  for (const opener of page.querySelectorAll("[data-opens-dialog]")) {
    opener.removeAttribute("hidden");
  }
  page.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    open(event.target.closest("[data-opens-dialog]"));
    event.target.closest("[data-closes-dialog]")?.closest("dialog")?.close();
  });
}

/** @param {Element | null} opener */
function open(opener) {
  if (!(opener instanceof HTMLElement)) return;
  const dialog = document.getElementById(opener.dataset.opensDialog ?? "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}
