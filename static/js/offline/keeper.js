/** On the pages of a meeting: keep its papers on this tablet, and say of each how it stands. */
import { all } from "./database.js";
import { filesListed, forget, forgetOthers, keepDocument, sizeOf } from "./pack.js";
import { startOffline } from "./start.js";
import { tellOffice } from "./report.js";
import { phrase } from "../phrases.js";
import { keepLook, lookOf } from "../reading/looks.js";
import { isSaidPoor } from "../reading/network.js";

const MEGABYTE = 1_000_000;

/** @type {HTMLElement | null} */
const strip = document.querySelector(".keep-strip");
if (strip) run(strip);

/** @param {HTMLElement} bar */
async function run(bar) {
  bar.hidden = false;
  if (!(await startOffline())) {
    say(bar, phrase("keep-off"));
    return;
  }
  const owner = bar.dataset.owner ?? "";
  await forgetOthers(owner);
  await mark();
  lightPress(bar).addEventListener("click", () => chooseLight(bar, owner));
  await keepAll(bar, owner);
  addEventListener("online", () => keepAll(bar, owner));
  document.addEventListener("papers-changed", () => keepAll(bar, owner));
}

const papers = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-keep]")]);

/** Say of each paper what the tablet has of it. */
async function mark() {
  const rows = new Map((await all("packs")).map((row) => [row.document, row]));
  for (const paper of papers()) {
    const row = rows.get(paper.dataset.keep);
    const fresh = row?.version === paper.dataset.version;
    tag(paper, !row ? "keep-none" : fresh ? "keep-done" : "keep-new");
  }
}

/** @param {HTMLElement} paper @param {string} name @param {object} [values] */
function tag(paper, name, values = {}) {
  const label = paper.querySelector(".keep-state");
  if (!label) return;
  label.textContent = phrase(name, /** @type {any} */ (values));
  /** @type {HTMLElement} */ (label).dataset.state = name;
}

let running = false;

/** @param {HTMLElement} bar */
const lightPress = (bar) => /** @type {HTMLButtonElement} */ (bar.querySelector(".keep-light"));

/** @param {HTMLElement} bar @param {string} owner */
async function chooseLight(bar, owner) {
  if (running) return;
  const lightPack = lightPress(bar).getAttribute("aria-pressed") !== "true";
  await keepLook(bar, { lightPack });
  await keepAll(bar, owner);
}

/** Ask for the lists of all papers, and say how large the light copy is. @param {HTMLElement} bar */
async function listAll(bar) {
  const lists = new Map();
  for (const paper of papers()) {
    lists.set(paper.dataset.keep, await filesListed(paper.dataset.keep ?? "").catch(() => undefined));
  }
  const light = (await lookOf(bar)).lightPack ?? isSaidPoor();
  const there = [...lists.values()].filter(Boolean);
  const inMegabytes = (/** @type {boolean} */ is) =>
    Math.ceil(there.reduce((sum, listed) => sum + sizeOf(listed, is), 0) / MEGABYTE);
  const press = lightPress(bar);
  press.hidden = !there.length;
  press.setAttribute("aria-pressed", String(light));
  const sizes = { light: inMegabytes(true), full: inMegabytes(false) };
  /** @type {HTMLElement} */ (press.querySelector("span")).textContent = phrase("keep-light", sizes);
  return { lists, light };
}

/** @param {HTMLElement} bar @param {string} owner */
async function keepAll(bar, owner) {
  if (running) return;
  running = lightPress(bar).disabled = true;
  const wanted = papers();
  const { lists, light } = await listAll(bar);
  let done = 0;
  for (const paper of wanted) {
    const count = { done, total: wanted.length };
    const title = paper.dataset.title ?? "";
    const facts = { owner, title, back: location.pathname, light };
    const tell = (/** @type {number} */ share) => {
      tag(paper, "keep-share", { share: Math.floor(share * 100) });
      ring(bar, (done + share) / wanted.length);
      say(bar, phrase("keep-going", count));
    };
    const listed = lists.get(paper.dataset.keep);
    const stands = listed === undefined ? "none" : await keepDocument(paper.dataset.keep ?? "", listed, facts, tell).catch(() => "none");
    if (stands === "kept") done += 1;
    tag(paper, stands === "kept" ? "keep-done" : "keep-none");
  }
  await forgetRecalled(wanted);
  ring(bar, wanted.length ? done / wanted.length : 1);
  const told = done === wanted.length ? "keep-all" : "keep-some";
  say(bar, phrase(told, { done, total: wanted.length }));
  running = lightPress(bar).disabled = false;
  await tellOffice(owner);
}

/** Forget what lay before this meeting and is there no longer. @param {HTMLElement[]} wanted */
async function forgetRecalled(wanted) {
  if (!navigator.onLine) return;
  const there = new Set(wanted.map((paper) => paper.dataset.keep));
  for (const row of await all("packs")) {
    if (there.has(row.document)) continue;
    const answer = await fetch(`/documents/${row.document}/manifest`).catch(() => null);
    if (answer?.status === 404) await forget(row.document);
  }
}

/** @param {HTMLElement} bar @param {number} share */
function ring(bar, share) {
  bar.querySelector("circle.keep-share")?.setAttribute("stroke-dasharray", `${share * 100} 100`);
}

/** @param {HTMLElement} bar @param {string} text */
function say(bar, text) {
  const words = bar.querySelector(".keep-words");
  if (words) words.textContent = text;
}
