/** The strip of tools: pen, highlighter, typed note, eraser, undo. */
import { announce } from "../announce.js";
import { phrase } from "../phrases.js";
import { markLayer, stepsOf, touches, wordsBetween } from "./marks.js";
import { tellOfLeft } from "./left.js";
import { Notebook, randomId } from "./notebook.js";
import { Pen } from "./pen.js";

const COLOURS = { pen: "red", highlight: "yellow" };

/** @typedef {import("./notebook.js").Note} Note */

export class NoteTools {
  /** @type {string | null} */
  tool = null;
  /** @type {{text: string, x: number, y: number, w: number, h: number}[]} */
  words = [];
  /** @type {number[][]} */
  #points = [];
  /** @type {(() => unknown)[]} */
  #undo = [];
  /** @type {SVGElement | null} */
  #live = null;
  page = 0;

  /**
   * @param {HTMLElement} reader
   * @param {HTMLElement} figure
   */
  constructor(reader, figure) {
    this.reader = reader;
    this.figure = figure;
    this.strip = /** @type {HTMLElement} */ (reader.querySelector(".note-strip"));
    this.dialog = /** @type {HTMLDialogElement} */ (document.querySelector("#note-dialog"));
    const { owner = "", document: paper = "", version = "" } = reader.dataset;
    this.book = new Notebook(owner, paper, version);
    this.book.addEventListener("change", () => this.draw());
    this.book.addEventListener("state", () => this.#tellState());
    this.pen = new Pen(figure, this.#hand());
    this.#listen();
    this.book.open();
    reader.addEventListener("notes-moved", () => this.book.exchange());
  }

  get busy() {
    return this.tool !== null || this.pen.writing;
  }

  #listen() {
    const opener = /** @type {HTMLElement} */ (this.reader.querySelector(".note-open"));
    opener.hidden = false;
    opener.addEventListener("click", () => this.#toggle(this.strip.hidden));
    this.strip.addEventListener("click", (event) => this.#press(event));
    this.figure.addEventListener("click", (event) => this.#openPinned(event));
    this.dialog.addEventListener("close", () => this.#closeDialog());
  }

  /** @param {boolean} open */
  #toggle(open) {
    this.strip.hidden = !open;
    this.reader.querySelector(".note-open")?.setAttribute("aria-expanded", String(open));
    this.#choose(null);
    this.reader.dispatchEvent(new Event("notes-toggled"));
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    const deed = button?.dataset.tool ?? "";
    if (deed === "undo") this.#undo.pop()?.();
    else if (deed === "done") this.#toggle(false);
    else if (deed === "send") this.#send();
    else if (deed === "note" && event.detail === 0) this.#write([500, 500]);
    else if (deed) this.#choose(this.tool === deed ? null : deed);
    this.#tellState();
  }

  /** @param {string | null} tool */
  #choose(tool) {
    this.tool = tool;
    for (const button of this.strip.querySelectorAll("[aria-pressed]")) {
      const pressed = /** @type {HTMLElement} */ (button).dataset.tool === tool;
      button.setAttribute("aria-pressed", String(pressed));
    }
    this.pen.settle();
  }

  #hand() {
    return {
      isOn: () => this.tool !== null,
      penCame: () => {
        if (!this.tool) this.#choose("pen");
        announce(phrase("pen-seen"));
      },
      start: (/** @type {number[]} */ point) => this.#start(point),
      move: (/** @type {number[][]} */ points) => this.#move(points),
      end: () => this.#end(),
      cancel: () => this.#forget(),
    };
  }

  /** @param {number[]} point */
  #start(point) {
    this.#points = [point];
    if (this.tool === "eraser") this.#erase(point);
  }

  /** @param {number[][]} points */
  #move(points) {
    this.#points.push(...points);
    if (this.tool === "eraser") points.forEach((point) => this.#erase(point));
    else this.#show();
  }

  /** The stroke as it is being made. */
  #show() {
    const note = this.#made();
    const fresh = note && markLayer([note]).firstElementChild;
    this.#live?.remove();
    this.#live = fresh ? /** @type {SVGElement} */ (fresh) : null;
    if (this.#live) this.figure.querySelector(".reader-marks")?.append(this.#live);
  }

  #end() {
    if (this.tool === "note") this.#write(this.#points[0]);
    else this.#keep(this.#made());
    this.strip.hidden = false; // only now: nothing moves under a pen that writes
    this.#forget();
  }

