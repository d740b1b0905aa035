/** Tell the office which documents this tablet keeps and which it has dropped. */
import { all, drop, find, keep } from "./database.js";
import { untold } from "./pack.js";
import { post } from "../post.js";
import { randomId } from "../notes/notebook.js";

const ADDRESS = "/tablet/packs";

/** Send the list of all that is kept here; the server knows what was kept before. @param {string} owner */
export async function tellOffice(owner) {
  const known = await find("keys", "tablet");
  const tablet = known?.value ?? randomId();
  if (!known) await keep("keys", { id: "tablet", value: tablet });
  const kept = (await all("packs")).map((row) => row.version);
  const told = post(ADDRESS, { tablet, kept: JSON.stringify(kept) });
  await told.then(() => drop("keys", untold(owner))).catch(() => {});
}

/** Tell what the office was not told, because the page was left or the network went. @param {string} owner */
export async function tellWhatWasDropped(owner) {
  if (await find("keys", untold(owner))) await tellOffice(owner);
}
