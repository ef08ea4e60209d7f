/**
 * <flash-deal data-deal="7" data-product="3" data-price="20000" data-starts="…" data-ends="…" data-left="8">
 *
 * One flash deal in the room. Writes `data-state` on itself by the room's clock: before, running, over, and
 * `data-frozen` while the clock stands still. Says `flash:changed` when prices are no longer what they were.
 */

import { number } from "../kit/money.js";
import { showClock } from "../kit/show-clock.js";

const LOOK_EVERY_MS = 200;
const FEW = 3;

class FlashDeal extends HTMLElement {
  #abort = null;
  #timer = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    document.body.addEventListener("room:now", ({ detail }) => this.#heard(detail.flash), { signal: this.#abort.signal });
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#look();
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#timer);
  }

  /** What its product costs while it runs; nothing before and after, and once it is sold out. */
  get price() {
    return this.dataset.state === "running" && Number(this.dataset.left) > 0 ? Number(this.dataset.price) : null;
  }

  #look() {
    if (!showClock.isKnown) return;
    const now = showClock.ms();
    const state = now >= Number(this.dataset.ends) ? "over" : now < Number(this.dataset.starts) ? "before" : "running";
    this.toggleAttribute("data-frozen", !showClock.runs && state !== "over");
    if (state === this.dataset.state) return;
    this.dataset.state = state;
    this.#changed();
  }

  #heard(deals) {
    const left = deals?.[this.dataset.deal]?.left;
    if (left === undefined || String(left) === this.dataset.left) return;
    const turned = left === 0 || this.dataset.left === "0";
    this.dataset.left = left;
    this.#sayLeft(left);
    if (turned) this.#changed();
  }

  #sayLeft(left) {
    const words = left === 0 ? this.dataset.textGone : left <= FEW ? this.dataset.textFew : this.dataset.textLeft;
    const line = this.querySelector("[data-left-line]");
    line.textContent = words.replace("%s", number(left, document.documentElement.lang));
    line.classList.toggle("bad", left <= FEW);
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("flash:changed", { bubbles: true }));
  }
}

customElements.define("flash-deal", FlashDeal);
