/** Looks again every few seconds while a document is being prepared. */
const PAUSE = 3000;

setTimeout(() => location.reload(), PAUSE);
