/**
 * How much of a live somebody wants to pay for: the sheet with the three ways, the bytes that came, how far
 * behind the picture is, and the word when a weak network has chosen for them.
 */

import { megabytes, seconds } from "../kit/megabytes.js";
import { rememberView } from "../kit/view-memory.js";

const COUNT_EVERY_MS = 2000;
const WEAK_WORD_STAYS_MS = 10_000;

export class ViewChoice {
  #room;
  #player;
  #language = document.documentElement.lang;
  #timer = 0;

  constructor({ room, player }, options) {
    this.#room = room;
    this.#player = player;
    const sheet = document.querySelector("#view");
    sheet.addEventListener("change", ({ target }) => this.#choose(target.value), options);
    room.addEventListener("click", (event) => this.#clicked(event), options);
    room.addEventListener("player:road", ({ detail }) => this.#roadIs(detail), options);
    room.addEventListener("player:delay", ({ detail }) => this.#delayIs(detail.ms), options);
    const counting = setInterval(() => this.#count(), COUNT_EVERY_MS);
    options.signal.addEventListener("abort", () => clearInterval(counting));
    this.#mark(player.dataset.view ?? "video");
    this.#count();
  }

  #clicked({ target }) {
    if (target.closest("[data-lower]")) this.#choose("audio");
    else if (target.closest("[data-raise]")) this.#choose("video");
  }

  /** A person's own choice is kept for the next live. */
  #choose(view) {
    rememberView(view);
    this.#hideWord();
    this.#mark(view);
    this.#player.take(view);
  }

  #mark(view) {
    const choice = document.querySelector(`#view [value="${view}"]`);
    if (choice) choice.checked = true;
  }

  #roadIs({ road, why }) {
    this.#showDelay("");
    if (why === "ample") this.#hideWord();
    if (why !== "weak") return;
    const banner = this.#room.querySelector("[data-weak-road]");
    this.#mark(road === "saver" ? "audio" : "video");
    banner.querySelector("[data-weak-text]").textContent = banner.dataset[road] ?? "";
    banner.hidden = false;
    clearTimeout(this.#timer);
    if (road !== "saver") this.#timer = setTimeout(() => this.#hideWord(), WEAK_WORD_STAYS_MS);
  }

  #hideWord() {
    clearTimeout(this.#timer);
    this.#room.querySelector("[data-weak-road]").hidden = true;
  }

  #delayIs(ms) {
    this.#showDelay(this.#room.dataset.textDelay.replace("%s", seconds(ms, this.#language)));
  }

  #showDelay(text) {
    document.querySelector("#view [data-delay]").textContent = text;
  }

  #count() {
    const shown = megabytes(this.#player.bytes, this.#language);
    for (const place of document.querySelectorAll("[data-used]")) place.textContent = shown;
  }
}
