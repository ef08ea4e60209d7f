/**
 * Keeps the panel of questions up to date: a new question in the room asks for it again, but never while
 * somebody is writing an answer in it.
 */

const PANEL = "#questions";

document.body.addEventListener("room:items", ({ detail: { items } }) => {
  if (items.some(({ asks, kind }) => asks || kind === "removed" || kind === "hushed")) tell("crew-questions");
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const { requestConfig, elt } = event.detail;
  if (requestConfig.verb === "get" && elt.matches(PANEL) && isWriting(elt)) event.preventDefault();
});

/** What came in the meantime is fetched once nobody writes any more. */
document.body.addEventListener("focusout", (event) => {
  if (event.target.closest?.(PANEL)) setTimeout(() => tell("crew-questions"), 1_000);
});

function isWriting(panel) {
  return panel.contains(document.activeElement) || [...panel.querySelectorAll('input[name="text"]:not([type="hidden"])')].some(({ value }) => value);
}

function tell(name) {
  document.body.dispatchEvent(new CustomEvent(name));
}
