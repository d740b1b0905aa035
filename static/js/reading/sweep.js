/** Drops from this tablet what may be read no longer, and tells the office. */
import { all, drop } from "../offline/database.js";
import { canKeep, forget } from "../offline/pack.js";
import { tellWhatWasDropped } from "../offline/report.js";
import { standingOf } from "./standing.js";

/**
 * Forget some papers, or those of all that are kept which may be read no longer.
 *
 * @param {string} owner
 * @param {string[]} [gone]
 */
export async function sweep(owner, gone) {
  if (!canKeep()) return;
  const lost = gone ?? (await unreadable());
  for (const paper of lost) {
    await forget(paper);
    await forgetNotes(paper);
  }
  await tellWhatWasDropped(owner);
}

async function unreadable() {
  const kept = (await all("packs")).map((row) => row.document);
  const standing = kept.length ? await standingOf(kept) : null;
  return standing ? kept.filter((paper) => !(paper in standing)) : [];
}

/** What was written is on the server or waits in the outbox; quotations of the page go with it. */
async function forgetNotes(/** @type {string} */ paper) {
  const rows = (await all("notes")).filter((row) => row.document === paper);
  await drop("notes", ...rows.map((row) => row.mark));
}
