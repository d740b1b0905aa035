/** A page did not arrive: perhaps because its version was replaced, which no new try changes. */
import { standingOf } from "./standing.js";

/** @param {HTMLElement} reader */
export async function tellWhyMissing(reader) {
  const [problem, replaced] = [".reader-problem", ".reader-replaced"].map(
    (name) => /** @type {HTMLElement} */ (reader.querySelector(name)),
  );
  problem.hidden = false;
  const { document: paper = "", version } = reader.dataset;
  const now = (await standingOf([paper]))?.[paper];
  if (!now || now.version === version || problem.hidden) return;
  problem.hidden = true;
  replaced.hidden = false;
  /** @type {HTMLAnchorElement} */ (replaced.querySelector("a")).href = location.href;
}
