/** How somebody likes to read on this tablet: in large type or not, with margins or without. */
import { find, keep } from "../offline/database.js";

/** @typedef {{type?: string, whole?: boolean, light?: boolean, lightPack?: boolean, pair?: boolean}} Look */

/** @param {HTMLElement} reader */
const name = (reader) => `look:${reader.dataset.owner}`;

/** @param {HTMLElement} reader @returns {Promise<Look>} */
export async function lookOf(reader) {
  return (await find("keys", name(reader)).catch(() => null)) ?? {};
}

/** @param {HTMLElement} reader @param {Look} changed */
export async function keepLook(reader, changed) {
  const known = await lookOf(reader);
  await keep("keys", { ...known, ...changed, id: name(reader) }).catch(() => {});
}
