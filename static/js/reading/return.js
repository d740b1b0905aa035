/** On a tablet that keeps papers: look after them whenever there is a network. */
import { tellSeen } from "../offline/seen.js";
import { sweep } from "./sweep.js";

const owner = document.querySelector("[data-owner]")?.getAttribute("data-owner") ?? "";
look();
addEventListener("online", look);

function look() {
  sweep(owner);
  if (owner) tellSeen(owner);
}
