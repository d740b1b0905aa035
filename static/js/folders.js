/** Find the files of folders that are chosen or dropped, each with the folder it lay in. */

const LITTER = /^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i;

/** @typedef {{file: File, folder: string}} Placed */

/**
 * @param {Iterable<File>} files - of an input; one that takes folders tells where each lay.
 * @returns {Placed[]}
 */
export function chosen(files) {
  return [...files]
    .filter((file) => !LITTER.test(file.name))
    .map((file) => ({ file, folder: folderOf(file.webkitRelativePath) }));
}

/**
 * @param {DataTransfer} transfer
 * @returns {Promise<Placed[]>}
 */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()); // gone after a wait
  if (!entries.some((entry) => entry?.isDirectory)) return chosen(transfer.files);
  const found = await Promise.all(entries.map((entry) => (entry ? filesOf(entry) : [])));
  return found.flat();
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<Placed[]>}
 */
async function filesOf(entry) {
  if (LITTER.test(entry.name)) return [];
  if (entry.isFile) return [await placed(/** @type {FileSystemFileEntry} */ (entry))];
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const found = [];
  for (let part = await read(reader); part.length; part = await read(reader)) {
    for (const inner of part) found.push(...(await filesOf(inner)));
  }
  return found;
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<Placed>}
 */
function placed(entry) {
  const folder = folderOf(entry.fullPath.replace(/^\//, ""));
  return new Promise((resolve, reject) => {
    entry.file((file) => resolve({ file, folder }), reject);
  });
}

/**
 * @param {FileSystemDirectoryReader} reader - gives out a hundred at a time.
 * @returns {Promise<FileSystemEntry[]>}
 */
function read(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

/** @param {string} path */
function folderOf(path) {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
