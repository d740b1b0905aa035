/** The page that is printed: its button waits until every picture is there. */
const button = document.querySelector("[data-print]");

if (button instanceof HTMLButtonElement) {
  const pictures = [...document.querySelectorAll(".print-page img")];
  const there = pictures.map((one) => one instanceof HTMLImageElement && one.decode());
  Promise.allSettled(there).then(() => button.removeAttribute("hidden"));
  button.addEventListener("click", () => print());
}
