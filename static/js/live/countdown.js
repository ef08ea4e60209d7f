/**
 * Counts down to `data-countdown` on `clock`, with a place for each of `[data-part]`; once it is over, `after`
 * is shown instead. Returns the timer.
 */

import { timeLeft } from "../kit/clock.js";

export function countDown(clock, after) {
  const until = Date.parse(clock.dataset.countdown);
  const show = () => {
    const { isOver, ...parts } = timeLeft(until);
    clock.hidden = isOver;
    after.hidden = !isOver;
    for (const [part, digits] of Object.entries(parts)) clock.querySelector(`[data-part="${part}"]`).textContent = digits;
  };
  show();
  return setInterval(show, 1000);
}
