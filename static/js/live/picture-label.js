/**
 * <picture-label data-url="/studio/CODE/luar/qr.png" data-text-none="…">
 *   <input type="checkbox" data-on>   draws our room's QR code and link into the picture that goes out
 * </picture-label>
 *
 * What was chosen is remembered on this device, for the next show as well.
 */

import { bitmapAt } from "./picture-layer.js";

const KEY = "picture-label";

class PictureLabel extends HTMLElement {
  #abort = null;
  #fetched = null;

  connectedCallback() {
    this.#abort = new AbortController();
    this.#box.checked = remembered() === "on";
    this.#box.addEventListener("change", () => this.#choose(this.#box.checked), { signal: this.#abort.signal });
    if (this.#box.checked) this.#show(true);
  }

  get #box() {
    return this.querySelector("[data-on]");
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  #choose(isOn) {
    remember(isOn ? "on" : "off");
    this.#show(isOn);
  }

  async #show(isOn) {
    await customElements.whenDefined("live-publisher");
    const publisher = document.querySelector("live-publisher");
    const bitmap = isOn ? await this.#bitmap() : null;
    if (this.#box.checked === isOn) publisher?.cover(bitmap);
  }

  /** Fetched once; when it does not come, the switch says so by going back. */
  async #bitmap() {
    try {
      this.#fetched ??= await bitmapAt(this.dataset.url);
    } catch {
      this.#box.checked = false;
      document.body.dispatchEvent(new CustomEvent("toast", { detail: { text: this.dataset.textNone, level: "warning" } }));
    }
    return this.#fetched;
  }
}

/** A browser may keep nothing. */
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // then it holds for this page
  }
}

customElements.define("picture-label", PictureLabel);
