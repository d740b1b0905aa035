/** Takes up the pages of a paper that were still being made when its first ones were opened. */

/** @typedef {import("../reader.js").Page} Page */

/**
 * Fetch the list of all pages; a reader that waits before a page still missing opens it then.
 *
 * @param {HTMLElement & {pages?: Page[]}} reader
 * @returns {Promise<boolean>} whether all pages are there.
 */
export async function takeUp(reader) {
  const answer = await fetch(`/documents/${reader.dataset.document}/manifest`).catch(() => null);
  if (!answer?.ok) return false;
  const { pages } = await answer.json();
  reader.pages = pages.map(pageOf);
  delete reader.dataset.growing;
  const list = reader.querySelector(".reader-thumbs ol");
  for (const page of pages) {
    if (!list?.querySelector(`[data-page="${page.number}"]`)) list?.append(thumb(page));
  }
  if (!reader.querySelector(".reader-page img")) location.reload();
  return true;
}

/**
 * @param {{id: string, number: number, width: number, height: number}} page
 * @returns {Page}
 */
function pageOf({ id, number, width, height }) {
  return { id, n: number, w: width, h: height };
}

/** @param {{id: string, number: number, width: number, height: number}} page */
function thumb({ id, number, width, height }) {
  const [line, link] = [document.createElement("li"), document.createElement("a")];
  const picture = new Image(120, Math.round((120 * height) / width));
  picture.loading = "lazy";
  picture.alt = "";
  picture.src = `/pages/${id}/image/240`;
  link.dataset.page = String(number);
  const address = new URL(location.href);
  address.searchParams.set("page", String(number));
  link.href = address.href;
  link.append(picture, ` ${number}`);
  line.append(link);
  return line;
}
