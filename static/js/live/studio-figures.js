/**
 * <studio-figures data-text-none="Belum ada yang disematkan">
 *   <b data-viewers>0</b> <b data-orders>–</b> <b data-pinned-stock>–</b> <span data-pinned-name></span>
 * </studio-figures>
 *
 * The three numbers of the board. Viewers come from the room; orders from whoever counts them, as an element
 * with `data-orders-counted` that htmx brings, and one more for each sale that the room tells in between;
 * stock is that of the pinned product on the page.
 */

import { compact, number } from "../kit/money.js";

class StudioFigures extends HTMLElement {
  #abort = null;
  #orders = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const hear = (name, act) => document.body.addEventListener(name, act, options);
    hear("room:hello", ({ detail }) => this.#isNow(detail));
    hear("room:now", ({ detail }) => this.#isNow(detail));
    hear("htmx:afterSettle", () => this.#look());
    hear("goods:changed", () => this.#showStock());
    this.#look();
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  get #language() {
    return document.documentElement.lang;
  }

  #isNow({ viewers, sold }) {
    if (viewers !== undefined) this.#say("[data-viewers]", compact(viewers, this.#language));
    if (sold && this.#orders !== null) this.#showOrders(this.#orders + sold.length);
  }

  #look() {
    const counted = document.querySelector("[data-orders-counted]");
    if (counted) this.#showOrders(Number(counted.dataset.ordersCounted));
    this.#showStock();
  }

  #showOrders(orders) {
    this.#orders = orders;
    this.#say("[data-orders]", number(orders, this.#language));
  }

  #showStock() {
    const pinned = document.querySelector("#goods-desk [data-pinned]");
    const left = pinned?.querySelector("[data-stock]").dataset.stock;
    this.#say("[data-pinned-stock]", pinned ? number(Number(left), this.#language) : "–");
    this.#say("[data-pinned-name]", pinned?.querySelector("[data-name]").textContent ?? this.dataset.textNone);
    this.querySelector("[data-stock-place]").toggleAttribute("data-gone", left === "0");
  }

  #say(place, words) {
    const line = this.querySelector(place);
    if (line.textContent !== words) line.textContent = words;
  }
}

customElements.define("studio-figures", StudioFigures);
