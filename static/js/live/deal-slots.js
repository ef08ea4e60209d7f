/**
 * Fills the places of the room that deals appear in: <div data-deal-slot="flash"></div>.
 *
 * A `deal` item brings the ready card of one slot in each language; nothing in it clears the slot. A card
 * says `deal:shown` {slot, facts} on its slot when it came, so that its own script may go on from there.
 */

// It must be there before anything is said.
import "../deals/keep-asker.js";

export class DealSlots {
  constructor(page, options) {
    this.page = page;
    document.body.addEventListener("room:items", ({ detail }) => detail.items.forEach((item) => this.#happened(item)), options);
    document.body.addEventListener("room:reset", () => this.#fetchAll(), options);
    this.#bringScripts();
  }

  #happened({ kind, slot, html, facts }) {
    if (kind !== "deal") return;
    const place = this.page.querySelector(`[data-deal-slot="${CSS.escape(slot)}"]`);
    if (!place) return;
    place.innerHTML = html[document.documentElement.lang] ?? html.id ?? "";
    globalThis.htmx?.process(place);
    this.#bringScripts();
    place.dispatchEvent(new CustomEvent("deal:shown", { detail: { slot, facts }, bubbles: true }));
  }

  /** A room without any of them does without their code. */
  #bringScripts() {
    if (this.page.querySelector("flash-deal")) import("../deals/flash-prices.js");
    if (this.page.querySelector("[data-voucher]")) import("../deals/vouchers.js");
    if (this.page.querySelector("[data-deal-slot] deal-card, my-deals:not(:empty)")) import("../deals/games.js");
  }

  /** Too much was missed: ask for the places as they are now. */
  #fetchAll() {
    globalThis.htmx?.trigger(this.page.querySelector("[data-deal-strip]"), "refresh-deals");
  }
}
