/** Send a change to the server and read its answer. */
import { phrase } from "./phrases.js";

/** A change that the server did not take; `message` can be shown, `answer` is its JSON if any. */
export class Refused extends Error {
  /**
   * @param {number} status - 0 when no answer came.
   * @param {string} message
   * @param {unknown} answer
   */
  constructor(status, message, answer = null) {
    super(message);
    this.name = "Refused";
    this.status = status;
    this.answer = answer;
  }
}

/** @type {Record<number, string>} */
const PHRASES = { 0: "offline", 403: "refused", 404: "gone", 413: "too-large", 422: "invalid" };

/**
 * Post fields and return the JSON answer, null for an empty one; throw `Refused` otherwise.
 *
 * @param {string} url
 * @param {FormData | Record<string, string | Blob>} [fields]
 * @param {{signal?: AbortSignal, keepalive?: boolean}} [options]
 * @returns {Promise<any>}
 */
export async function post(url, fields = {}, options = {}) {
  const response = await send(url, asFormData(fields), options);
  const answer = await readJson(response);
  if (response.ok) return answer;
  throw new Refused(response.status, messageFor(response.status), answer);
}

/**
 * @param {string} url
 * @param {FormData} body
 * @param {RequestInit} options
 */
async function send(url, body, options) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  try {
    return await fetch(url, { ...options, method: "POST", body, headers });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Refused(0, messageFor(0));
  }
}

/** @param {Response} response */
async function readJson(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return isJson ? response.json() : null;
}

/** @param {FormData | Record<string, string | Blob>} fields */
function asFormData(fields) {
  if (fields instanceof FormData) return fields;
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

/** @param {number} status */
function messageFor(status) {
  return phrase(PHRASES[status] ?? "failed");
}

/** Return what proves that a request comes from a page of ours. */
export function csrfToken() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta instanceof HTMLMetaElement ? meta.content : "";
}

/** Take a fresh proof from the server: the page may have been opened under an older sign-in. */
export async function renewToken() {
  const answer = await fetch("/help", { redirect: "error" }).catch(() => null);
  const found = answer?.ok && (await answer.text()).match(/name="csrf-token" content="([^"]+)"/);
  const meta = document.querySelector('meta[name="csrf-token"]');
  if (found && meta instanceof HTMLMetaElement) meta.content = found[1];
  return Boolean(found);
}
