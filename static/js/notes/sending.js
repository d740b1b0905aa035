/** A copy of a note needs the network to leave; without one that is said, and nothing is lost. */
const form = document.querySelector(".needs-network form");
const told = /** @type {HTMLElement | null} */ (document.querySelector(".no-network"));

form?.addEventListener("submit", (event) => {
  if (told) told.hidden = navigator.onLine;
  if (!navigator.onLine) event.preventDefault();
});
addEventListener("online", () => told && (told.hidden = true));
