/** The reader without a network: its page says nothing until the tablet's own key opens it. */
import { all } from "./database.js";
import { keptDocument } from "./pack.js";

const DOCUMENT = /^\/documents\/([0-9a-f-]{36})$/;
const reader = /** @type {HTMLElement} */ (document.querySelector("doc-reader"));
const shelf = /** @type {HTMLElement} */ (document.querySelector(".offline-shelf"));
open();

async function open() {
  const [, asked] = location.pathname.match(DOCUMENT) ?? [];
  const pack = asked ? await keptDocument(asked) : null;
  if (pack) await read(pack);
  else await list(Boolean(asked));
}

/** @param {any} pack */
async function read(pack) {
  const number = Number(new URLSearchParams(location.search).get("page")) || 1;
  const facts = reader.dataset;
  facts.number = String(number);
  facts.count = String(pack.pages.length);
  facts.words = "";
  facts.owner = pack.owner;
  facts.document = pack.document;
  facts.version = pack.version;
  facts.pages = JSON.stringify(pack.pages);
  facts.labels = JSON.stringify(pack.labels ?? []);
  facts.outline = JSON.stringify(pack.outline ?? []);
  /** @type {any} */ (reader).cited = pack.cited ?? [];
  facts.position = `/documents/${pack.document}/position`;
  /** @type {HTMLElement} */ (reader.querySelector("h1")).textContent = pack.title;
  /** @type {HTMLAnchorElement} */ (reader.querySelector(".reader-back")).href = pack.back;
  document.title = pack.title;
  reader.hidden = false;
  await import("../reader.js");
  /** @type {any} */ (reader).show(number);
}

/** @param {boolean} asked - whether a document was asked for that is not here. */
async function list(asked) {
  shelf.hidden = false;
  /** @type {HTMLElement} */ (shelf.querySelector(".offline-missing")).hidden = !asked;
  const rows = await Promise.all((await all("packs")).map((row) => keptDocument(row.document)));
  const links = rows.filter(Boolean).map((row) => {
    const link = document.createElement("a");
    link.className = "button button-wide";
    link.href = `/documents/${row.document}`;
    link.textContent = row.title;
    return link;
  });
  shelf.querySelector(".offline-papers")?.append(...links);
  /** @type {HTMLElement} */ (shelf.querySelector(".offline-nothing")).hidden = links.length > 0;
}
