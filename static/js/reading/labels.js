/** The printed numbers of pages, beside their places in the file. */

export class Labels {
  /** @param {HTMLElement & {number: number, count: number}} reader */
  constructor(reader) {
    this.reader = reader;
    /** @type {string[]} */
    this.names = JSON.parse(reader.dataset.labels || "[]");
    const input = /** @type {HTMLInputElement} */ (reader.querySelector("#goto"));
    if (!this.names.length) return;
    input.type = "text";
    input.inputMode = "text";
  }

  /** Return what is printed on a page, or its number. @param {number} number */
  of(number) {
    return this.names[number - 1] || String(number);
  }

  /** Return how a page is named in the bar. @param {number} number */
  placed(number) {
    const place = `${number}/${this.reader.count}`;
    return this.names.length ? `(${place})` : place;
  }

  /** Return the page that somebody means: the one printed so, else the one of that number. @param {string} typed */
  numberOf(typed) {
    const folded = typed.trim().toLowerCase();
    const printed = this.names.findIndex((one) => one.toLowerCase() === folded);
    return folded && printed >= 0 ? printed + 1 : Number(folded);
  }
}
