/**
 * <live-hearts data-likes="120"><button type="button" aria-label="Suka">…</button><span data-count>120</span></live-hearts>
 *
 * A heart rises at once with every tap; the room is told a sum every two seconds, and tells the sum of
 * everyone. Hearts of others rise too, a few at a time. Nothing moves for people who want no motion.
 */

import { compact } from "../kit/money.js";

const TELL_MS = 2_000;
const MOST_AT_ONCE = 60;
const MOST_OF_OTHERS = 6;
const SHAPE = "M2 9.5a5.5 5.5 0 0 1 9.591-3.676.56.56 0 0 0 .818 0A5.49 5.49 0 0 1 22 9.5c0 2.29-1.5 4-3 5.5l-5.492 5.313a2 2 0 0 1-3 .019L5 15c-1.5-1.5-3-3.2-3-5.5";

class LiveHearts extends HTMLElement {
  #abort = null;
  #untold = 0;
  #ownToCome = 0; // told, but not yet in the room's sum
  #likes = 0;
  #timer = 0;
  #air = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    this.#likes = Number(this.dataset.likes ?? 0);
    this.querySelector("button").addEventListener("click", () => this.#tapped(), options);
    document.body.addEventListener("room:hello", ({ detail }) => this.#sum(detail.likes, false), options);
    document.body.addEventListener("room:now", ({ detail }) => detail.likes !== undefined && this.#sum(detail.likes, true), options);
    this.#air = document.createElement("div");
    this.#air.className = "hearts";
    this.#air.setAttribute("aria-hidden", "true");
    this.#air.addEventListener("animationend", (event) => event.target.remove(), options);
    this.closest("[data-code]")?.append(this.#air);
    this.#timer = setInterval(() => this.#tellRoom(), TELL_MS);
    this.#show();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#air.remove();
    clearInterval(this.#timer);
    this.#tellRoom();
  }

  #tapped() {
    this.#untold += 1;
    this.#rise(1);
    this.#show();
  }

  #tellRoom() {
    if (!this.#untold) return;
    const n = Math.min(this.#untold, MOST_AT_ONCE);
    this.#untold = 0;
    this.#ownToCome += n;
    document.body.dispatchEvent(new CustomEvent("room:like", { detail: { n } }));
  }

  #sum(likes, isNews) {
    const others = likes - this.#likes - this.#ownToCome;
    this.#likes = likes;
    this.#ownToCome = 0;
    if (isNews && others > 0) this.#rise(Math.min(others, MOST_OF_OTHERS));
    this.#show();
  }

  #show() {
    const count = this.querySelector("[data-count]");
    count.textContent = compact(this.#likes + this.#ownToCome + this.#untold, document.documentElement.lang);
  }

  #rise(count) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden) return;
    for (let n = 0; n < count; n += 1) setTimeout(() => this.#air.append(heart()), n * 120);
  }
}

function heart() {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", "hearts__heart");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPE);
  picture.append(path);
  return picture;
}

customElements.define("live-hearts", LiveHearts);
