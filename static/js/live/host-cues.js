/**
 * <host-cues hx-get="…" hx-trigger="room:hello from:body"></host-cues> <template id="cue">…</template>
 *
 * A mentor's words, large, until they are put away. They come by the room's line; after it was lost the
 * latest are fetched, and what was put away before stays away.
 */

const MOST = 3;

class HostCues extends HTMLElement {
  #abort = null;
  #read = new Set();

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.body.addEventListener("room:cue", ({ detail }) => this.#show(detail), options);
    this.addEventListener("htmx:afterSwap", () => this.#tidy(), options);
    this.addEventListener("click", (event) => this.#clicked(event), options);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  #show({ id, text, name }) {
    if (this.querySelector(`[data-cue="${Number(id)}"]`)) return;
    const card = document.getElementById("cue").content.cloneNode(true).firstElementChild;
    card.dataset.cue = id;
    const who = document.createElement("small");
    who.textContent = name;
    card.querySelector("[data-cue-text]").append(who, text);
    this.append(card);
    navigator.vibrate?.(80);
    this.#tidy();
  }

  #tidy() {
    for (const card of this.children) if (this.#read.has(card.dataset.cue)) card.remove();
    while (this.children.length > MOST) this.#putAway(this.firstElementChild);
  }

  #putAway(card) {
    this.#read.add(card.dataset.cue);
    card.remove();
  }

  #clicked(event) {
    if (event.target.closest("[data-put-away]")) this.#putAway(event.target.closest("[data-cue]"));
  }
}

customElements.define("host-cues", HostCues);
