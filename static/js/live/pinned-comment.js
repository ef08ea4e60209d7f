/**
 * <pinned-comment hidden><b data-name></b> <span data-text></span> <button data-unpin="/live/CODE/lepas-pesan/">…</pinned-comment>
 *
 * The message above the chat, as the room tells it. The button is there for whoever runs the chat.
 */

import { act } from "./moderation.js";

class PinnedComment extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const hear = (name, listen) => document.body.addEventListener(name, ({ detail }) => listen(detail), options);
    hear("room:hello", ({ comment }) => this.#show(comment));
    hear("room:items", ({ items }) => items.forEach((item) => item.kind === "comment" && this.#show(item.comment)));
    this.addEventListener("click", (event) => this.#clicked(event), options);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  #show(comment) {
    this.hidden = !comment;
    this.querySelector("[data-name]").textContent = comment?.name ?? "";
    this.querySelector("[data-text]").textContent = comment?.text ?? "";
  }

  #clicked(event) {
    const button = event.target.closest("[data-unpin]");
    if (button) act(button.dataset.unpin);
  }
}

customElements.define("pinned-comment", PinnedComment);
