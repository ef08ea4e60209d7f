/**
 * <replay-bar data-text-play="Putar" data-text-pause="Jeda">
 *   <button type="button" data-toggle><span data-when-paused>…</span><span data-when-playing>…</span></button>
 *   <input type="range" min="0" max="SECONDS" value="0"> <span data-at>00.00.00</span>
 * </replay-bar>
 *
 * Play, pause and go elsewhere in the replay of the <live-player> in the same <live-room>.
 */

import { stopwatch } from "../kit/clock.js";

class ReplayBar extends HTMLElement {
  #abort = null;
  #isHeld = false; // while somebody drags, the picture does not move the handle

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const room = this.closest("live-room");
    room.addEventListener("player:time", ({ detail }) => this.#isHeld || this.#show(detail.ms / 1000), options);
    for (const name of ["play", "pause", "ended"]) this.#video.addEventListener(name, () => this.#showButton(), options);
    this.#button.addEventListener("click", () => this.#toggle(), options);
    this.#range.addEventListener("input", () => this.#drag(), options);
    this.#range.addEventListener("change", () => this.#drop(), options);
    this.#showButton();
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  get #player() {
    return this.closest("live-room").querySelector("live-player");
  }

  get #video() {
    return this.#player.querySelector("video");
  }

  get #button() {
    return this.querySelector("[data-toggle]");
  }

  get #range() {
    return this.querySelector("input");
  }

  #toggle() {
    if (this.#video.paused) this.#video.play().catch(() => undefined);
    else this.#video.pause();
  }

  #drag() {
    this.#isHeld = true;
    this.#show(Number(this.#range.value));
  }

  #drop() {
    this.#isHeld = false;
    this.#player.seek(Number(this.#range.value) * 1000);
  }

  #show(seconds) {
    const text = stopwatch(seconds, document.documentElement.lang);
    this.#range.value = Math.floor(seconds);
    this.#range.setAttribute("aria-valuetext", text);
    this.querySelector("[data-at]").textContent = text;
  }

  #showButton() {
    const { paused } = this.#video;
    this.#button.setAttribute("aria-label", paused ? this.dataset.textPlay : this.dataset.textPause);
    this.querySelector("[data-when-paused]").hidden = !paused;
    this.querySelector("[data-when-playing]").hidden = paused;
  }
}

customElements.define("replay-bar", ReplayBar);
