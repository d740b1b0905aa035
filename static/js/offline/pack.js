/** The documents that this tablet keeps: files as ciphertext, the key apart from them, an end. */
import { all, drop, find, keep } from "./database.js";
import { canSeal, keyOf, seal, unseal } from "./cipher.js";

export const FILES = "files";
const AT_ONCE = 4;
const WHOLE = "1200";
const LIGHT = "light";
const SOON = 3_600_000;

/** What remains until the office knows that a document was dropped, whatever page is opened by then. @param {string} owner */
export const untold = (owner) => `untold:${owner}`;

/** Tell whether this tablet can keep documents. */
export const canKeep = () => canSeal() && ["caches", "indexedDB", "DecompressionStream"].every((one) => one in globalThis);

/** @param {string} name */
const address = (name) => `/blobs/${name}`;

/** @param {string} document */
const keyName = (document) => `document:${document}`;

/**
 * Return the key of a document while it may be used; one that has run out is dropped.
 *
 * @param {string} document
 * @returns {Promise<CryptoKey | null>}
 */
export async function usableKey(document) {
  const row = await find("keys", keyName(document));
  if (!row) return null;
  if (row.until > Date.now()) return row.key;
  await drop("keys", keyName(document));
  return null;
}

/**
 * Return the list of a document's files; null for one that may be kept no longer.
 *
 * @param {string} document
 */
export async function filesListed(document) {
  const answer = await fetch(`/documents/${document}/manifest`, { redirect: "error" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/**
 * Return how many bytes the files of a list are, the light ones or the whole ones.
 *
 * @param {{pages: any[]}} listed
 * @param {boolean} light
 */
export const sizeOf = (listed, light) =>
  listed.pages.reduce((sum, page) => sum + page.words.bytes + pictureOf(page, light).bytes, 0);

/**
 * Keep a document, or what is still missing of it; return how it stands.
 *
 * @param {string} document
 * @param {any} listed
 * @param {{owner: string, title: string, back: string, light: boolean}} facts
 * @param {(share: number) => void} tell
 * @returns {Promise<"kept" | "gone">}
 */
export async function keepDocument(document, listed, { light, ...facts }, tell = () => {}) {
  if (!listed) {
    await forget(document);
    return "gone";
  }
  const known = await find("packs", document);
  await takeKey(document, listed.version);
  const names = listed.pages.flatMap((/** @type {any} */ page) => [page.words.name, pictureOf(page, light).name]);
  await fetchMissing(names, tell);
  const key = await usableKey(document);
  if (!key) return "gone";
  const pages = listed.pages.map((/** @type {any} */ page) => ({ id: page.id, n: page.number, w: page.width, h: page.height, crop: page.crop }));
  const before = known?.version === listed.version ? await unseal(key, known.sealed).catch(() => null) : null;
  const same = before && before.contents === listed.contents;
  const outline = same ? before.outline : await headingsOf(document);
  const sealed = await seal(key, { ...facts, pages, outline, cited: listed.cited, labels: listed.labels, contents: listed.contents });
  const row = { document, version: listed.version, owner: facts.owner, at: Date.now(), sealed, names, pages: pages.map((/** @type {any} */ page) => page.id) };
  await keep("pages", ...listed.pages.map((/** @type {any} */ page) => ({ id: page.id, document, picture: pictureOf(page, light).name, words: page.words.name, light })));
  await keep("packs", row);
  if (known) await removeFiles(known.names.filter((/** @type {string} */ one) => !names.includes(one)));
  return "kept";
}

/** The headings are a help, no more: without them the document is kept all the same. @param {string} document */
async function headingsOf(document) {
  const answer = await fetch(`/documents/${document}/outline`, { redirect: "error" }).catch(() => null);
  return answer?.ok ? (await answer.json()).headings : [];
}

/** @param {any} page @param {boolean} light */
const pictureOf = (page, light) => page.pictures[light ? LIGHT : WHOLE];

/** @param {string} document @param {string} version */
async function takeKey(document, version) {
  const row = await find("keys", keyName(document));
  if (row?.version === version && row.until > Date.now() + SOON) return;
  const answer = await fetch(`/documents/${document}/key`, { redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  const given = await answer.json();
  const until = Date.parse(given.expires_at);
  await keep("keys", { id: keyName(document), key: await keyOf(given.key), version: given.version, until });
}

/** @param {string[]} names @param {(share: number) => void} tell */
async function fetchMissing(names, tell) {
  const cache = await caches.open(FILES);
  const held = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const missing = names.filter((name) => !held.has(address(name)));
  let done = names.length - missing.length;
  const next = async () => {
    for (let name = missing.shift(); name; name = missing.shift()) {
      const answer = await fetch(address(name), { redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      await cache.put(address(name), answer);
      tell((done += 1) / names.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  tell(1);
}

/**
 * Drop the key of a document first, then its files; the office is still to be told.
 *
 * @param {string} document
 */
export async function forget(document) {
  await drop("keys", keyName(document));
  const row = await find("packs", document);
  if (!row) return false;
  await keep("keys", { id: untold(row.owner) });
  await drop("pages", ...row.pages);
  await removeFiles(row.names);
  await drop("packs", document);
  return true;
}

/** Drop every key of a document, when somebody leaves the tablet; the files say nothing alone. */
export async function dropKeys() {
  const rows = await all("keys");
  await drop("keys", ...rows.map((row) => row.id).filter((id) => id.startsWith("document:")));
}

/** Drop what another person left on this tablet. @param {string} owner */
export async function forgetOthers(owner) {
  const others = (await all("packs")).filter((row) => row.owner !== owner);
  for (const row of others) await forget(row.document);
}

/** @param {string[]} names */
async function removeFiles(names) {
  const cache = await caches.open(FILES);
  await Promise.all(names.map((name) => cache.delete(address(name))));
}

/**
 * Return a kept document with its title and pages, if its key may still be used.
 *
 * @param {string} document
 */
export async function keptDocument(document) {
  const [row, key] = await Promise.all([find("packs", document), usableKey(document)]);
  return row && key ? { ...row, ...(await unseal(key, row.sealed)) } : null;
}
