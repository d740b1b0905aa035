/** Says how many notes of the earlier version found no place in this one. */
import { phrase } from "../phrases.js";

/** @param {HTMLElement} reader @param {Iterable<any>} notes */
export function tellOfLeft(reader, notes) {
  const line = /** @type {HTMLElement | null} */ (reader.querySelector(".notes-left"));
  const link = line?.querySelector("a");
  if (!line || !link) return;
  const left = [...notes].filter((note) => note.left && !note.deleted).length;
  line.hidden = !left;
  link.textContent = phrase("notes-left", { count: left });
  link.href = `/documents/${reader.dataset.document}/notes/left`;
}
