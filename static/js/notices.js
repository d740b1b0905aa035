/** Mark as seen what was in view for a moment; without scripts the button does it. */
import { post } from "./post.js";

const MOMENT_MS = 4_000;

/** @type {HTMLElement | null} */
const told = document.querySelector("[data-seen]");
if (told) {
  const { seen = "", until = "" } = told.dataset;
  setTimeout(() => {
    if (!document.hidden) post(seen, { until }).catch(() => null); // else it is told once more
  }, MOMENT_MS);
}
