/** Answers for pages that the tablet keeps, and opens the reader where there is no network. */
import { find } from "./database.js";
import { openBlob } from "./cipher.js";
import { dropKeys, FILES, usableKey } from "./pack.js";

const CODE = "code";
const SHELL = "/reader/offline";
const PAGE = /^\/pages\/([0-9a-f-]{36})\/(image\/\d+|light|words)$/;
const PATIENCE = 5_000;
const GZIP = 0x1f;
const worker = /** @type {any} */ (globalThis);

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) =>
  event.waitUntil(worker.clients.claim()),
);
worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "shell") event.waitUntil(keepShell());
});
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const answer = answerFor(event.request);
  if (answer) event.respondWith(answer);
});

/** @param {Request} request */
function answerFor(request) {
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== location.origin) return null;
  if (request.method === "POST") return pathname === "/sign-out" ? leave(request) : null;
  if (request.method !== "GET") return null;
  if (pathname.startsWith("/assets/")) return code(request);
  const page = pathname.match(PAGE);
  if (page) return pageFile(request, page[1], page[2], Boolean(searchParams.get("q")));
  return request.mode === "navigate" ? navigation(request) : null;
}

/** @param {Request} request */
async function leave(request) {
  await dropKeys();
  return fetch(request);
}

/** Keep the page that opens without a network, and the code it consists of. */
async function keepShell() {
  const answer = await fetch(SHELL, { redirect: "error" });
  if (!answer.ok) return;
  const html = await answer.clone().text();
  const cache = await caches.open(CODE);
  const wanted = new Set([...html.matchAll(/"(\/assets\/[^"#]+)/g)].map((found) => found[1]));
  for (const old of await cache.keys()) {
    const { pathname } = new URL(old.url);
    if (pathname !== SHELL && !wanted.has(pathname)) await cache.delete(old);
  }
  for (const one of wanted) if (!(await cache.match(one))) await cache.add(one);
  await cache.put(SHELL, answer);
}

/** @param {Request} request */
async function code(request) {
  return (await (await caches.open(CODE)).match(request)) ?? fetch(request);
}

/**
 * Answer with a kept file, opened; ask the network for what is not kept or was recalled.
 *
 * @param {Request} request
 * @param {string} id
 * @param {string} what
 * @param {boolean} searched
 */
async function pageFile(request, id, what, searched) {
  if (searched) {
    const found = await fetch(request).catch(() => null);
    if (found) return found;
  }
  if (what.startsWith("image") && (await find("pages", id))?.light) {
    const whole = await fetch(request).catch(() => null);
    if (whole?.ok) return whole; // what is kept is the light copy
  }
  return (await kept(id, what).catch(() => null)) ?? fetch(request);
}

/** @param {string} id @param {string} what */
async function kept(id, what) {
  const row = await find("pages", id);
  const key = row && (await usableKey(row.document));
  if (!key) return null;
  const name = what === "words" ? row.words : row.picture;
  const file = await (await caches.open(FILES)).match(`/blobs/${name}`);
  if (!file) return null;
  const plain = await openBlob(key, await file.arrayBuffer());
  const headers = { "Cache-Control": "no-store" };
  if (what !== "words") return new Response(plain, { headers: { ...headers, "Content-Type": "image/webp" } });
  const words = JSON.parse(await unpacked(plain));
  const text = words.map((/** @type {any} */ word) => word.text).join(" ");
  return Response.json({ words, hits: [], text }, { headers });
}

/** Words are kept packed; those of before were not. @param {Blob} plain */
async function unpacked(plain) {
  const [first] = new Uint8Array(await plain.slice(0, 1).arrayBuffer());
  if (first !== GZIP) return plain.text();
  return new Response(plain.stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** @param {Request} request */
async function navigation(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const asked = fetch(request).catch(() => null);
  const answer = await Promise.race([asked, late]);
  if (answer) return answer;
  const shell = await (await caches.open(CODE)).match(SHELL);
  return shell ?? (await asked) ?? Response.error();
}
