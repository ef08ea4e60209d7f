/**
 * <bid-sheet data-id="7"> <span data-price>Rp…</span> <input name="maximum"> <button data-amount="25000">… </bid-sheet>
 *
 * The open sheet of an auction: amounts to choose with a tap, and the price as it moves in the room.
 */

import { rupiah } from "../kit/money.js";

class BidSheet extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.body.addEventListener("room:now", ({ detail }) => this.#heard(detail), options);
    this.addEventListener("click", (event) => this.#chose(event), options);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  get #input() {
    return this.querySelector("[name=maximum]");
  }

  #chose(event) {
    const { amount } = event.target.closest("[data-amount]")?.dataset ?? {};
    if (amount) this.#input.value = amount;
  }

  #heard({ auction }) {
    const words = auction?.[this.dataset.id];
    if (!words) return;
    this.querySelector("[data-price]").textContent = rupiah(words.price);
    const choices = [...this.querySelectorAll("[data-amount]")];
    const rise = words.least - Number(this.dataset.least);
    if (rise <= 0 || !this.#input) return;
    this.dataset.least = words.least;
    this.#input.min = words.least;
    for (const choice of choices) {
      choice.dataset.amount = Number(choice.dataset.amount) + rise;
      choice.textContent = rupiah(Number(choice.dataset.amount));
    }
  }
}

customElements.define("bid-sheet", BidSheet);
