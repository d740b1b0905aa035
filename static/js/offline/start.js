/** Register the worker that answers without a network, where the browser can. */
import { canKeep } from "./pack.js";

const WORKER = "/service-worker.js";

/**
 * Return whether documents can be kept here; once the worker runs, the shell is kept too.
 *
 * @returns {Promise<boolean>}
 */
export async function startOffline() {
  if (!canKeep() || !navigator.serviceWorker) return false;
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const policy = types?.createPolicy("worker", { createScriptURL: () => WORKER });
  const url = policy ? policy.createScriptURL(WORKER) : WORKER;
  try {
    await navigator.serviceWorker.register(url, { type: "module" });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage("shell");
    navigator.storage?.persist?.();
    return true;
  } catch {
    return false;
  }
}
