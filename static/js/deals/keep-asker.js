/**
 * <keep-asker data-url="/live/CODE/keep/"></keep-asker>
 *
 * When the room has shown one's own message and it may be a wish, asks what it means and shows the card here.
 * One message is asked about once; a new card takes the place of the one before.
 */

import { maybeWish } from "../kit/wish-words.js";

class KeepAsker extends HTMLElement {
  #abort = null;
  #mine = new Map(); // id of an own message -> its text
  #asked = new Set();

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.body.addEventListener("chat:mine", ({ detail }) => this.#said(detail), options);
    document.body.addEventListener("room:items", ({ detail }) => detail.items.forEach((item) => this.#shown(item)), options);
    this.addEventListener("click", (event) => event.target.closest("[data-dismiss-keep]") && this.replaceChildren(), options);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  #said({ id, text, state }) {
    if (state === "gone") this.#mine.delete(id);
    else if (text && maybeWish(text)) this.#mine.set(id, text);
  }

  #shown({ kind, id }) {
    if (kind !== "chat" || !this.#mine.delete(id) || this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#ask(id);
  }

  async #ask(id) {
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
    const answer = await fetch(this.dataset.url, { method: "POST", headers, body: new URLSearchParams({ id }) }).catch(() => null);
    if (answer?.status !== 200) return;
    this.innerHTML = await answer.text();
    globalThis.htmx?.process(this);
    this.parentElement.scrollTo({ left: 0, behavior: "smooth" }); // it stands first among the room's cards
  }
}

customElements.define("keep-asker", KeepAsker);
