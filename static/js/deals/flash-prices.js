/**
 * Keeps the prices of a room's goods at those of its flash deals: the pinned card and the showcase, by the
 * clock alone, so that nobody asks the server when a deal begins or ends. Open buy sheets ask, each a little
 * later than the other: they hear `deal:prices` on the body.
 */

import "./flash-deal.js";
import { priceOf, rupiahIn } from "../kit/deal-prices.js";
import { showPrice } from "../live/shelf.js";

const LOOK_EVERY_MS = 300;
const SPREAD_MS = 900;

class FlashPrices {
  constructor(page) {
    this.page = page;
    document.body.addEventListener("room:now", ({ detail }) => this.#listChanged(detail.products));
    page.addEventListener("flash:changed", () => this.#tellSheets());
    document.body.addEventListener("deal:shown", ({ detail }) => detail.slot === "flash" && this.#tellSheets());
    setInterval(() => this.show(), LOOK_EVERY_MS);
    this.show();
  }

  /** The room told a new list price, and may just have written it over a deal's. */
  #listChanged(products) {
    for (const [id, { price }] of Object.entries(products ?? {})) {
      if (price === undefined) continue;
      for (const place of this.#places(`[data-product="${id}"]`)) place.dataset.listPrice = price;
    }
    this.show();
  }

  show() {
    const deals = [...this.page.querySelectorAll("flash-deal")].map((deal) => ({ product: deal.dataset.product, price: deal.price ?? null }));
    for (const place of this.#places("[data-product]")) this.#showAt(place, deals);
  }

  #showAt(place, deals) {
    const shown = rupiahIn(place.querySelector(".price")?.lastChild?.textContent ?? "");
    place.dataset.listPrice ??= shown ?? "";
    if (place.dataset.listPrice === "") return;
    const { price, isDeal } = priceOf(place.dataset.product, Number(place.dataset.listPrice), deals);
    place.toggleAttribute("data-flash", isDeal);
    if (price !== shown) showPrice(place, price);
  }

  #places(selector) {
    return [...this.page.querySelectorAll(selector)].filter((place) => place.localName !== "flash-deal");
  }

  #tellSheets() {
    this.show();
    setTimeout(() => document.body.dispatchEvent(new CustomEvent("deal:prices")), Math.random() * SPREAD_MS);
  }
}

const page = document.querySelector("live-room");
if (page) new FlashPrices(page);
