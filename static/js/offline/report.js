/** Tell the office which documents this tablet keeps and which it has dropped. */
import { all, find, keep } from "./database.js";
import { post } from "../post.js";
import { randomId } from "../notes/notebook.js";

const ADDRESS = "/tablet/packs";

/** Send the list of all that is kept here; the server knows what was kept before. */
export async function tellOffice() {
  const known = await find("keys", "tablet");
  const tablet = known?.value ?? randomId();
  if (!known) await keep("keys", { id: "tablet", value: tablet });
  const kept = (await all("packs")).map((row) => row.version);
  await post(ADDRESS, { tablet, kept: JSON.stringify(kept) }).catch(() => {});
}
