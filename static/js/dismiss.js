/**
 * Show the buttons that put a message away: `[data-dismiss]` inside `[data-dismissible]`.
 *
 * @param {ParentNode} root
 */
export function offerDismissal(root) {
  for (const button of root.querySelectorAll("[data-dismiss]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => dismiss(button));
  }
}

/** @param {Element} button */
function dismiss(button) {
  button.closest("[data-dismissible]")?.remove();
  document.getElementById("main")?.focus({ preventScroll: true });
}
