/** The page on which a tablet tries itself and its network, says how it is and tells the office. */
import { phrase } from "./phrases.js";
import { post } from "./post.js";

/** @typedef {"good" | "weak" | "bad"} State */

const ROOM = 200 * 1024 * 1024;
const PATIENCE = 6000;
const [FAST, SLOW] = [4, 1]; // Mbit/s
const LATE = 60_000;

/** @param {Promise<State>} trial @returns {Promise<State>} */
function inTime(trial) {
  const late = new Promise((resolve) => setTimeout(() => resolve("bad"), PATIENCE));
  return Promise.race([trial, /** @type {Promise<State>} */ (late)]).catch(() => "bad");
}

/** @returns {Promise<State>} */
async function store() {
  await new Promise((resolve, reject) => {
    const asked = indexedDB.open("trial");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.close();
      indexedDB.deleteDatabase("trial");
      resolve(null);
    };
  });
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage >= ROOM ? "good" : "weak";
}

/** @returns {Promise<State>} */
async function worker() {
  const able = isSecureContext && "serviceWorker" in navigator && Boolean(crypto.subtle);
  return able ? "good" : "weak";
}

/** @param {string} url @returns {Promise<State>} */
function stream(url) {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    const end = (/** @type {State} */ state) => {
      source.close();
      resolve(state);
    };
    source.onopen = () => end("good");
    source.onerror = () => end("bad");
    setTimeout(() => end("bad"), PATIENCE);
  });
}

/** Measure the network and the clock with one answer. @param {string} url */
async function network(url) {
  const begun = performance.now();
  const answer = await fetch(url, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const size = (await answer.arrayBuffer()).byteLength;
  const rate = (size * 8) / 1000 / Math.max(1, performance.now() - begun);
  const away = Math.abs(Date.now() - Date.parse(answer.headers.get("Date") ?? ""));
  return {
    speed: /** @type {State} */ (rate >= FAST ? "good" : rate >= SLOW ? "weak" : "bad"),
    clock: /** @type {State} */ (away <= LATE ? "good" : "weak"),
  };
}

/** A letter that no font has is drawn like one that cannot exist. @returns {Promise<State>} */
async function letters() {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return "weak";
  const drawn = (/** @type {string} */ letter) => {
    pen.canvas.width = 60;
    pen.font = "32px sans-serif";
    pen.fillText(letter, 4, 44);
    return pen.canvas.toDataURL();
  };
  const missing = drawn("\u{10FFFD}");
  return [..."ỆữằĐ"].every((letter) => drawn(letter) !== missing) ? "good" : "weak";
}

/** @param {HTMLElement} list */
async function tryAll(list) {
  const { sample = "", stream: live = "", trial = "" } = list.dataset;
  const measured = network(sample);
  const parts = [...list.querySelectorAll("[data-part]")];
  const trials = /** @type {Record<string, Promise<State>>} */ ({
    store: store(),
    worker: worker(),
    stream: stream(live),
    speed: measured.then((one) => one.speed),
    clock: measured.then((one) => one.clock),
    letters: letters(),
  });
  /** @type {Map<string, State>} */
  const results = new Map();
  for (const part of parts) {
    const { part: name = "", advice = "" } = /** @type {HTMLElement} */ (part).dataset;
    const state = await inTime(trials[name]);
    results.set(name, state);
    part.textContent = phrase(`trial-${state}`, { advice });
  }
  const found = Object.fromEntries(results);
  await say(list, found).catch(() => {});
  await post(trial, { found: JSON.stringify(found) }).catch(() => tell(phrase("trial-untold")));
}

/** @param {HTMLElement} list @param {Record<string, State>} found */
async function say(list, found) {
  const worst = ["bad", "weak"].find((state) => Object.values(found).includes(/** @type {State} */ (state)));
  const name = Object.keys(found).find((one) => found[one] === worst);
  const part = list.querySelector(`[data-part="${name}"]`);
  const advice = part instanceof HTMLElement ? (part.dataset.advice ?? "") : "";
  tell(worst ? phrase(`trial-some-${worst}`, { advice }) : phrase("trial-all-good"), worst);
}

/** @param {string} words @param {string} [worst] */
function tell(words, worst = "") {
  const verdict = document.querySelector("[data-verdict]");
  if (!verdict) return;
  verdict.textContent = words;
  verdict.className = `notice notice-${worst === "bad" ? "error" : worst ? "warn" : "success"}`;
}

const list = document.querySelector("[data-trial]");
if (list instanceof HTMLElement) tryAll(list);
