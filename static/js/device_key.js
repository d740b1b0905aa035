/** The key by which the server knows this tablet; the browser keeps it and gives it to nobody. */

const DATABASE = "device";
const STORE = "keys";
const NAME = "own";
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const SIGNED = "nghi-su device: ";

/** Return the tablet's key pair, made the first time. */
export async function ownKey() {
  const known = await asked("readonly", (store) => store.get(NAME));
  if (known) return /** @type {CryptoKeyPair} */ (known);
  const made = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  await asked("readwrite", (store) => store.put(made, NAME));
  return made;
}

/**
 * Return the public half (SubjectPublicKeyInfo) in base64.
 *
 * @param {CryptoKeyPair} pair
 */
export async function publicHalf(pair) {
  return base64(await crypto.subtle.exportKey("spki", pair.publicKey));
}

/**
 * Return the signature over a challenge in base64.
 *
 * @param {CryptoKeyPair} pair
 * @param {string} challenge
 */
export async function signed(pair, challenge) {
  const message = new TextEncoder().encode(SIGNED + challenge);
  return base64(await crypto.subtle.sign(SIGNATURE, pair.privateKey, message));
}

/** @param {ArrayBuffer} bytes */
function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} ask
 * @returns {Promise<unknown>}
 */
async function asked(mode, ask) {
  const database = await opened();
  try {
    return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
