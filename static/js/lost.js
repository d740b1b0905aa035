/**
 * Keeps the tickets of files that are on their way; after a restart only they tell which one to
 * send again. A ticket is ciphertext: the server sealed the name, and has itself forgotten it.
 */
const KEY = "sending";
const MOST = 50;

/** @typedef {{place: string, ticket: string}} Sent */

/**
 * @param {string} place - where the file goes.
 * @param {string} ticket
 */
export function remember(place, ticket) {
  write([...read(), { place, ticket }].slice(-MOST));
}

/** @param {string} ticket */
export function forget(ticket) {
  write(read().filter((sent) => sent.ticket !== ticket));
}

/** @param {string} place */
export function remembered(place) {
  return read().filter((sent) => sent.place === place).map((sent) => sent.ticket);
}

/** @returns {Sent[]} */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return []; // a browser that keeps nothing, or something else was written there
  }
}

/** @param {Sent[]} sent */
function write(sent) {
  try {
    if (sent.length) localStorage.setItem(KEY, JSON.stringify(sent));
    else localStorage.removeItem(KEY);
  } catch {
    // without room nothing is remembered; the file is on its way all the same
  }
}
