/** Turn the calendar with Page Up, Page Down and Home, and print it. */
const WAYS = new Map([
  ["PageUp", "before"],
  ["PageDown", "after"],
  ["Home", "now"],
]);

document.addEventListener("keydown", (event) => {
  const way = WAYS.get(event.key);
  if (!way || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const link = document.querySelector(`[data-step="${way}"] a`);
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  link.click();
});

for (const button of document.querySelectorAll("[data-prints]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.matches("input, select, textarea");
}
