/** After a jump, one press leads back to the page from which it was made. */
import { phrase } from "../phrases.js";

export class GoBack {
  /** @param {HTMLElement & {show: (number: number) => Promise<void>}} reader */
  constructor(reader) {
    this.button = /** @type {HTMLButtonElement} */ (reader.querySelector(".reader-return"));
    this.button.addEventListener("click", () => {
      this.button.hidden = true;
      reader.show(Number(this.button.dataset.page));
    });
  }

  /**
   * Remember where one was, if this is no mere turn of a page.
   *
   * @param {number} from
   * @param {number} to
   */
  jumped(from, to) {
    if (Math.abs(to - from) <= 1) return;
    this.button.dataset.page = String(from);
    /** @type {HTMLElement} */ (this.button.querySelector("span")).textContent = phrase("back-to", { number: from });
    this.button.hidden = false;
  }
}
