// The ribbon above a seller's show: whether it is on air, for how long, and how the picture gets out. Its words stand in
// the element's data-text-… attributes.

import { stopwatch } from "../kit/clock.js";
import { seconds as inSeconds } from "../kit/megabytes.js";

const WAY_TO_VIEWERS_MS = 500;

export class StudioRibbon {
  #element;
  #since;

  constructor(element) {
    this.#element = element;
    this.#since = element.dataset.since ? Date.parse(element.dataset.since) : null;
  }

  begin() {
    this.#since ??= Date.now();
  }

  tick() {
    if (this.#since === null) return;
    this.#place("clock").textContent = stopwatch((Date.now() - this.#since) / 1000, document.documentElement.lang);
  }

  badgeIs(isOnAir) {
    this.#place("on-air").hidden = !isOnAir;
    this.#place("off-air").hidden = isOnAir;
  }

  /** What the camera's state says of the way out; while it runs, the signal does. */
  wayIs(state) {
    const { dataset } = this.#element;
    if (state === "reconnecting") this.#signal("lost", dataset.textLost);
    else if (state === "connecting") this.#signal("off", dataset.textConnecting);
    else if (state !== "live") this.#signal("off", dataset.textWaiting);
  }

  signalIs({ signal, kbps, lagMs }) {
    const { dataset } = this.#element;
    const words = dataset[`text${signal[0].toUpperCase()}${signal.slice(1)}`];
    const behind = dataset.textBehind.replace("%s", inSeconds(lagMs + WAY_TO_VIEWERS_MS, document.documentElement.lang));
    this.#signal(signal, `${words} · ${kbps} kbps · ${behind}`);
  }

  #signal(kind, words) {
    const line = this.#place("signal");
    line.dataset.signal = kind;
    line.textContent = words;
  }

  #place(name) {
    return this.#element.querySelector(`[data-${name}]`);
  }
}
