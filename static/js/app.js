/** What every page does once scripts run; each page also works without them. */
import { offerDialogs } from "./dialogs.js";
import { offerDismissal } from "./dismiss.js";
import { closeMenusElsewhere } from "./menus.js";
import { sendBeforeLeaving } from "./leaving.js";
import { sendOnce } from "./once.js";

offerDialogs(document);
offerDismissal(document);
closeMenusElsewhere(document);
sendBeforeLeaving(document);
sendOnce(document);
if (navigator.serviceWorker?.controller) import("./reading/return.js");
