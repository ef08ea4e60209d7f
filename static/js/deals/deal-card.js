/**
 * <deal-card data-id="7" data-name="auction" data-starts="…" data-ends="…" data-state="running">
 *   <span data-when="before running">…</span> <show-timer data-ends="…"></show-timer>
 * </deal-card>
 *
 * One draw or auction in the room. Writes `data-state` on itself by the room's clock: before, running, frozen
 * (the host is away), over; the stylesheet shows the parts whose `data-when` names it. Moves with `room:now`.
 */

import { rupiah } from "../kit/money.js";
import { showClock } from "../kit/show-clock.js";

const LOOK_EVERY_MS = 250;

class DealCard extends HTMLElement {
  #abort = null;
  #timer = 0;
  #wasLeading = false;

  connectedCallback() {
    this.#abort = new AbortController();
    document.body.addEventListener("room:now", ({ detail }) => this.#heard(detail), { signal: this.#abort.signal });
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#look();
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#timer);
  }

  #look() {
    if (!showClock.isKnown || this.hasAttribute("data-closed") || !this.dataset.ends) return;
    const state = this.#state();
    if (state !== this.dataset.state) this.dataset.state = state;
  }

  #state() {
    const now = showClock.ms();
    if (now >= Number(this.dataset.ends)) return "over";
    if (!showClock.runs) return "frozen";
    return now < Number(this.dataset.starts) ? "before" : "running";
  }

  #heard(now) {
    const words = now[this.dataset.name]?.[this.dataset.id];
    if (!words || this.hasAttribute("data-closed")) return;
    if (words.entrants !== undefined) this.#say("[data-entrants]", this.dataset.textEntrants.replace("%s", words.entrants));
    if (words.price !== undefined) this.#moved(words);
  }

  #moved({ price, least, leader, mark, ends }) {
    this.#say("[data-price]", rupiah(price));
    const isMine = mark !== "" && mark === this.closest("[data-deal-strip]")?.querySelector("[data-me]")?.dataset.me;
    this.#say("[data-leader]", this.#leaderWords(leader, isMine));
    this.toggleAttribute("data-leading", isMine);
    this.#wasLeading = isMine || this.#wasLeading;
    if (!isMine) this.#say("[data-bid]", this.dataset.textBid.replace("%s", rupiah(least)));
    else this.#say("[data-bid]", this.dataset.textRaise);
    this.#endsAt(ends);
  }

  #leaderWords(leader, isMine) {
    if (isMine) return this.dataset.textLead;
    if (this.#wasLeading) return this.dataset.textOutbid;
    return leader ? this.dataset.textLeader.replace("%s", leader) : this.querySelector("[data-leader]").textContent;
  }

  /** A late bid has moved the end, perhaps after the clock here had run out. */
  #endsAt(ends) {
    if (String(ends) === this.dataset.ends) return;
    this.dataset.ends = ends;
    const timer = this.querySelector("show-timer");
    if (!timer) return;
    timer.dataset.ends = ends;
    timer.removeAttribute("data-over");
  }

  #say(place, words) {
    const found = this.querySelector(place);
    if (found && found.textContent !== words) found.textContent = words;
  }
}

customElements.define("deal-card", DealCard);
