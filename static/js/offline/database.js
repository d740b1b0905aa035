/** What a tablet keeps: keys, lists of files, notes and changes not yet sent, in IndexedDB. */

const NAME = "nghi-su";
const STORES = { keys: "id", packs: "document", pages: "id", notes: "mark", outbox: "op" };

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) {
        request.result.createObjectStore(store, { keyPath });
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/**
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest | void} deed
 * @returns {Promise<any>}
 */
async function within(store, mode, deed) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = deed(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {string} store @param {string} id */
export const find = (store, id) => within(store, "readonly", (rows) => rows.get(id));

/** @param {string} store @returns {Promise<any[]>} */
export const all = (store) => within(store, "readonly", (rows) => rows.getAll());

/** @param {string} store @param {object[]} added */
export const keep = (store, ...added) =>
  within(store, "readwrite", (rows) => added.forEach((one) => rows.put(one)));

/** @param {string} store @param {string[]} ids */
export const drop = (store, ...ids) =>
  within(store, "readwrite", (rows) => ids.forEach((id) => rows.delete(id)));
