/** Live events of a topic, over server-sent events that survive sleep, lost Wi-Fi and full servers. */

const WATCHDOG_MS = 35_000; // two heartbeats of the server and some air
const RETRY_MS = 5_000;
const SPREAD_MS = 1_500; // five hundred tablets that lost the Wi-Fi together do not return together

/**
 * An open ear to one address. Dispatches a CustomEvent for each kind of event, its JSON in
 * `detail`; `resync` whenever events may have been missed, so that the state is fetched anew; and
 * `connection` with a boolean in `detail` when the stream comes or goes.
 */
export class LiveStream extends EventTarget {
  /** @type {EventSource | null} */
  #source = null;
  #lastEventId = "";
  #connected = false;
  #wanted = false;
  #watchdog = 0;
  #retry = 0;
  #url;
  #kinds;

  /**
   * @param {string} url
   * @param {string[]} kinds - the kinds of events to hear.
   */
  constructor(url, kinds) {
    super();
    this.#url = url;
    this.#kinds = kinds;
  }

  /** Start hearing, now and whenever the page is in view. */
  start() {
    if (this.#wanted) return;
    this.#wanted = true;
    document.addEventListener("visibilitychange", this.#follow);
    addEventListener("pageshow", this.#reopen);
    addEventListener("pagehide", this.#close);
    this.#follow();
  }

  /** Stop hearing for good. */
  stop() {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#follow);
    removeEventListener("pageshow", this.#reopen);
    removeEventListener("pagehide", this.#close);
    this.#close();
  }

  // Safari ends the streams of a hidden page and tells nobody: so we end them, and open new ones.
  #follow = () => (document.hidden ? this.#close() : this.#open());

  /** @param {PageTransitionEvent} event */
  #reopen = (event) => {
    if (event.persisted) this.#open();
  };

  #open = () => {
    this.#close();
    if (!this.#wanted) return;
    const source = new EventSource(this.#address());
    source.onopen = () => this.#opened();
    source.onerror = () => this.#failed(source);
    source.addEventListener("heartbeat", this.#heard);
    for (const kind of this.#kinds) source.addEventListener(kind, this.#received);
    this.#source = source;
    this.#heard();
  };

  #close = () => {
    clearTimeout(this.#watchdog);
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
    this.#tell(false);
  };

  #address() {
    const url = new URL(this.#url, location.href);
    if (this.#lastEventId) url.searchParams.set("after", this.#lastEventId);
    return url;
  }

  #opened() {
    this.#heard();
    this.#tell(true);
    this.dispatchEvent(new Event("resync"));
  }

  /** @param {EventSource} source */
  #failed(source) {
    this.#tell(false);
    // Otherwise the browser itself tries again, with Last-Event-ID.
    if (source.readyState === EventSource.CLOSED) this.#openLater();
  }

  #openLater() {
    this.#close();
    this.#retry = setTimeout(
      () => {
        this.dispatchEvent(new Event("resync")); // a full server is asked like this, again and again
        this.#open();
      },
      RETRY_MS + Math.random() * SPREAD_MS,
    );
  }

  #heard = () => {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(this.#open, WATCHDOG_MS);
  };

  /** @param {MessageEvent<string>} event */
  #received = (event) => {
    this.#heard();
    if (event.lastEventId) this.#lastEventId = event.lastEventId;
    this.dispatchEvent(new CustomEvent(event.type, { detail: JSON.parse(event.data) }));
  };

  /** @param {boolean} connected */
  #tell(connected) {
    if (connected === this.#connected) return;
    this.#connected = connected;
    this.dispatchEvent(new CustomEvent("connection", { detail: connected }));
  }
}
