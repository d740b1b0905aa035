/** Texts for scripts, translated by the server into `<meta name="phrase:..." content="...">`. */

/**
 * Return a phrase with its `{placeholders}` filled; a missing phrase is an error of ours.
 *
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function phrase(name, values = {}) {
  const meta = document.querySelector(`meta[name="phrase:${CSS.escape(name)}"]`);
  if (!(meta instanceof HTMLMetaElement)) throw new Error(`no phrase named ${name}`);
  return meta.content.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}
