/** An answer that stays empty for a while is told to the server, which counts words and not who typed them. */
import { post } from "./post.js";

const PAUSE_MS = 4000;
const told = new Set();
let resting = 0;

function look() {
  clearTimeout(resting);
  const empty = document.querySelector("#answer [data-vain]");
  if (!(empty instanceof HTMLElement)) return;
  const { words = "", vain = "" } = empty.dataset;
  resting = setTimeout(() => {
    if (!empty.isConnected || told.has(words)) return;
    told.add(words);
    post(vain, { q: words }).catch(() => {});
  }, PAUSE_MS);
}

const main = document.getElementById("answer")?.parentElement;
if (main) new MutationObserver(look).observe(main, { childList: true });
look();
