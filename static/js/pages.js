/** Arrange the pages of a paper: by buttons, by keys, and a step back. */

/** @type {HTMLFormElement | null} */
const form = document.querySelector("[data-page-edits]");
const list = form?.querySelector("ol");
/** @type {(() => void)[]} */
const steps = [];
if (form && list) {
  for (const part of document.querySelectorAll("[data-with-scripts]")) {
    part.removeAttribute("hidden");
  }
  form.addEventListener("click", onClick);
  form.addEventListener("keydown", onKey);
}

/** @returns {HTMLElement[]} */
function cards() {
  return [...(list?.querySelectorAll("[data-page-card]") ?? [])].filter(
    (card) => card instanceof HTMLElement,
  );
}

/** @param {Event} event */
function onClick(event) {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest("button");
  const card = event.target.closest("[data-page-card]");
  if (button?.matches("[data-step-back]")) steps.pop()?.();
  if (!button || !(card instanceof HTMLElement)) return;
  if (button.dataset.move) move(card, Number(button.dataset.move));
  if (button.matches("[data-rotate]")) turn(card, 1);
  button.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey && event.key === "z" && steps.length) {
    event.preventDefault();
    steps.pop()?.();
    return;
  }
  const card = event.target;
  if (!(card instanceof HTMLElement) || !card.matches("[data-page-card]")) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
  if (step) {
    event.preventDefault();
    if (event.altKey) move(card, step);
    else cards()[cards().indexOf(card) + step]?.focus();
    if (event.altKey) card.focus();
  } else if (event.key === "r") turn(card, 1);
  else if (event.key === "Delete") drop(card);
}

/**
 * @param {HTMLElement} card
 * @param {number} step
 */
function move(card, step) {
  const other = cards()[cards().indexOf(card) + step];
  if (!other) return;
  if (step < 0) other.before(card);
  else other.after(card);
  number();
  steps.push(() => {
    if (step < 0) other.after(card);
    else other.before(card);
    number();
  });
}

/** Write the places as the cards stand. */
function number() {
  for (const [index, card] of cards().entries()) {
    const place = card.querySelector("[data-place]");
    if (place instanceof HTMLInputElement) place.value = String(index + 1);
  }
}

/**
 * @param {HTMLElement} card
 * @param {number} quarters
 */
function turn(card, quarters) {
  const select = card.querySelector("[data-turn]");
  if (!(select instanceof HTMLSelectElement)) return;
  const before = select.selectedIndex;
  select.selectedIndex = (before + quarters) % select.options.length;
  show(card, select);
  steps.push(() => {
    select.selectedIndex = before;
    show(card, select);
  });
}

/**
 * @param {HTMLElement} card
 * @param {HTMLSelectElement} select
 */
function show(card, select) {
  const picture = card.querySelector("img");
  if (picture) picture.dataset.turned = select.value;
}

/** @param {HTMLElement} card */
function drop(card) {
  const box = card.querySelector("[data-drop]");
  if (!(box instanceof HTMLInputElement)) return;
  box.checked = !box.checked;
  steps.push(() => {
    box.checked = !box.checked;
  });
}
