/** Fetch a page of this site as a document, without ever turning a string into markup. */

/**
 * Return the page at an address, or null if it has not changed since `tag` or cannot be had.
 *
 * @param {string} url
 * @param {string} [tag] - the entity tag of the version at hand.
 * @returns {Promise<{page: Document, tag: string} | null>}
 */
export function fetchPage(url, tag = "") {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    if (tag) request.setRequestHeader("If-None-Match", `"${tag}"`);
    request.onloadend = () => {
      const page = request.status === 200 ? request.responseXML : null;
      const fresh = request.getResponseHeader("ETag")?.replaceAll('"', "") ?? "";
      resolve(page && { page, tag: fresh });
    };
    request.send();
  });
}
