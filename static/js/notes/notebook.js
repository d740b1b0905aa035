/** A person's notes on a document: kept on the tablet, sent when there is a network. */
import { all, drop, find, keep } from "../offline/database.js";
import { canSeal, newKey, seal, unseal } from "../offline/cipher.js";
import { post, renewToken } from "../post.js";

const ADDRESS = "/notes/operations";
const AGAIN_AFTER = 20_000;
const AT_ONCE = 100;

/**
 * @typedef {{mark: string, kind: string, page: number | null, version: string | null,
 *   shape: any, quote: string, text: string, revision: number, deleted: boolean}} Note
 */

/** Dispatches `change` when notes came or went, `state` when what waits to be sent changed. */
export class Notebook extends EventTarget {
  /** @type {Map<string, Note>} */
  notes = new Map();
  /** @type {any[]} */
  waiting = [];
  /** Whether the server answered when it was last asked. */
  reached = false;
  /** @type {CryptoKey | null} */
  #key = null;
  /** The exchange that is on its way. @type {Promise<void> | null} */
  #round = null;
  #order = Date.now();

  /**
   * @param {string} owner - the account whose notes these are; a tablet may be shared.
   * @param {string} document
   * @param {string} version
   */
  constructor(owner, document, version) {
    super();
    this.owner = owner;
    this.document = document;
    this.version = version;
  }

  /** Take what the tablet kept, then what the server knows. */
  async open() {
    this.#key = canSeal() ? await ownKey(this.owner) : null;
    await this.#recollect();
    await this.exchange();
    addEventListener("online", () => this.exchange());
    document.addEventListener("visibilitychange", () => this.exchange());
    setInterval(() => this.waiting.length && this.exchange(), AGAIN_AFTER);
  }

  /** @param {number} page @returns {Note[]} */
  on(page) {
    return [...this.notes.values()].filter((note) => !note.deleted && note.page === page);
  }

  /**
   * Keep a new or changed note, at once on the tablet and as soon as possible on the server.
   *
   * @param {Partial<Note> & {mark: string, kind: string}} changed
   */
  async put(changed) {
    const known = this.notes.get(changed.mark);
    const fresh = { quote: "", text: "", shape: {}, revision: 0, version: this.version };
    const note = /** @type {Note} */ ({ page: null, ...fresh, ...known, ...changed });
    note.deleted = changed.deleted ?? false;
    const sent = { op: crypto.randomUUID?.() ?? randomId(), n: (this.#order += 1) };
    const operation = { ...note, ...sent, document: this.document, base: note.revision };
    note.revision += 1;
    this.notes.set(note.mark, note);
    this.waiting.push(operation);
    await Promise.all([this.#remember(note), this.#store("outbox", operation, "op")]);
    this.#tell();
    await this.exchange();
  }

  /** @param {string} mark */
  remove(mark) {
    const note = this.notes.get(mark);
    return note && this.put({ ...note, deleted: true });
  }

  /** Send what waits, then fetch what other tablets changed; join a round that is on its way. */
  async exchange() {
    if (document.hidden) return;
    this.#round ??= this.#exchange();
    await this.#round;
  }

  async #exchange() {
    try {
      // a mark made while the others are fetched goes at once, not at the next round
      do {
        while (this.waiting.length) await this.#send(this.waiting.slice(0, AT_ONCE));
        await this.#fetch();
      } while (this.waiting.length);
      this.reached = true;
    } catch {
      this.reached = false;
      /* no network, or not signed in: everything is kept and sent another time */
    } finally {
      this.#round = null;
      this.#tell();
    }
  }

  /** @param {any[]} sent */
  async #send(sent) {
    const fields = { operations: JSON.stringify(sent) };
    try {
      await post(ADDRESS, fields);
    } catch (error) {
      if (/** @type {any} */ (error).status !== 400 || !(await renewToken())) throw error;
      await post(ADDRESS, fields);
    }
    const done = new Set(sent.map((one) => one.op));
    this.waiting = this.waiting.filter((one) => !done.has(one.op));
    if (this.#key) await drop("outbox", ...done);
  }

  async #fetch() {
    const answer = await fetch(`/documents/${this.document}/notes`, { redirect: "error" });
    if (!answer.ok || this.waiting.length) return;
    const { notes } = await answer.json();
    this.notes = new Map(notes.map((/** @type {Note} */ note) => [note.mark, note]));
    await Promise.all(notes.map((/** @type {Note} */ note) => this.#remember(note)));
  }

  async #recollect() {
    if (!this.#key) return;
    const own = (/** @type {any} */ row) => row.owner === this.owner && row.document === this.document;
    const open = (/** @type {any} */ row) =>
      unseal(/** @type {CryptoKey} */ (this.#key), row.sealed).catch(() => null);
    const [notes, outbox] = await Promise.all([all("notes"), all("outbox")]);
    for (const note of await Promise.all(notes.filter(own).map(open))) {
      if (note) this.notes.set(note.mark, note);
    }
    const waiting = await Promise.all(outbox.filter(own).map(open));
    this.waiting = waiting.filter(Boolean).sort((one, other) => one.n - other.n);
    this.#tell();
  }

  /** @param {Note} note */
  #remember(note) {
    return this.#store("notes", note, "mark");
  }

  /** @param {string} store @param {any} row @param {string} name */
  async #store(store, row, name) {
    if (!this.#key) return;
    const sealed = await seal(this.#key, row);
    await keep(store, { [name]: row[name], owner: this.owner, document: this.document, sealed });
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
    this.dispatchEvent(new CustomEvent("state", { detail: this.waiting.length }));
  }
}

/** @param {string} owner */
async function ownKey(owner) {
  const known = await find("keys", `own:${owner}`);
  if (known) return known.key;
  const key = await newKey();
  await keep("keys", { id: `own:${owner}`, key });
  return key;
}

export function randomId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte, place) =>
    (place === 6 ? (byte & 15) | 64 : place === 8 ? (byte & 63) | 128 : byte)
      .toString(16)
      .padStart(2, "0"),
  );
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
