/** The goods of a room: the pinned card and the showcase, kept at the newest price and stock. */

import { rupiah } from "../kit/money.js";

const FLASH_MS = 1300;

export class Shelf {
  #room;
  #text;

  constructor(room) {
    this.#room = room;
    this.#text = room.dataset;
  }

  get #place() {
    return this.#room.querySelector("[data-pin]");
  }

  get pinnedId() {
    return this.#place.querySelector("[data-product]")?.dataset.product ?? null;
  }

  /** Hang up a card that came ready made. */
  pin(html, productId) {
    this.#place.innerHTML = html;
    globalThis.htmx?.process(this.#place);
    this.#place.firstElementChild?.classList.add("pin-card--new");
    this.#markPinned(productId);
  }

  unpin() {
    this.#place.replaceChildren();
    this.#markPinned(null);
  }

  /** Fetch a card, with the price and stock of now; a product that left is simply not shown. */
  async fetchCard(url) {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return;
    this.pin(await answer.text(), null);
    this.#markPinned(this.pinnedId);
  }

  /** `{"<product id>": {left, price}}` of everything that changed. */
  update(products) {
    for (const [id, { left, price }] of Object.entries(products)) {
      for (const place of this.#room.querySelectorAll(`[data-product="${id}"]`)) {
        this.#setStock(place, left);
        if (price !== undefined) this.#setPrice(place, price);
      }
    }
  }

  /** Offline nothing can be bought; the buttons say so. */
  setBuying(isPossible) {
    for (const button of this.#room.querySelectorAll('[data-sheet="sheet"]')) {
      button.toggleAttribute("aria-disabled", !isPossible);
      button.inert = !isPossible;
    }
  }

  #setStock(place, left) {
    const line = place.querySelector("[data-stock]");
    if (!line || Number(line.dataset.stock) === left) return;
    const wasSoldOut = line.dataset.stock === "0";
    line.dataset.stock = left;
    const words = left === 0 ? this.#text.textGone : this.#text.textLeft.replace("%s", left.toLocaleString(document.documentElement.lang));
    line.firstChild.textContent = words;
    this.#flash(line);
    place.toggleAttribute("data-sold-out", left === 0);
    if (wasSoldOut !== (left === 0)) this.#room.dispatchEvent(new CustomEvent("shelf:refresh", { detail: { id: place.dataset.product }, bubbles: true }));
  }

  #setPrice(place, price) {
    const line = place.querySelector(".price");
    const amount = [...line.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const words = rupiah(price);
    if (!amount || amount.textContent.trim() === words) return;
    amount.textContent = words;
    this.#flash(line);
  }

  #flash(line) {
    line.removeAttribute("data-changed");
    requestAnimationFrame(() => line.setAttribute("data-changed", ""));
    setTimeout(() => line.removeAttribute("data-changed"), FLASH_MS);
  }

  #markPinned(productId) {
    for (const item of this.#room.querySelectorAll(".goods__item")) item.toggleAttribute("data-pinned", item.dataset.product === String(productId));
  }
}
