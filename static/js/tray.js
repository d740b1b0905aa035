/** Place the files of a tray with the keyboard: arrows choose a file, digits its item. */
import { announce } from "./announce.js";
import { fetchPage } from "./fetch_page.js";
import { phrase } from "./phrases.js";
import { post } from "./post.js";

/** @type {HTMLElement | null} */
const tray = document.querySelector("[data-tray]");
if (tray) {
  prepare();
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.matches("[data-assign]")) {
      void assign(event.target);
    }
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChoice);
  if (location.hash === "#tray-last") choose(rows().at(-1));
  if (location.hash === "#tray-first") choose(rows()[0]);
  new MutationObserver(prepare).observe(tray.parentElement ?? tray, { childList: true });
}

/** Make the first file the one that Tab reaches, and put away what scripts replace. */
function prepare() {
  for (const button of document.querySelectorAll("[data-tray] [data-without-scripts]")) {
    button.setAttribute("hidden", "");
  }
  document.querySelector("[data-many] [data-with-scripts]")?.removeAttribute("hidden");
  const first = rows()[0];
  if (first && !rows().some((row) => row.tabIndex === 0)) first.tabIndex = 0;
}

/** @param {Event} event */
function onChoice(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement)) return;
  const boxes = [...document.querySelectorAll("[data-choose]")].filter(
    (each) => each instanceof HTMLInputElement,
  );
  if (box.matches("[data-choose-all]")) for (const each of boxes) each.checked = box.checked;
  const count = boxes.filter((each) => each.checked).length;
  const place = document.querySelector("[data-chosen]");
  if (place) place.textContent = count ? `(${count})` : "";
}

/** @returns {HTMLElement[]} */
function rows() {
  return [...document.querySelectorAll("[data-tray] [data-file]")];
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const row = document.activeElement;
  if (!(row instanceof HTMLElement) || !row.matches("[data-file]")) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(row, event.key === "ArrowDown" ? 1 : -1);
  } else if (/^[0-9]$/.test(event.key)) {
    event.preventDefault();
    placeByDigit(row, event.key);
  }
}

/**
 * Go to the next file or the one before, over the edge of a page too.
 *
 * @param {HTMLElement} row
 * @param {1 | -1} by
 */
function step(row, by) {
  const next = rows()[rows().indexOf(row) + by];
  if (next) {
    choose(next);
    return;
  }
  const wanted = Number(new URL(location.href).searchParams.get("page") ?? 1) + by;
  for (const link of document.querySelectorAll(".pager a")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const address = new URL(link.href);
    if (Number(address.searchParams.get("page")) !== wanted) continue;
    address.hash = by > 0 ? "tray-first" : "tray-last";
    location.assign(address);
  }
}

/** @param {HTMLElement | undefined} row */
function choose(row) {
  if (!row) return;
  for (const other of rows()) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
}

/**
 * @param {HTMLElement} row
 * @param {string} digit
 */
function placeByDigit(row, digit) {
  const select = row.querySelector("[data-assign]");
  if (!(select instanceof HTMLSelectElement)) return;
  const wanted = [...select.options].find((option) =>
    digit === "0" ? !option.value : option.label.startsWith(`${digit}.`),
  );
  if (!wanted) return;
  select.value = wanted.value;
  void assign(select);
}

/** @param {HTMLSelectElement} select */
async function assign(select) {
  const form = select.form;
  const row = select.closest("[data-file]");
  if (!form || !(row instanceof HTMLElement)) return;
  try {
    await post(form.action, new FormData(form));
  } catch (error) {
    announce(error instanceof Error ? error.message : phrase("failed"));
    return;
  }
  const item = select.selectedOptions[0]?.label ?? "";
  announce(phrase("file-placed", { file: row.dataset.name ?? "", item }));
  await renew(row.id, rows().indexOf(row));
}

/**
 * @param {string} id - the row that keeps the focus.
 * @param {number} place - of the row that has it where that one moved to another page.
 */
async function renew(id, place) {
  const answer = await fetchPage(location.href);
  const fresh = answer?.page.getElementById("tray");
  if (fresh) document.getElementById("tray")?.replaceWith(document.importNode(fresh, true));
  prepare();
  choose(document.getElementById(id) ?? rows()[place] ?? rows().at(-1));
}
