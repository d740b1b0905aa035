/** Cut a scan into its papers by keys: each step is sent at once, one after the other. */
import { announce } from "./announce.js";
import { Refused, post } from "./post.js";

const KEYS = new Map([
  ["c", "cut"],
  ["m", "merge"],
  ["r", "turn"],
  ["x", "tray"],
  ["u", "undo"],
]);
const STEPS = new Map([
  ["ArrowUp", -1],
  ["ArrowLeft", -1],
  ["ArrowDown", 1],
  ["ArrowRight", 1],
]);

/** @typedef {{number: number, turn: number, begins: boolean, place: number, kind: number | null, state: string, name: string, said: string, dated: string}} Told */

const form = document.querySelector("[data-workbench]");
/** @type {HTMLInputElement | null} */
const sought = document.querySelector("[data-sought]");
const large = document.querySelector("img[data-large]");
/** @type {Promise<void>} */
let queue = Promise.resolve();
let typed = "";

if (form instanceof HTMLFormElement) {
  for (const part of document.querySelectorAll("[data-with-scripts]")) part.removeAttribute("hidden");
  document.addEventListener("keydown", onKey);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button instanceof HTMLButtonElement) after(() => send(button.value));
  });
  form.addEventListener("click", onClick);
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "radio") event.target.blur();
  });
  sought?.addEventListener("input", () => narrow(sought.value));
  current()?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/**
 * Do something once all that was ordered before is done and shown: keys come faster than answers.
 *
 * @param {() => void | Promise<void>} act
 */
function after(act) {
  queue = queue.then(act);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target === sought) {
    if (event.key === "Enter" || event.key === "Escape") leaveBox(event);
    return;
  }
  const isField = event.target instanceof HTMLInputElement && event.target.type === "date";
  const isButton = event.target instanceof HTMLElement && event.target.closest("button, summary, nav a");
  if (isField || (isButton && event.key === "Enter")) return;
  const step = STEPS.get(event.key);
  const deed = KEYS.get(event.key.toLowerCase());
  if (/^\d$/.test(event.key)) after(() => type(`${typed}${event.key}`));
  else if (event.key === "Backspace") after(() => type(typed.slice(0, -1)));
  else if (event.key === "/") sought?.focus();
  else if (event.key === "Enter") after(() => send("accept"));
  else if (step) after(() => show(numberShown() + step));
  else if (deed) after(() => send(deed));
  else return;
  event.preventDefault();
}

/** @param {Event} event */
function onClick(event) {
  const card = event.target instanceof Element && event.target.closest("[data-card]");
  if (!(card instanceof HTMLElement)) return;
  event.preventDefault();
  show(Number(card.dataset.card));
}

/** Take the digits of the number of a kind, the last three. @param {string} digits */
function type(digits) {
  const number = digits.slice(-3);
  typed = number;
  if (sought) sought.value = number;
  const found = number ? radio(Number(number)) : null;
  if (found) choose(found);
  else narrow(number);
}

/** @param {KeyboardEvent} event */
function leaveBox(event) {
  event.preventDefault();
  const found = event.key === "Enter" ? firstShown() : null;
  if (found) choose(found);
  sought?.blur();
  if (found) after(() => send("accept"));
}

/** @param {string} text */
function narrow(text) {
  const words = fold(text).split(" ").filter(Boolean);
  for (const line of document.querySelectorAll("[data-words]")) {
    if (!(line instanceof HTMLElement)) continue;
    const known = ` ${line.dataset.words}`;
    line.hidden = !words.every((word) => known.includes(` ${word}`));
  }
}

/** @param {string} text */
function fold(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function firstShown() {
  const line = document.querySelector("[data-words]:not([hidden]) input");
  return line instanceof HTMLInputElement ? line : null;
}

/** @param {number} kind */
function radio(kind) {
  const found = document.querySelector(`input[name="kind"][value="${kind}"]`);
  return found instanceof HTMLInputElement ? found : null;
}

/** @param {HTMLInputElement} input */
function choose(input) {
  narrow("");
  input.checked = true;
  input.closest("label")?.scrollIntoView({ block: "nearest" });
}

/** Send a step with what the fields say now. @param {string} deed */
async function send(deed) {
  typed = "";
  if (!(form instanceof HTMLFormElement)) return;
  const fields = new FormData(form);
  fields.set("deed", deed);
  try {
    follow(await post(form.action, fields));
    problem("");
  } catch (error) {
    const answer = error instanceof Refused ? error.answer : null;
    const told = answer instanceof Object && "problem" in answer ? answer : null;
    if (told) follow(/** @type {any} */ (told));
    problem(told ? String(told.problem) : String(error instanceof Error && error.message));
  }
}

/** @param {string} text */
function problem(text) {
  const place = document.querySelector("[data-problem]");
  if (place) place.textContent = text;
  if (text) announce(text, { urgent: true });
}

/** @param {{revision: number, here: number, left: number, pages: Told[]}} told */
function follow(told) {
  field("seen", String(told.revision));
  const left = document.querySelector("[data-left]");
  if (left) left.textContent = String(told.left);
  for (const page of told.pages) draw(page);
  show(told.here);
}

/** @param {Told} told */
function draw(told) {
  const card = cardOf(told.number);
  if (!card) return;
  card.toggleAttribute("data-begins", told.begins);
  card.toggleAttribute("data-odd", told.place % 2 === 1);
  card.dataset.state = told.state;
  card.dataset.kind = String(told.kind ?? "");
  card.dataset.dated = told.dated;
  card.dataset.name = told.name;
  card.dataset.said = told.said;
  const label = card.querySelector("[data-label]");
  if (label) label.textContent = told.begins ? told.name : "";
  card.querySelector("img")?.setAttribute("data-turned", String(told.turn));
}

/** Show a page large, and what is said of its piece. @param {number} number */
function show(number) {
  const card = cardOf(number);
  if (!card) return;
  current()?.removeAttribute("aria-current");
  card.querySelector("a")?.setAttribute("aria-current", "true");
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  field("page", String(number));
  field("dated", card.dataset.dated ?? "");
  typed = "";
  if (sought) sought.value = "";
  for (const input of document.querySelectorAll('input[name="kind"]')) {
    if (input instanceof HTMLInputElement) input.checked = false;
  }
  const kind = radio(Number(card.dataset.kind));
  if (kind) choose(kind);
  else narrow("");
  text("[data-name]:not(li)", card.dataset.name);
  text("[data-said]:not(li)", card.dataset.said);
  if (large instanceof HTMLImageElement) {
    large.src = card.dataset.large ?? "";
    large.dataset.turned = card.querySelector("img")?.dataset.turned ?? "0";
    large.alt = card.querySelector("a")?.textContent?.trim() ?? "";
  }
}

/** @param {string} selector @param {string | undefined} words */
function text(selector, words) {
  const place = document.querySelector(selector);
  if (place) place.textContent = words ?? "";
}

/** @param {string} name @param {string} value */
function field(name, value) {
  const input = form?.querySelector(`input[name="${name}"]`);
  if (input instanceof HTMLInputElement) input.value = value;
}

function numberShown() {
  const input = form?.querySelector('input[name="page"]');
  return input instanceof HTMLInputElement ? Number(input.value) : 1;
}

/** @param {number} number */
function cardOf(number) {
  const card = document.querySelector(`[data-card="${number}"]`);
  return card instanceof HTMLElement ? card : null;
}

function current() {
  return document.querySelector("[data-strip] [aria-current]");
}
