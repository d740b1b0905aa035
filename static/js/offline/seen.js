/** Pages that were seen without a network: kept on the tablet, told to the server another time. */
import { all, drop, find, keep } from "./database.js";
import { canKeep } from "./pack.js";
import { post } from "../post.js";

const NAME = "seen:";

/**
 * Remember that a page was in view.
 *
 * @param {{owner?: string, position?: string, version?: string}} facts - of the reader.
 * @param {string} page
 */
export async function rememberSeen({ owner, position, version }, page) {
  if (!canKeep() || !version) return;
  const id = NAME + version;
  const pages = new Set((await find("keys", id))?.pages).add(page);
  await keep("keys", { id, owner, position, version, page, pages: [...pages] });
}

/** Tell of all pages that a person saw; those of another person wait for them. @param {string} owner */
export async function tellSeen(owner) {
  const rows = (await all("keys")).filter((row) => row.id.startsWith(NAME) && row.owner === owner);
  for (const { id, position, version, page, pages } of rows) {
    try {
      await post(position, { version, page, seen: pages.join(",") });
    } catch (error) {
      if (/** @type {any} */ (error).status !== 404) return; // no network: they wait on
    }
    await drop("keys", id);
  }
}
