/**
 * Keeps a chat's end in view as long as nobody scrolled up; after that a button counts what was missed. `words` is
 * "%s komentar baru ↓".
 */

const NEAR_END_PX = 24;

export class ChatScroll {
  #log;
  #button;
  #words;
  #missed = 0;
  isAtEnd = true;

  constructor({ log, button, words }, signal) {
    [this.#log, this.#button, this.#words] = [log, button, words];
    log.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true });
    button.addEventListener("click", () => this.toEnd(), { signal });
    // Cards that come and go below leave the chat more room or less.
    const sizes = new ResizeObserver(() => this.isAtEnd && this.toEnd());
    sizes.observe(log);
    signal.addEventListener("abort", () => sizes.disconnect());
  }

  toEnd() {
    this.isAtEnd = true;
    this.#missed = 0;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#show();
  }

  came(lines) {
    if (this.isAtEnd) return;
    this.#missed += lines;
    this.#show();
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.isAtEnd) this.#missed = 0;
    this.#show();
  }

  #show() {
    this.#button.hidden = this.#missed === 0;
    if (this.#missed) this.#button.textContent = this.#words.replace("%s", this.#missed);
  }
}
