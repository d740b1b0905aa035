/** Ask the server how papers stand. */

/**
 * Return the papers among some that may be read, with their versions; null without an answer.
 *
 * @param {string[]} papers
 * @returns {Promise<Record<string, {version: string, number: number, ready: boolean}> | null>}
 */
export async function standingOf(papers) {
  const query = new URLSearchParams({ documents: papers.join(",") });
  const options = /** @type {RequestInit} */ ({ redirect: "error", cache: "no-store" });
  const answer = await fetch(`/reader/standing?${query}`, options).catch(() => null);
  return answer?.ok ? answer.json() : null;
}
