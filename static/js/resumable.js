/** Send a file in chunks; where the connection breaks, wait until it is back and go on there. */
import { phrase } from "./phrases.js";
import { csrfToken, post, Refused } from "./post.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;
const LOOK_AGAIN = 1000;
const BEGINNINGS = 4;
const PASSING = new Set([0, 408, 429, 502, 503, 504]);
const FORGOTTEN = new Set([404, 410]);

/**
 * @typedef {object} Standing
 * @property {string} upload
 * @property {number} offset
 * @property {number} chunk
 * @property {string} [ticket] - by which the server knows its name again after a restart.
 * @property {Outcome[]} [files] - there once the file went through the gate.
 */
/** @typedef {import("./folders.js").Placed} Placed */
/** @typedef {{name: string, ok: boolean, message: string}} Outcome */
/**
 * @typedef {object} Watcher
 * @property {(sent: number) => void} sent - bytes that are on their way or there.
 * @property {() => void} waits - for the connection.
 * @property {(ticket: string) => void} [began]
 */

/**
 * Send a file to the uploads of a place and return what became of it, or of those that it held;
 * throw `Refused`.
 *
 * @param {string} url
 * @param {Placed} placed
 * @param {Watcher} watcher
 * @returns {Promise<Outcome[]>}
 */
export async function sendInChunks(url, placed, watcher) {
  for (let beginning = 1; ; beginning += 1) {
    try {
      return await sendOnce(url, placed, watcher);
    } catch (error) {
      const forgotten = error instanceof Refused && FORGOTTEN.has(error.status);
      if (!forgotten || beginning === BEGINNINGS) throw error; // a restarted server knows nothing
    }
  }
}

/**
 * @param {string} url
 * @param {Placed} placed
 * @param {Watcher} watcher
 */
async function sendOnce(url, { file, folder }, watcher) {
  const fields = { name: file.name, folder, size: String(file.size) };
  /** @type {Standing} */
  let at = await patiently(watcher, () => post(url, fields));
  if (!at) throw refused(200);
  if (at.ticket) watcher.began?.(at.ticket);
  while (!at.files) {
    watcher.sent(at.offset);
    at = await patiently(watcher, (again) => advance(url, file, at, watcher, again));
  }
  return at.files;
}

/**
 * Send the next chunk; after a break ask first, since the last one may have arrived.
 *
 * @param {string} url
 * @param {File} file
 * @param {Standing} at
 * @param {Watcher} watcher
 * @param {boolean} ask
 * @returns {Promise<Standing>}
 */
async function advance(url, file, at, watcher, ask) {
  if (ask) return standing(url, at.upload);
  if (file.size > 0 && at.offset === file.size) {
    await pause(LOOK_AGAIN);
    return standing(url, at.upload);
  }
  const query = new URLSearchParams({ upload: at.upload, offset: String(at.offset) });
  const chunk = file.slice(at.offset, at.offset + at.chunk);
  return sendChunk(`${url}/chunks?${query}`, chunk, (sent) => watcher.sent(at.offset + sent));
}

/**
 * Try again and again while nobody answers or the server asks for patience.
 *
 * @template T
 * @param {Watcher} watcher
 * @param {(again: boolean) => Promise<T>} act
 * @returns {Promise<T>}
 */
async function patiently(watcher, act) {
  for (let wait = FIRST_WAIT, again = false; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      return await act(again);
    } catch (error) {
      if (!(error instanceof Refused) || !PASSING.has(error.status)) throw error;
    }
    watcher.waits();
    again = true;
    await pause(wait);
  }
}

/** @param {number} milliseconds - at most; a connection that comes back ends it. */
function pause(milliseconds) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve(undefined);
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
  });
}

/**
 * @param {string} url
 * @param {string} upload
 * @returns {Promise<Standing>}
 */
async function standing(url, upload) {
  const headers = { Accept: "application/json" };
  const query = new URLSearchParams({ upload });
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`${url}?${query}`, { headers });
  } catch {
    throw refused(0);
  }
  if (!response.ok) throw refused(response.status);
  const answer = await response.json().catch(() => null); // a page if nobody is signed in
  if (!answer?.upload) throw refused(response.status);
  return answer;
}

/**
 * @param {string} url
 * @param {Blob} chunk
 * @param {(sent: number) => void} onSent
 * @returns {Promise<Standing>}
 */
function sendChunk(url, chunk, onSent) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch cannot tell how much was sent
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onloadend = () => {
      const standsSomewhere = request.response?.upload && [200, 409].includes(request.status);
      if (standsSomewhere) resolve(request.response);
      else reject(refused(request.status));
    };
    request.send(chunk);
  });
}

/** @param {number} status */
function refused(status) {
  if (status === 0) return new Refused(0, phrase("offline"));
  return new Refused(status, phrase(status === 413 ? "too-large" : "failed"));
}