  #forget() {
    this.#live?.remove();
    this.#live = null;
    this.#points = [];
  }

  /** @returns {Note | null} */
  #made() {
    const base = { mark: randomId(), page: this.page };
    if (this.tool === "pen") {
      const shape = { lines: [stepsOf(this.#points)], color: COLOURS.pen };
      return /** @type {any} */ ({ ...base, kind: "ink", shape: { ...shape, ...this.#around() } });
    }
    if (this.tool !== "highlight") return null;
    const found = wordsBetween(this.words, this.#points[0], this.#points.at(-1) ?? []);
    if (!found) return null;
    const { quote, ...shape } = found;
    return /** @type {any} */ ({ ...base, kind: "highlight", quote, shape: { ...shape, color: COLOURS.highlight } });
  }

  /** The words on which a stroke lies, by which a new version finds its place. */
  #around() {
    const xs = this.#points.map(([x]) => x);
    const ys = this.#points.map(([, y]) => y);
    const box = [Math.min(...xs), Math.min(...ys) - 120, Math.max(...xs), Math.max(...ys)];
    const inside = this.words.flatMap((word, index) => {
      const [x, y] = [(word.x + word.w / 2) * 10_000, (word.y + word.h / 2) * 10_000];
      return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] ? [index] : [];
    });
    return inside.length ? { from: inside[0], to: inside.at(-1) } : {};
  }

  /** @param {Note | null} note */
  #keep(note) {
    if (!note) {
      if (this.tool === "highlight") announce(phrase("no-words"), { urgent: true });
      return;
    }
    this.#undo.push(() => this.book.remove(note.mark));
    this.book.put(note);
  }

  /** @param {number[]} point */
  #erase(point) {
    const note = this.book.on(this.page).findLast((one) => touches(one, point));
    if (!note) return;
    this.#undo.push(() => this.book.put({ ...note, ...this.#revived(note) }));
    this.book.remove(note.mark);
  }

  /** @param {Note} note */
  #revived(note) {
    return { deleted: false, revision: this.book.notes.get(note.mark)?.revision ?? 0 };
  }

  /** @param {number[]} point @param {Note | null} [note] */
  #write([x, y], note = null) {
    this.editing = note ?? { mark: randomId(), kind: "text", page: this.page, shape: { x, y } };
    const text = /** @type {HTMLTextAreaElement} */ (this.dialog.querySelector("textarea"));
    text.value = note?.text ?? "";
    this.dialog.returnValue = "";
    this.dialog.showModal();
    text.focus();
  }

  #closeDialog() {
    const text = /** @type {HTMLTextAreaElement} */ (this.dialog.querySelector("textarea")).value;
    const note = /** @type {any} */ (this.editing);
    if (this.dialog.returnValue === "delete") this.book.remove(note.mark);
    else if (text.trim()) {
      if (!this.book.notes.has(note.mark)) this.#undo.push(() => this.book.remove(note.mark));
      const kept = this.book.put({ ...note, text: text.trim() });
      if (this.dialog.returnValue === "send") kept.then(() => this.#send(note.mark));
    }
    this.#tellState();
  }

  /**
   * Go to the page that sends a copy of a note, of this page or the one named, if it can be sent.
   *
   * @param {string} [mark]
   */
  async #send(mark = "") {
    await this.book.exchange();
    if (this.book.reached && !this.book.waiting.length) {
      location.assign(`/documents/${this.book.document}/notes/send?page=${this.page}&mark=${mark}`);
      return;
    }
    const state = this.strip.querySelector(".note-state");
    if (state) state.textContent = phrase("send-offline");
    this.strip.hidden = false;
  }

  /** @param {MouseEvent} event */
  #openPinned(event) {
    const pin = /** @type {HTMLElement} */ (event.target).closest("button[data-mark]");
    const note = this.book.notes.get(/** @type {HTMLElement} */ (pin)?.dataset.mark ?? "");
    if (!note) return;
    event.stopPropagation();
    if (this.tool === "eraser") {
      this.#undo.push(() => this.book.put({ ...note, ...this.#revived(note) }));
      this.book.remove(note.mark);
    } else this.#write([0, 0], note);
  }

  /**
   * Stand on a page.
   *
   * @param {number} page
   */
  turnTo(page) {
    this.page = page;
    this.words = [];
    this.draw();
  }

  /** Draw the notes of the page in view. */
  draw() {
    for (const old of this.figure.querySelectorAll(".reader-marks, .note-pin")) old.remove();
    tellOfLeft(this.reader, this.book.notes.values());
    const notes = this.book.on(this.page);
    this.figure.append(markLayer(notes));
    for (const note of notes) if (note.kind === "text") this.figure.append(this.pin(note));
  }

  /** @param {Note} note */
  pin(note) {
    const pin = document.createElement("button");
    pin.type = "button";
    pin.className = "note-pin";
    pin.dataset.mark = note.mark;
    pin.style.left = `${(note.shape.x ?? 500) / 100}%`;
    pin.style.top = `${(note.shape.y ?? 500) / 100}%`;
    pin.textContent = note.text.length > 24 ? `${note.text.slice(0, 23)}…` : note.text;
    pin.title = note.text;
    return pin;
  }

  #tellState() {
    const state = this.strip.querySelector(".note-state");
    const count = this.book.waiting.length;
    if (state) state.textContent = count ? phrase("notes-wait", { count }) : phrase("notes-kept");
    this.strip.querySelector("[data-tool=undo]")?.toggleAttribute("disabled", !this.#undo.length);
  }
}
