/** Reads a page aloud with the tablet's own Vietnamese voice; where there is none, there is no button. */
import { phrase } from "../phrases.js";

const SENTENCES = /[^.;:!?\n]+[.;:!?\n]*/g;

export class Aloud {
  /** @param {HTMLElement} reader */
  constructor(reader) {
    this.reader = reader;
    this.button = /** @type {HTMLButtonElement} */ (reader.querySelector(".aloud"));
    this.speech = globalThis.speechSynthesis;
    if (!this.speech) return;
    this.button.addEventListener("click", () => (this.speaking ? this.stop() : this.#speak()));
    this.speech.addEventListener?.("voiceschanged", () => this.#offer());
    addEventListener("pagehide", () => this.stop());
    this.#offer();
  }

  get #voice() {
    return this.speech.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi"));
  }

  #offer() {
    this.button.hidden = !this.#voice;
  }

  /** Sentence by sentence: some voices fall silent in the middle of a long text. */
  #speak() {
    const text = this.reader.querySelector(".reader-text")?.textContent ?? "";
    const parts = (text.match(SENTENCES) ?? []).map((one) => one.trim()).filter(Boolean);
    for (const [index, part] of parts.entries()) {
      const said = new SpeechSynthesisUtterance(part);
      const voice = this.#voice;
      if (voice) said.voice = voice;
      said.lang = "vi-VN";
      if (index === parts.length - 1) said.onend = () => this.#show(false);
      this.speech.speak(said);
    }
    this.#show(parts.length > 0);
  }

  stop() {
    if (!this.speaking) return;
    this.speech.cancel();
    this.#show(false);
  }

  /** @param {boolean} speaking */
  #show(speaking) {
    this.speaking = speaking;
    this.button.setAttribute("aria-pressed", String(speaking));
    const words = /** @type {HTMLElement} */ (this.button.querySelector("span"));
    words.textContent = phrase(speaking ? "aloud-stop" : "aloud-start");
  }
}
