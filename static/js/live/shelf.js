/**
 * The goods on a page, kept at the newest price and stock.
 * `[data-product]` marks a product's place, `[data-stock]` its count, `.price` its price.
 */

import { number, rupiah } from "../kit/money.js";

const FLASH_MS = 1300;
const LOW = 5;
const REFETCH_WITHIN_MS = 4000;
const LOOK_AGAIN_WITHIN_MS = 800;

/** Tell a place how many are left. `words` are data-text-left ("Sisa %s") and data-text-gone. */
export function showStock(place, left, words) {
  const line = place.querySelector("[data-stock]");
  if (!line || Number(line.dataset.stock) === left) return false;
  line.dataset.stock = left;
  line.textContent = left === 0 ? words.textGone : words.textLeft.replace("%s", number(left, document.documentElement.lang));
  line.classList.toggle("bad", left > 0 && left <= LOW);
  place.toggleAttribute("data-sold-out", left === 0);
  flash(line);
  return true;
}

export function showPrice(place, price) {
  const line = place.querySelector(".price");
  const amount = [...line.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  if (!amount || amount.textContent.trim() === rupiah(price)) return;
  amount.textContent = rupiah(price);
  flash(line);
}

function flash(line) {
  line.removeAttribute("data-changed");
  requestAnimationFrame(() => line.setAttribute("data-changed", ""));
  setTimeout(() => line.removeAttribute("data-changed"), FLASH_MS);
}

function disable(button, isDisabled) {
  if (isDisabled) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
  button.inert = isDisabled;
}

/** The pinned card and the showcase of a room. */
export class Shelf {
  #room;
  #words;
  #isStale = false;

  constructor(room) {
    this.#room = room;
    this.#words = room.dataset;
  }

  get pinnedId() {
    return Number(this.#place.querySelector("[data-product]")?.dataset.product ?? 0) || null;
  }

  /** Hang up a card that came ready made; an empty one is a product that left the market. */
  pin(html) {
    this.#place.innerHTML = html;
    globalThis.htmx?.process(this.#place);
    this.#place.firstElementChild?.classList.add("pin-card--new");
    this.#markPinned();
  }

  unpin() {
    this.#place.replaceChildren();
    this.#markPinned();
  }

  /** Fetch a card with the price and stock of now. */
  async fetchCard(url) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) this.pin(await answer.text());
  }

  /** `{"<product id>": {left, price}}` of everything that changed. */
  update(products) {
    for (const [id, { left, price }] of Object.entries(products)) {
      for (const place of this.#room.querySelectorAll(`[data-product="${id}"]`)) {
        if (showStock(place, left, this.#words)) this.#offer(place, left > 0);
        if (price !== undefined) showPrice(place, price);
      }
    }
  }

  /** Other goods or another order: fetched when somebody looks, so that a change is no stampede. */
  showcaseChanged() {
    this.#isStale = true;
    if (this.#room.querySelector("#showcase").open) setTimeout(() => this.freshen(), Math.random() * LOOK_AGAIN_WITHIN_MS);
  }

  freshen() {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#refreshShowcase();
  }

  /** Offline nothing can be bought; the buttons say so. */
  setBuying(isPossible) {
    for (const button of this.#room.querySelectorAll('[data-sheet="sheet"]')) {
      disable(button, !isPossible);
    }
  }

  get #place() {
    return this.#room.querySelector("[data-pin]");
  }

  /** A place that was sold out when the page was made does not know where to buy: that is fetched, but not by
   *  everyone in the same moment. */
  #offer(place, isPossible) {
    const button = place.querySelector('[data-sheet="sheet"]');
    if (button) {
      // The same sheet offers a place in the line while nothing is left.
      button.textContent = isPossible ? this.#words.textBuy : this.#words.textQueue;
      button.classList.toggle("button--primary", isPossible);
    } else if (isPossible) {
      const fetchAgain = place.closest("[data-pin]") ? () => this.fetchCard(this.#words.pinnedUrl) : () => this.#refreshShowcase();
      setTimeout(fetchAgain, Math.random() * REFETCH_WITHIN_MS);
    }
  }

  #refreshShowcase() {
    globalThis.htmx?.trigger("#goods", "refresh-showcase");
  }

  #markPinned() {
    const id = String(this.pinnedId);
    for (const item of this.#room.querySelectorAll(".goods__item")) item.toggleAttribute("data-pinned", item.dataset.product === id);
  }
}
