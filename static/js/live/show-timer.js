/**
 * <show-timer data-ends="83000" data-text-frozen="Waktu dihentikan">1.20</show-timer>
 *
 * Counts down to a moment of the room's commerce clock; `data-frozen` while the clock stands still,
 * `data-over` once the moment has come (`timer:over` is told once, bubbling). What the server wrote inside
 * stays until the room has said its clock.
 */

import { minutesLeft } from "../kit/clock.js";
import { showClock } from "../kit/show-clock.js";

const LOOK_EVERY_MS = 250;

export class ShowTimer extends HTMLElement {
  #abort = null;
  #timer = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const look = () => this.#look();
    for (const name of ["room:hello", "room:items"]) document.body.addEventListener(name, look, options);
    this.#timer = setInterval(look, LOOK_EVERY_MS);
    look();
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#timer);
  }

  #look() {
    if (!showClock.isKnown || this.hasAttribute("data-over")) return;
    const left = showClock.msLeft(Number(this.dataset.ends));
    this.toggleAttribute("data-frozen", !showClock.runs && left > 0);
    this.textContent = minutesLeft(left, document.documentElement.lang);
    this.title = showClock.runs ? "" : (this.dataset.textFrozen ?? "");
    if (left === 0) this.#over();
  }

  #over() {
    this.setAttribute("data-over", "");
    this.dispatchEvent(new CustomEvent("timer:over", { bubbles: true }));
  }
}

customElements.define("show-timer", ShowTimer);
