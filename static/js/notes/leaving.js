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

/** @param {HTMLFormElement} form @param {string} owner */
export async function leave(form, owner) {
  const left = await sendWaiting(owner).catch(() => 0);
  if (!left || confirm(phrase("notes-unsent", { count: left }))) form.submit();
}
