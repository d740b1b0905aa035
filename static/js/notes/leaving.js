/** Before somebody leaves the tablet, which empties it: send what waits, or ask. */
import { unseal } from "../offline/cipher.js";
import { all, drop, find } from "../offline/database.js";
import { phrase } from "../phrases.js";
import { post } from "../post.js";

const AT_ONCE = 100;

/**
 * Send what a person wrote without a network; return how many changes still wait.
 *
 * @param {string} owner
 */
export async function sendWaiting(owner) {
  const rows = (await all("outbox")).filter((row) => row.owner === owner);
  const key = rows.length ? (await find("keys", `own:${owner}`))?.key : null;
  if (!key) return rows.length;
  const opened = await Promise.all(rows.map((row) => unseal(key, row.sealed).catch(() => null)));
  const waiting = opened.filter(Boolean).sort((one, other) => one.n - other.n);
  let left = rows.length;
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    const part = waiting.slice(at, at + AT_ONCE);
    const sent = await post("/notes/operations", { operations: JSON.stringify(part) }).catch(() => null);
    if (!sent) return left;
    await drop("outbox", ...part.map((one) => one.op));
    left -= part.length;
  }
  return left;
}

/**
 * Let somebody leave at once where nothing of theirs is here; else say first what goes with them.
 *
 * @param {HTMLFormElement} form
 * @param {string} owner
 */
export async function leave(form, owner) {
  const notes = await sendWaiting(owner).catch(() => 0);
  const packs = await all("packs").catch(() => []);
  const papers = packs.filter((/** @type {any} */ row) => row.owner === owner).length;
  if (notes || papers) ask(form, { notes, papers });
  else form.submit();
}

/** @param {HTMLFormElement} form @param {{notes: number, papers: number}} here */
function ask(form, { notes, papers }) {
  const dialog = document.createElement("dialog");
  const title = made("h2", phrase("leaving"));
  title.id = "leaving-title";
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(title);
  if (papers) dialog.append(made("p", phrase("leaving-papers", { count: papers })));
  if (notes) dialog.append(made("p", phrase("notes-unsent", { count: notes }), "notice notice-warn"));
  const row = made("div", "", "row");
  row.append(
    button("leaving-stay", notes > 0, () => dialog.close()),
    button("leaving-go", notes === 0, () => form.submit()),
  );
  dialog.append(row);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} name @param {string} text @param {string} [classes] */
function made(name, text, classes = "") {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = classes;
  return element;
}

/** @param {string} name @param {boolean} first - whether it is what most people want. @param {() => void} press */
function button(name, first, press) {
  const element = /** @type {HTMLButtonElement} */ (made("button", phrase(name), "button"));
  element.type = "button";
  element.classList.toggle("button-primary", first);
  element.autofocus = first;
  element.addEventListener("click", press);
  return element;
}
