/**
 * Says over the preview what the camera needs; quiet while it runs.
 */

const TROUBLE = ["asking", "denied", "in_use", "none", "unsupported", "refused", "ended"];

/** `reason` says more exactly why a show was refused. */
export function sayCameraState(page, state, reason = "") {
  const place = page.querySelector("[data-camera-says]");
  const line = place.querySelector("[data-camera-text]");
  const words = line.dataset[reason] ?? line.dataset[state];
  if (words) line.textContent = words;
  place.hidden = !TROUBLE.includes(state);
}
