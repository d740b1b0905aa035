/** Pen and finger on a page: the pen writes and the finger scrolls, once a pen was seen. */

const SIDE = 10_000;

/**
 * @typedef {{start: (point: number[]) => void, move: (points: number[][]) => void,
 *   end: () => void, cancel: () => void, isOn: () => boolean, penCame: () => void}} Hand
 */

export class Pen {
  penSeen = false;
  /** @type {number | null} */
  #pointer = null;

  /**
   * @param {HTMLElement} page
   * @param {Hand} hand
   */
  constructor(page, hand) {
    this.page = page;
    this.hand = hand;
    page.addEventListener("pointerdown", (event) => this.#down(event));
    page.addEventListener("pointermove", (event) => this.#move(event));
    page.addEventListener("pointerup", (event) => this.#up(event));
    page.addEventListener("pointercancel", (event) => this.#cancel(event));
    // A pen that touches would scroll; this touch is the pen's and must not.
    page.addEventListener("touchstart", (event) => this.#hold(event), { passive: false });
    page.addEventListener("touchmove", (event) => this.#hold(event), { passive: false });
  }

  get writing() {
    return this.#pointer !== null;
  }

  /** Let fingers scroll where a pen writes, or keep the page still under a finger that draws. */
  settle() {
    this.page.classList.toggle("is-drawn-on", this.hand.isOn() && !this.penSeen);
    this.page.classList.toggle("is-tooled", this.hand.isOn());
  }

  /** @param {TouchEvent} event */
  #hold(event) {
    if (this.writing) event.preventDefault();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (/** @type {HTMLElement} */ (event.target).closest("button")) return;
    if (event.pointerType === "pen" && !this.penSeen) {
      this.penSeen = true;
      this.hand.penCame();
      this.settle();
    }
    if (this.#isPalm(event)) return;
    if (this.writing) {
      this.#stop(); // a second finger: it wants to zoom
      return;
    }
    if (!this.hand.isOn() || event.button > 0) return;
    event.preventDefault();
    this.#pointer = event.pointerId;
    try {
      this.page.setPointerCapture(event.pointerId);
    } catch {
      /* a pointer that is gone already */
    }
    this.hand.start(this.#point(event));
  }

  /** A hand that rests on the glass is touch while the pen writes. @param {PointerEvent} event */
  #isPalm(event) {
    return event.pointerType === "touch" && this.penSeen;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#pointer) return;
    const finer = event.getCoalescedEvents?.() ?? [];
    this.hand.move((finer.length ? finer : [event]).map((one) => this.#point(one)));
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = null;
    this.hand.end();
  }

  /** @param {PointerEvent} event */
  #cancel(event) {
    if (event.pointerId === this.#pointer) this.#stop();
  }

  #stop() {
    this.#pointer = null;
    this.hand.cancel();
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const { left, top, width, height } = this.page.getBoundingClientRect();
    const [across, down] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const upright = [[across, down], [down, 1 - across], [1 - across, 1 - down], [1 - down, across]];
    return upright[Number(this.page.dataset.turn ?? 0)].map((at) => Math.min(Math.max(Math.round(at * SIDE), 0), SIDE));
  }
}
