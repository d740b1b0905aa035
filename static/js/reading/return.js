/** On a tablet that keeps papers: look after them whenever there is a network. */
import { sweep } from "./sweep.js";

sweep();
addEventListener("online", () => sweep());
