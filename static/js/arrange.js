/** Put an agenda in order by dragging, or with the arrow keys on the chosen item. */
import { announce } from "./announce.js";
import { fetchPage } from "./fetch_page.js";
import { phrase } from "./phrases.js";
import { post } from "./post.js";

const STEPS = new Map([
  ["ArrowUp", -1],
  ["ArrowDown", 1],
]);

/** @type {HTMLElement | null} */
let dragged = null;
let busy = false;

prepare();
document.addEventListener("keydown", onKey);
document.addEventListener("dragstart", (event) => {
  const handle = event.target instanceof Element && event.target.closest("[data-handle]");
  dragged = handle ? lineOf(handle) : null;
  if (dragged) event.dataTransfer?.setData("text/plain", dragged.dataset.title ?? "");
});
document.addEventListener("dragover", (event) => {
  if (goal(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const place = goal(event);
  if (!place || !dragged) return;
  event.preventDefault();
  const below = event.clientY > middle(place);
  void move(dragged, below ? neighbour(place, 1) : place);
});

/** Show the handles, which are of no use without scripts. */
function prepare() {
  for (const handle of document.querySelectorAll("[data-handle]")) handle.removeAttribute("hidden");
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const line = document.activeElement;
  if (!(line instanceof HTMLElement) || !line.matches("[data-item]")) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const step = STEPS.get(event.key);
  if (!step) return;
  event.preventDefault();
  if (step < 0) {
    const place = neighbour(line, -1);
    if (place) void move(line, place);
  } else if (neighbour(line, 1)) {
    void move(line, neighbour(line, 2));
  }
}

/**
 * Where what is dragged would go: a line beside it of the same level.
 *
 * @param {DragEvent} event
 */
function goal(event) {
  const line = event.target instanceof Element ? lineOf(event.target) : null;
  if (!line || !dragged || line === dragged) return null;
  return line.dataset.parent === dragged.dataset.parent ? line : null;
}

/** @param {Element} element */
function lineOf(element) {
  const line = element.closest("[data-item]");
  return line instanceof HTMLElement ? line : null;
}

/** @param {HTMLElement} line */
function siblings(line) {
  /** @type {HTMLElement[]} */
  const lines = [...document.querySelectorAll("[data-arranging] [data-item]")].filter(
    (each) => each instanceof HTMLElement,
  );
  return lines.filter((each) => each.dataset.parent === line.dataset.parent);
}

/**
 * @param {HTMLElement} line
 * @param {number} step
 */
function neighbour(line, step) {
  const lines = siblings(line);
  return lines[lines.indexOf(line) + step] ?? null;
}

/** @param {HTMLElement} line */
function middle(line) {
  const box = line.getBoundingClientRect();
  return box.top + box.height / 2;
}

/**
 * @param {HTMLElement} line
 * @param {HTMLElement | null} before - none is the end.
 */
async function move(line, before) {
  if (busy) return;
  busy = true;
  try {
    const fields = { before: before?.dataset.item ?? "", seen: line.dataset.seen ?? "" };
    await post(line.dataset.place ?? "", fields);
  } catch (error) {
    announce(error instanceof Error ? error.message : phrase("failed"));
  }
  await renew(line.id);
  busy = false;
}

/** @param {string} id - the line that keeps the focus. */
async function renew(id) {
  const answer = await fetchPage(location.href);
  const fresh = answer?.page.getElementById("arranging");
  if (fresh) document.getElementById("arranging")?.replaceWith(document.importNode(fresh, true));
  prepare();
  const line = document.getElementById(id);
  if (!line) return;
  line.focus();
  const place = String(siblings(line).indexOf(line) + 1);
  announce(phrase("item-moved", { item: line.dataset.title ?? "", place }));
}
