/** Send papers file by file, show how far each one is, and follow their preparation. */
import { announce } from "./announce.js";
import { fetchPage } from "./fetch_page.js";
import { chosen, dropped } from "./folders.js";
import { LiveStream } from "./live.js";
import { forget, remember, remembered } from "./lost.js";
import { phrase } from "./phrases.js";
import { post, Refused } from "./post.js";
import { sendInChunks } from "./resumable.js";

const AT_ONCE = 2;

/** @type {NodeListOf<HTMLFormElement>} */
const forms = document.querySelectorAll("form[data-intake]");
for (const form of forms) watch(form);
follow();

/** @typedef {import("./folders.js").Placed} Placed */

/** @param {HTMLFormElement} form */
function watch(form) {
  form.querySelector("[data-without-scripts]")?.setAttribute("hidden", "");
  void askAgain(form);
  form.addEventListener("change", ({ target: input }) => {
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    const files = chosen(input.files ?? []);
    input.value = "";
    void sendAll(form, files);
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("intake-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("intake-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("intake-over");
    if (event.dataTransfer) void dropped(event.dataTransfer).then((files) => sendAll(form, files));
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Placed[]} files
 */
async function sendAll(form, files) {
  if (!files.length) return;
  const waiting = files.map((placed) => ({ placed, row: addRow(form, placed.file) }));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await send(form, next.placed, next.row);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await refresh();
  announce(phrase("files-done", { count: files.length }));
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 */
function addRow(form, file) {
  const row = document.createElement("li");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  state.textContent = phrase("file-waiting");
  row.append(document.createTextNode(file.name), bar, state);
  form.querySelector("[data-files]")?.append(row);
  return { row, state, bar };
}

/** @typedef {ReturnType<typeof addRow>} Row */

/**
 * @param {HTMLFormElement} form
 * @param {Placed} placed
 * @param {Row} shown
 */
async function send(form, placed, { row, state, bar }) {
  const { file } = placed;
  const place = form.dataset.uploads ?? "";
  let kept = "";
  const watcher = {
    /** @param {string} ticket */
    began(ticket) {
      forget(kept);
      kept = ticket;
      if (form.dataset.missing) remember(place, ticket);
    },
    /** @param {number} sent */
    sent(sent) {
      bar.value = file.size ? Math.min(100, (100 * sent) / file.size) : 100;
      const percent = Math.round(bar.value);
      state.textContent =
        percent < 100 ? phrase("file-sent", { percent }) : phrase("file-examined");
    },
    waits() {
      state.textContent = phrase("file-waits");
    },
  };
  try {
    const outcomes = await sendInChunks(place, placed, watcher);
    const whole = !file.name.toLowerCase().endsWith(".zip");
    for (const { name, message } of outcomes.filter(({ ok }) => !ok)) refuse(whole ? file.name : name, message);
    row.remove();
  } catch (error) {
    refuse(file.name, error instanceof Refused ? error.message : phrase("failed"));
    row.remove();
  } finally {
    forget(kept);
  }

  /**
   * @param {string} name
   * @param {string} message
   */
  function refuse(name, message) {
    const told = document.createElement("li");
    const why = document.createElement("span");
    told.className = "intake-refused";
    why.textContent = message;
    told.append(document.createTextNode(name), why);
    row.before(told);
  }
}

/**
 * Name the files that never came, for their page was closed or a restart forgot them.
 *
 * @param {HTMLFormElement} form
 */
async function askAgain(form) {
  const { missing = "", uploads = "" } = form.dataset;
  const tickets = remembered(uploads);
  if (!missing || !tickets.length) return;
  const answer = await post(missing, { tickets: tickets.join(" ") }).catch(() => null);
  for (const ticket of answer?.arrived ?? []) forget(ticket);
  for (const { name, ticket } of answer?.missing ?? []) {
    const told = document.createElement("li");
    const why = document.createElement("span");
    const away = document.createElement("button");
    told.className = "intake-refused";
    why.textContent = phrase("file-lost");
    away.type = "button";
    away.className = "button button-quiet";
    away.textContent = phrase("put-away");
    away.addEventListener("click", () => {
      forget(ticket);
      told.remove();
    });
    told.append(document.createTextNode(name), why, away);
    form.querySelector("[data-files]")?.append(told);
  }
}

function follow() {
  /** @type {HTMLElement | null} */
  const place = document.querySelector("[data-office-live]");
  if (!place) return;
  const kinds = ["job", "paper", "release", "recall"];
  const stream = new LiveStream(place.dataset.officeLive ?? "", kinds);
  stream.addEventListener("job", (event) => {
    if (event instanceof CustomEvent) showProgress(event.detail);
  });
  for (const kind of ["paper", "release", "recall", "resync"]) {
    stream.addEventListener(kind, refresh);
  }
  stream.start();
}

/** @param {{key: string, state: string, done: number, total: number}} job */
function showProgress({ key, state, done, total }) {
  if (state === "done" || state === "dead") void refresh();
  const prepared = key.replace("prepare:", "");
  for (const place of document.querySelectorAll(`[data-document="${prepared}"] [data-progress]`)) {
    place.textContent = `${done}/${total}`;
  }
}

/** @type {Promise<void> | null} */
let running = null;
let again = false;

/** Renew the lists; what happens meanwhile is fetched once afterwards, however much it was. */
function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = renewLists().finally(() => {
    running = null;
  });
  return running;
}

async function renewLists() {
  do {
    again = false;
    await renewOnce();
  } while (again);
}

/** Put the lists of papers of the page as it is now in the place of those shown. */
async function renewOnce() {
  const answer = await fetchPage(location.href);
  for (const shown of document.querySelectorAll("[data-papers]")) {
    const fresh = answer?.page.getElementById(shown.id);
    if (fresh && fresh.textContent !== shown.textContent) {
      shown.replaceWith(document.importNode(fresh, true));
    }
  }
}
