/**
 * <draw-check data-facts="/undian/CODE.json" data-ticket="…" data-own="…">
 *   <button type="button">Hitung ulang</button><ul data-results hidden><li data-check="seal">…</li>…</ul>
 * </draw-check>
 *
 * Repeats a draw on this device from what is published, and marks each check `data-right` or `data-wrong`.
 */

import { check } from "../kit/fair-draw.js";

class DrawCheck extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = !globalThis.crypto?.subtle;
    this.querySelector("[data-insecure]").hidden = !button.hidden;
    button.addEventListener("click", () => this.#repeat(button));
  }

  async #repeat(button) {
    button.disabled = true;
    try {
      const facts = await (await fetch(this.dataset.facts)).json();
      this.#show(await check(facts, this.dataset));
    } finally {
      button.disabled = false;
    }
  }

  #show(found) {
    const results = this.querySelector("[data-results]");
    for (const line of results.querySelectorAll("[data-check]")) {
      const isRight = found[line.dataset.check];
      line.hidden = isRight === null;
      line.toggleAttribute("data-right", isRight === true);
      line.toggleAttribute("data-wrong", isRight === false);
      line.querySelector("[data-verdict]").textContent = isRight ? this.dataset.textRight : this.dataset.textWrong;
    }
    const first = this.querySelector("[data-first]");
    if (first) first.textContent = found.first.slice(0, 12);
    results.hidden = false;
  }
}

customElements.define("draw-check", DrawCheck);
