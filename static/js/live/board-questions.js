/**
 * <board-questions>
 *   <ol><li data-seq="7"><b>Siti</b> berapa beratnya?</li></ol>
 *   <p data-none hidden>…</p>
 * </board-questions>
 *
 * The newest questions of the room on top, as the room tells them; what people wrote is set as text.
 */

const MOST = 12;

class BoardQuestions extends HTMLElement {
  #abort = null;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    document.body.addEventListener("room:items", ({ detail }) => detail.items.forEach((item) => this.#happened(item)), options);
  }

  disconnectedCallback() {
    this.#abort.abort();
  }

  get #list() {
    return this.querySelector("ol");
  }

  #happened(item) {
    if (item.kind === "removed") this.#find(item.of)?.remove();
    if (item.kind === "hushed") item.of.forEach((seq) => this.#find(seq)?.remove());
    if (item.kind === "answer" && item.to) this.#find(item.to.seq)?.remove();
    if (item.kind === "chat" && item.asks && !this.#find(item.seq)) this.#add(item);
    this.querySelector("[data-none]").hidden = this.#list.children.length > 0;
  }

  #add({ seq, name, text }) {
    const line = document.createElement("li");
    const who = document.createElement("b");
    line.className = "board__question";
    line.dataset.seq = seq;
    who.textContent = name;
    line.append(who, " ", text);
    this.#list.prepend(line);
    while (this.#list.children.length > MOST) this.#list.lastElementChild.remove();
  }

  #find(seq) {
    return this.#list.querySelector(`[data-seq="${Number(seq)}"]`);
  }
}

customElements.define("board-questions", BoardQuestions);
