/**
 * <cut-off-note role="status" hidden>Terputus, mencoba lagi…</cut-off-note>
 *
 * Shows itself while the page is cut off from the room, and marks the studio (`data-cut-off`), so that old numbers
 * do not look like new ones. A line that is back at once is nothing to speak of.
 */

const SPEAKS_AFTER_MS = 3000;

class CutOffNote extends HTMLElement {
  #abort = null;
  #timer = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.body.addEventListener("room:link", ({ detail }) => this.#linkIs(detail.state), options);
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }

  #linkIs(state) {
    if (state === "open") {
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#mark(false);
    } else this.#timer ||= setTimeout(() => this.#mark(true), SPEAKS_AFTER_MS);
  }

  #mark(isCutOff) {
    this.hidden = !isCutOff;
    this.closest("live-studio")?.toggleAttribute("data-cut-off", isCutOff);
  }
}

customElements.define("cut-off-note", CutOffNote);
