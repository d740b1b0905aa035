/** Signs the challenge of a tablet's form before it is sent; without a key it is sent as it is. */
import { ownKey, publicHalf, signed } from "./device_key.js";

const STALE_AFTER = 10 * 60 * 1000;
const stage = /** @type {HTMLElement} */ (document.querySelector("[data-device]"));
const form = stage?.querySelector("form");

/** @param {string} name */
function input(name) {
  return /** @type {HTMLInputElement} */ (form?.elements.namedItem(name));
}

async function prove() {
  const pair = await ownKey();
  input("signature").value = await signed(pair, input("challenge").value);
  if (stage.dataset.device === "enrol") input("public_key").value = await publicHalf(pair);
}

function takeCode() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code || input("code").value) return;
  input("code").value = code;
  input("pin").focus();
  history.replaceState(null, "", location.pathname); // the code stands in no history
}

/** A tablet lies locked for hours: fetch a fresh challenge when somebody takes it up again. */
function staysFresh() {
  const opened = Date.now();
  document.addEventListener("visibilitychange", () => {
    const old = Date.now() - opened > STALE_AFTER;
    if (old && !document.hidden && !input("pin").value) location.reload();
  });
}

if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await prove();
    } finally {
      form.submit();
    }
  });
  if (stage.dataset.device === "enrol") takeCode();
  staysFresh();
}
