/**
 * <live-chat data-block="chat">
 *   <div class="chat__log" role="log"><ul class="chat__list"><li class="chat__line" data-seq="1">…</li></ul></div>
 *   <button class="chat__new" type="button" data-newest hidden></button>
 *   <template data-line-actions>…</template>      only for the host: buttons at the end of each line
 * </live-chat>
 *
 * Shows what <room-socket> tells; everything that people wrote is set as text. One's own message stands
 * here from <live-say>'s `chat:mine` on, with data-state "sending", "held" or "failed", until the room shows it.
 * Words: data-text-new ("%s komentar baru ↓"), data-text-resend, data-text-held, data-text-bought,
 * data-text-host, data-text-moderator.
 */

import { Backlog } from "../kit/backlog.js";
import { buildLine, buildNote, buildResend } from "./chat-line.js";
import { ChatScroll } from "./chat-scroll.js";

const FLUSH_MS = 250;
const MOST_LINES = 50;
const MOST_WHILE_READING = 300; // somebody who scrolled up keeps what is being read
const SPOKEN = ["chat", "answer"];

class LiveChat extends HTMLElement {
  #abort = null;
  #backlog = new Backlog(MOST_LINES);
  #scroll = null;
  #timer = 0;
  #flushedAt = 0;

  connectedCallback() {
    this.#abort = new AbortController();
    const options = { signal: this.#abort.signal };
    const hear = (name, act) => document.body.addEventListener(name, ({ detail }) => act(detail), options);
    hear("room:items", ({ items }) => items.forEach((item) => this.#take(item)));
    hear("room:now", ({ sold }) => sold?.forEach((sale) => this.#show({ kind: "bought", ...sale })));
    hear("room:reset", () => this.#startOver());
    hear("chat:mine", (message) => this.#mine(message));
    const parts = { log: this.#log, button: this.querySelector("[data-newest]"), words: this.dataset.textNew };
    this.#scroll = new ChatScroll(parts, options.signal);
    this.addEventListener("click", (event) => this.#clicked(event), options);
    this.#timer = setInterval(() => this.#backlog.isEmpty || this.#flush(), FLUSH_MS);
    this.#list.querySelectorAll("[data-seq]").forEach((line) => this.#addActions(line));
    this.#scroll.toEnd();
  }

  disconnectedCallback() {
    this.#abort.abort();
    clearInterval(this.#timer);
  }

  get #log() {
    return this.querySelector('[role="log"]');
  }

  get #list() {
    return this.#log.querySelector("ul");
  }

  // ---- hearing ----------------------------------------------------------------------------------

  #take(item) {
    if (item.kind === "removed") this.#remove(item.of);
    if (item.kind === "hushed") item.of.forEach((seq) => this.#remove(seq));
    if (!SPOKEN.includes(item.kind) || this.#lineOf(item.seq)) return;
    const own = item.id && this.#ownLine(item.id);
    // What was masked for others stays as it was written for whoever wrote it.
    this.#show(own && item.masked ? { ...item, text: own.dataset.said, own: true } : item);
    own?.remove();
  }

  /** A calm chat shows a line at once, a busy one a few together. */
  #show(line) {
    this.#backlog.push(line);
    if (Date.now() - this.#flushedAt >= FLUSH_MS) this.#flush();
  }

  #flush() {
    this.#flushedAt = Date.now();
    const lines = this.#backlog.next();
    this.#append(...lines.map((line) => this.#line(line)));
    this.#scroll.came(lines.length);
  }

  #append(...lines) {
    this.#list.append(...lines);
    const most = this.#scroll.isAtEnd ? MOST_LINES : MOST_WHILE_READING;
    while (this.#list.children.length > most) this.#list.firstElementChild.remove();
    if (this.#scroll.isAtEnd) this.#scroll.toEnd();
  }

  #remove(seq) {
    this.#backlog.drop(seq);
    this.#lineOf(seq)?.remove();
    this.#list.querySelectorAll(`[data-to="${Number(seq)}"]`).forEach((quote) => quote.remove());
  }

  #startOver() {
    this.#backlog.clear();
    this.#list.querySelectorAll("[data-seq]").forEach((line) => line.remove());
  }

  // ---- lines ------------------------------------------------------------------------------------

  #line(said) {
    const { block = "chat", textBought: bought, textHost: host, textModerator: moderator } = this.dataset;
    const line = buildLine(said, { block, bought, host, moderator });
    if (said.seq) this.#addActions(line);
    return line;
  }

  #addActions(line) {
    const actions = this.querySelector("template[data-line-actions]");
    if (actions) line.append(actions.content.cloneNode(true));
  }

  #lineOf(seq) {
    return this.#list.querySelector(`[data-seq="${Number(seq)}"]`);
  }

  #ownLine(id) {
    return this.#list.querySelector(`[data-own="${CSS.escape(id)}"]`);
  }

  #mine({ id, name, text, state }) {
    let line = this.#ownLine(id);
    if (state === "gone") return line?.remove();
    if (!line) {
      line = this.#line({ name, text });
      line.dataset.own = id;
      line.dataset.said = text;
      this.#scroll.isAtEnd = true;
      this.#append(line);
    }
    line.dataset.state = state;
    line.querySelector("[data-resend]")?.remove();
    if (state === "failed") line.append(" ", buildResend(id, this.dataset.textResend));
    if (state === "held") line.append(" ", buildNote(this.dataset.textHeld));
  }

  #clicked(event) {
    const again = event.target.closest("[data-resend]");
    if (again) document.body.dispatchEvent(new CustomEvent("chat:resend", { detail: { id: again.dataset.resend } }));
  }
}

customElements.define("live-chat", LiveChat);
