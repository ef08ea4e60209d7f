/**
 * <flash-offer data-ms="83000" data-runs><show-timer data-ends="…"></show-timer></flash-offer>
 *
 * A flash deal on a product's page, which hears nothing from the room: the clock goes on from what the page said.
 * Once it is over the page asks for the offer of now, not everybody in the same moment (`flash:over`).
 */

import "../live/show-timer.js";
import { showClock } from "../kit/show-clock.js";

const SPREAD_MS = 1500;

class FlashOffer extends HTMLElement {
  connectedCallback() {
    const ms = Number(this.dataset.ms);
    const now = Date.now();
    showClock.greet({ at: now, clock: this.hasAttribute("data-runs") ? { zero: now - ms } : { ms } }, now);
    this.addEventListener("timer:over", () => setTimeout(() => this.#tell(), Math.random() * SPREAD_MS), { once: true });
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("flash:over"));
  }
}

customElements.define("flash-offer", FlashOffer);
